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
    refuse_unreadable(format)
    others = OwnLabelFormat.objects.filter(firm=format.firm_id).exclude(pk=format.pk)
    if others.count() >= MOST_FORMATS:
        raise Refusal(_("Mehr als %(count)d eigene Formate gehen nicht.") % {"count": MOST_FORMATS})
    check(format)
    format.save()
    return format


def refuse_unreadable(row: OwnLabelFormat) -> None:
    if not design_of(format_of(row)).is_readable:
        raise Refusal(
            _("Auf einem so kleinen Etikett wären QR-Code und Code nicht zu lesen. Es braucht 24 × 9 mm.")
        )


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
