"""The PDF of a released edition: rendered by a worker, kept in the database, served as a file."""

import hashlib

from django.db import transaction

from partnership.documents import SCHEME, render_pdf
from partnership.models import BrochureEdition, BrochureFile, PhotoFile
from partnership.photos.queries import content_of
from partnership.publications.editing import lock_edition
from partnership.publications.page import lay_out_reading

State = BrochureEdition.State


def print_brochure(edition_id: int) -> None:
    """Takes one to two seconds. Two workers at once both render, and one file is kept; none is of an edition
    that was withdrawn meanwhile."""
    edition = (
        BrochureEdition.objects.filter(pk=edition_id, state=State.RELEASED, file__isnull=True)
        .select_related("brochure__partnership")
        .first()
    )
    if edition is None:
        return
    pdf = render_edition(edition)
    with transaction.atomic():
        if lock_edition(edition_id).state == State.RELEASED:
            file = BrochureFile(
                edition=edition, pdf=pdf, size=len(pdf), digest=hashlib.sha256(pdf).hexdigest()
            )
            BrochureFile.objects.bulk_create([file], ignore_conflicts=True)


def render_edition(edition: BrochureEdition) -> bytes:
    reading = lay_out_reading(edition)
    own = [chapter.photo for chapter in reading.chapters if chapter.photo]
    context = {
        "reading": reading,
        "partnership": edition.brochure.partnership,
        "files": SCHEME,
    }
    photos = {str(photo.pk): content_of(photo, PhotoFile.Size.SMALL) for photo in own}
    return render_pdf("pdf/brochure.html", context, photos=photos)
