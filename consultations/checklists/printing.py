"""A checklist on paper, empty, for a visit without a phone."""

from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.checklists.page import lay_out_checklist
from consultations.models import Checklist
from partnership.documents import render_pdf
from partnership.times import short_moment

TEMPLATE = "pdf/checklist.html"


def print_checklist(checklist: Checklist) -> bytes:
    context = lay_out_checklist(checklist)
    return render_pdf(
        TEMPLATE,
        context
        | {
            "printed": short_moment(timezone.now()),
            "head": [_("Firma"), _("Anschrift"), _("Datum und Uhrzeit"), _("Beratung durch")],
            "boxes": [_("in Ordnung"), _("Mangel"), _("nicht vorhanden"), _("nicht geprüft")],
        },
    )
