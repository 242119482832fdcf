"""Photos of things, without their bytes; those are fetched one by one."""

from collections.abc import Collection
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Model, QuerySet

from partnership.models import Photo, PhotoFile

State = Photo.State


def photos_about(model: type[Model], keys: Collection[int]) -> QuerySet[Photo]:
    return Photo.objects.filter(content_type=ContentType.objects.get_for_model(model), object_id__in=keys)


def photos_of(thing: Model) -> list[Photo]:
    """In order, waiting and refused ones too."""
    return list(photos_about(type(thing), [thing.pk]))


def photos_of_many(model: type[Model], keys: Collection[int]) -> dict[int, list[Photo]]:
    """By the key of the thing; things without photos are not named."""
    found: dict[int, list[Photo]] = {}
    for photo in photos_about(model, keys):
        found.setdefault(photo.object_id, []).append(photo)
    return found


def count_photos(model: type[Model], keys: Collection[int]) -> dict[int, int]:
    """Refused ones are none."""
    rows = photos_about(model, keys).exclude(state=State.REFUSED).order_by()
    return dict(rows.values("object_id").annotate(number=Count("pk")).values_list("object_id", "number"))


def ready_photo(photo_id: UUID) -> Photo | None:
    return Photo.objects.filter(pk=photo_id, state=State.READY).first()


def content_of(photo: Photo, size: PhotoFile.Size) -> bytes:
    """A JPEG; of a photo that is ready."""
    return bytes(PhotoFile.objects.values_list("content", flat=True).get(photo=photo, kind=size))
