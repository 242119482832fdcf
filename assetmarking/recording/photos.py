"""Who sees the photos of a thing. Police see them once they have opened it: `searching` adds its own rule."""

from collections.abc import Callable

from django.http import HttpRequest

from assetmarking.models import Asset
from partnership.models import Person
from partnership.queries import firms_of

MOST_PHOTOS = 6
Rule = Callable[[HttpRequest, Asset], bool]
_further: list[Rule] = []


def let_see(rule: Rule) -> None:
    """Who else may see, named in `ready()`."""
    _further.append(rule)


def may_see_photos(request: HttpRequest, asset: Asset) -> bool:
    return is_own(request, asset) or any(rule(request, asset) for rule in _further)


def is_own(request: HttpRequest, asset: Asset) -> bool:
    return isinstance(request.user, Person) and firms_of(request.user).filter(pk=asset.firm_id).exists()
