"""A firm's labels, laid out."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assetmarking.labels.formats import LabelFormat, format_of, format_of_sheet
from assetmarking.labels.printing import KEPT
from assetmarking.models import Label, LabelSheet, PrinterOffset
from partnership.models import Firm
from partnership.times import long_moment

RECENT = 30


@dataclass(frozen=True, slots=True)
class Line:
    words: str
    remark: str
    url: str
    remove_url: str = ""


@dataclass(frozen=True, slots=True)
class LabelsPage:
    sheets: list[Line]
    formats: list[Line]
    printers: list[Line]
    free: str
    """How many labels stick on nothing yet; empty where there is none."""


@dataclass(frozen=True, slots=True)
class SheetPage:
    facts: list[tuple[str, str]]
    is_waiting: bool
    has_file: bool
    kept_days: int


def lay_out_labels(firm: Firm) -> LabelsPage:
    free = Label.objects.filter(firm=firm, adopted_at__isnull=True).count()
    words = ngettext("Ein Etikett wartet", "%(count)d Etiketten warten", free)
    return LabelsPage(
        sheets=[_sheet_line(sheet) for sheet in firm.label_sheets.defer("pdf")[:RECENT]],
        formats=[
            Line(
                format_of(row).words,
                "",
                reverse("assetmarking:label_format", args=[row.pk]),
                reverse("assetmarking:label_format_remove", args=[row.pk]),
            )
            for row in firm.label_formats.all()
        ],
        printers=[
            Line(
                printer.name,
                _offset_words(printer),
                "",
                reverse("assetmarking:printer_remove", args=[printer.pk]),
            )
            for printer in firm.printer_offsets.all()
        ],
        free=words % {"count": free} if free else "",
    )


def lay_out_sheet(sheet: LabelSheet) -> SheetPage:
    format = format_of_sheet(sheet)
    facts = [
        (_("Etiketten"), _count_of(sheet)),
        (_("Format"), str(format.words)),
        (_("Blätter"), str(pages_of(sheet, format))),
        (_("erste freie Stelle"), str(sheet.start)),
    ]
    has_file = (
        sheet.printed_at is not None and LabelSheet.objects.filter(pk=sheet.pk, pdf__isnull=False).exists()
    )
    return SheetPage(facts=facts, is_waiting=sheet.printed_at is None, has_file=has_file, kept_days=KEPT.days)


def pages_of(sheet: LabelSheet, format: LabelFormat) -> int:
    last = sheet.start - 1 + len(sheet.codes) * sheet.copies
    return -(-last // format.per_page)


def _sheet_line(sheet: LabelSheet) -> Line:
    url = reverse("assetmarking:label_sheet", args=[sheet.pk])
    return Line(_count_of(sheet), long_moment(sheet.made_at), url)


def _count_of(sheet: LabelSheet) -> str:
    count = len(sheet.codes)
    words = ngettext("ein Etikett", "%(count)d Etiketten", count) % {"count": count}
    if sheet.copies == 1:
        return words
    return _("%(labels)s, je %(copies)d Stück") % {"labels": words, "copies": sheet.copies}


def _offset_words(printer: PrinterOffset) -> str:
    across = _("%(mm)s mm nach links") if printer.x < 0 else _("%(mm)s mm nach rechts")
    down = _("%(mm)s mm nach oben") if printer.y < 0 else _("%(mm)s mm nach unten")
    words = [across % {"mm": number_format(abs(printer.x))}, down % {"mm": number_format(abs(printer.y))}]
    return ", ".join(words)
