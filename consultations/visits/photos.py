"""Photos that a firm adds to its request: police see them, and the firm's person who is signed in."""

from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from consultations.models import VisitRequest
from consultations.visits.asking import lock_request
from partnership.models import Person
from partnership.photos.receiving import receive_photo
from partnership.refusals import Refusal
from partnership.rules import posts_for

MOST_PHOTOS = 5


def may_see_photos(request: HttpRequest, asked: VisitRequest) -> bool:
    return asked.police_id in posts_for(request).police or _is_own(request, asked)


def may_remove_photos(request: HttpRequest, asked: VisitRequest) -> bool:
    return takes_photos_still(asked) and _is_own(request, asked)


def takes_photos_still(asked: VisitRequest) -> bool:
    return asked.state in VisitRequest.STANDING and asked.emptied_at is None


def add_photos(
    *, request_id: int, uploads: "Iterable[UploadedFile[Any]]", by: Person | None = None
) -> list[str]:
    """Each for itself: what is wrong with one does not lose the others. The sentences about those refused."""
    refused = []
    for upload in uploads:
        try:
            _add(request_id, upload, by=by)
        except Refusal as refusal:
            refused.append(f"{upload.name}: {refusal.sentence}")
    return refused


@transaction.atomic
def _add(request_id: int, upload: "UploadedFile[Any]", *, by: Person | None) -> None:
    request = lock_request(request_id)
    if not takes_photos_still(request):
        raise Refusal(_("Zu dieser Anfrage lassen sich keine Fotos mehr anfügen."))
    receive_photo(thing=request, upload=upload, by=by)


def _is_own(request: HttpRequest, asked: VisitRequest) -> bool:
    return asked.person_id is not None and asked.person_id == request.user.pk
