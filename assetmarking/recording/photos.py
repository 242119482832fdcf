"""Photos of a thing, and who sees them. Police do once they have opened it: `searching` adds that rule."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest

from assetmarking.models import Asset
from assetmarking.recording.own import lock_own_thing
from partnership.models import Person, Photo
from partnership.photos.receiving import receive_photo
from partnership.queries import firms_of

MOST_PHOTOS = 6
Rule = Callable[[HttpRequest, Asset], bool]
_further: list[Rule] = []


@transaction.atomic
def add_photo(*, asset_id: int, upload: "UploadedFile[Any]", actor: Person) -> Photo:
    """Raises PhotoRefused and Refusal."""
    asset = lock_own_thing(asset_id, actor)
    return receive_photo(thing=asset, upload=upload, by=actor)


def let_see(rule: Rule) -> None:
    """Who else may see, named in `ready()`."""
    _further.append(rule)


def may_see_photos(request: HttpRequest, asset: Asset) -> bool:
    return is_own(request, asset) or any(rule(request, asset) for rule in _further)


def is_own(request: HttpRequest, asset: Asset) -> bool:
    return isinstance(request.user, Person) and firms_of(request.user).filter(pk=asset.firm_id).exists()
