"""What a firm prints on: its own formats, and how far its printers are off."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assetmarking.labels.design import design_of
from assetmarking.labels.formats import format_of
from assetmarking.models import OwnLabelFormat, PrinterOffset
from partnership.administration.changes import check
from partnership.firms import lock_firm, own_contact
from partnership.models import Person
from partnership.refusals import Refusal

MOST_FORMATS = MOST_PRINTERS = 30


@transaction.atomic
def save_format(*, format: OwnLabelFormat, actor: Person) -> OwnLabelFormat:
    """A new one or a changed one. Raises Refusal."""
    own_contact(lock_firm(format.firm_id), actor)
    if sentence := why_unusable(format):
        raise Refusal(sentence)
    others = OwnLabelFormat.objects.filter(firm=format.firm_id).exclude(pk=format.pk)
    if others.count() >= MOST_FORMATS:
        raise Refusal(_("Mehr als %(count)d eigene Formate gehen nicht.") % {"count": MOST_FORMATS})
    if others.filter(name=format.name).exists():
        raise Refusal(_("Ein Format mit diesem Namen haben Sie schon. Geben Sie ihm einen anderen."))
    check(format)
    format.save()
    return format


def why_unusable(row: OwnLabelFormat) -> str:
    """Empty where all is well."""
    format = format_of(row)
    if format.columns > 1 and format.pitch_x < format.label_width:
        return _("Der Abstand nach rechts ist kleiner als das Etikett breit ist: sie lägen übereinander.")
    if format.rows > 1 and format.pitch_y < format.label_height:
        return _("Der Abstand nach unten ist kleiner als das Etikett hoch ist: sie lägen übereinander.")
    _page, x, y = format.place(format.per_page - 1)
    if x + format.label_width > format.page_width + 1e-6:
        return _("Die Etiketten ragen rechts über das Blatt. Prüfen Sie Rand, Abstand und Anzahl.")
    if y + format.label_height > format.page_height + 1e-6:
        return _("Die Etiketten ragen unten über das Blatt. Prüfen Sie Rand, Abstand und Anzahl.")
    if not design_of(format).is_readable:
        return _("Auf einem so kleinen Etikett wären QR-Code und Code nicht zu lesen. Es braucht 24 × 9 mm.")
    return ""


@transaction.atomic
def remove_format(*, format: OwnLabelFormat, actor: Person) -> None:
    own_contact(lock_firm(format.firm_id), actor)
    format.delete()


@transaction.atomic
def save_printer(*, firm_id: int, name: str, x: Any, y: Any, actor: Person) -> PrinterOffset:
    """Under its name; measured again, it is replaced. Raises Refusal."""
    firm = lock_firm(firm_id)
    own_contact(firm, actor)
    if not firm.printer_offsets.filter(name=name).exists() and firm.printer_offsets.count() >= MOST_PRINTERS:
        raise Refusal(_("Mehr als %(count)d Drucker gehen nicht.") % {"count": MOST_PRINTERS})
    printer, _is_new = PrinterOffset.objects.update_or_create(firm=firm, name=name, defaults={"x": x, "y": y})
    return printer


@transaction.atomic
def remove_printer(*, printer: PrinterOffset, actor: Person) -> None:
    own_contact(lock_firm(printer.firm_id), actor)
    printer.delete()
