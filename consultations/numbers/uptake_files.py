"""What became of the advice as CSV and XLSX: a row for each line of the page."""

import datetime

from django.utils.translation import gettext as _

from consultations.numbers.uptake import RULES, Line, Share, UptakeReport
from partnership.spreadsheets import Cell, Sheet, workbook_of
from partnership.times import date_span, numeric_date


def uptake_sheet(report: UptakeReport) -> Sheet:
    header = [
        _("Gliederung"),
        _("Was"),
        _("Empfehlungen"),
        _("umgesetzt in Prozent"),
        _("geplant in Prozent"),
        _("abgelehnt in Prozent"),
        _("ohne Angabe in Prozent"),
    ]
    rows = [_row(table.title, line) for table in report.tables for line in table.lines]
    return Sheet(_("Umsetzung"), header, [*rows, _row("", report.whole)], frozenset({len(rows)}))


def uptake_workbook(report: UptakeReport, *, made_on: datetime.date) -> bytes:
    rows: list[list[Cell]] = [
        [_("Besuche"), date_span(report.first, report.last)],
        [_("Polizei"), report.unit.police.name],
        [_("Stand"), numeric_date(made_on)],
    ]
    rows += [[_("Regel"), str(rule)] for rule in RULES]
    return workbook_of(uptake_sheet(report), Sheet(_("Erläuterung"), [_("Was"), _("Bedeutung")], rows))


def _row(title: str, line: Line) -> list[Cell]:
    return [title, line.label, line.advice, *(_cell(share) for share in line.shares)]


def _cell(share: Share) -> Cell:
    return share.low if share.low == share.high else str(share)
