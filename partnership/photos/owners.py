"""What photos belong to: apps name their models in `ready()`, with who may see and remove the photos."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import HttpRequest

from partnership.models import Organisation, Photo

MOST_OF_A_THING = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Owner:
    may_see: Callable[[HttpRequest, Any], bool]
    may_remove: Callable[[HttpRequest, Any], bool]
    controller: Callable[[Any], Organisation | None]
    most: int


_owners: dict[type[Model], Owner] = {}


def register_owner(
    model: type[Model],
    *,
    may_see: Callable[[HttpRequest, Any], bool],
    controller: Callable[[Any], Organisation | None],
    may_remove: Callable[[HttpRequest, Any], bool] = lambda _request, _thing: False,
    most: int = MOST_OF_A_THING,
) -> None:
    """The rules are asked with the thing that a photo is of; `controller` says whose log it is noted in."""
    _owners[model] = Owner(may_see=may_see, may_remove=may_remove, controller=controller, most=most)


def owner_of(model: type[Model]) -> Owner:
    """KeyError for a model that nobody has registered."""
    return _owners[model]


def owning_models() -> list[type[Model]]:
    return list(_owners)


def may_see(request: HttpRequest, photo: Photo) -> bool:
    owner, thing = _owner_and_thing(photo)
    return owner is not None and thing is not None and owner.may_see(request, thing)


def may_remove(request: HttpRequest, photo: Photo) -> bool:
    owner, thing = _owner_and_thing(photo)
    return owner is not None and thing is not None and owner.may_remove(request, thing)


def _owner_and_thing(photo: Photo) -> tuple[Owner | None, Any]:
    model = ContentType.objects.get_for_id(photo.content_type_id).model_class()
    return (_owners.get(model) if model else None), photo.thing
