"""The PDF of a released edition: rendered by a worker, kept in the database, served as a file."""

import hashlib

from partnership.documents import SCHEME, render_pdf
from partnership.models import BrochureEdition, BrochureFile
from partnership.publications.page import lay_out_reading

State = BrochureEdition.State


def print_brochure(edition_id: int) -> None:
    """Takes one to two seconds. Two workers at once both render, and one file is kept."""
    edition = (
        BrochureEdition.objects.filter(pk=edition_id, state=State.RELEASED, file__isnull=True)
        .select_related("brochure__partnership")
        .first()
    )
    if edition is None:
        return
    pdf = render_edition(edition)
    BrochureFile.objects.bulk_create(
        [BrochureFile(edition=edition, pdf=pdf, size=len(pdf), digest=hashlib.sha256(pdf).hexdigest())],
        ignore_conflicts=True,
    )


def render_edition(edition: BrochureEdition) -> bytes:
    context = {
        "reading": lay_out_reading(edition),
        "partnership": edition.brochure.partnership,
        "files": SCHEME,
    }
    return render_pdf("pdf/brochure.html", context)
