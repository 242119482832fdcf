"""The numbers as XLSX and CSV: one row for each house and month, then each house's sum; topics by quarter."""

import datetime

from django.utils.translation import gettext as _

from consultations.numbers.report import Line, Report
from consultations.numbers.satisfaction import RULE as SATISFACTION_RULE
from consultations.numbers.satisfaction import Question, satisfaction_sheet
from consultations.numbers.topics import NOT_TOLD, TopicLine, topic_names
from consultations.numbers.visits import VisitTable, visits_sheet
from consultations.numbers.words import COLUMNS, RULES
from partnership.models import Office
from partnership.small_numbers import Count
from partnership.spreadsheets import Cell, Sheet, workbook_of
from partnership.times import numeric_date


def file_name(report: Report, name: str, suffix: str) -> str:
    """'zahlen-2026-01-bis-2026-11.xlsx'."""
    return f"{name}-{report.first:%Y-%m}-bis-{report.last:%Y-%m}.{suffix}"


def workbook(
    report: Report,
    *,
    made_on: datetime.date,
    satisfaction: list[Question],
    visits: VisitTable | None = None,
) -> bytes:
    sheets = [numbers_sheet(report)]
    if report.topics:
        sheets.append(topics_sheet(report))
    if visits:
        sheets.append(visits_sheet(visits))
    if satisfaction:
        sheets.append(satisfaction_sheet(satisfaction))
    return workbook_of(*sheets, _explanation(report, made_on))


def numbers_sheet(report: Report) -> Sheet:
    rows: list[list[Cell]] = []
    sums = set()
    for house in report.houses:
        rows += [_row(house.office, line) for line in house.months]
        sums.add(len(rows))
        rows.append(_row(house.office, house.total))
    header = [_("Kammer"), _("Haus"), _("Monat"), *(str(column.label) for column in COLUMNS)]
    return Sheet(_("Zahlen"), header, rows, frozenset(sums))


def topics_sheet(report: Report) -> Sheet:
    rows: list[list[Cell]] = []
    sums = set()
    for table in report.topics:
        quarter = f"{table.quarter:%Y}-Q{(table.quarter.month + 2) // 3}" if table.quarter else None
        for office, line in table.houses:
            rows.append([office.organisation.short_name, office.name, quarter, *_topic_cells(line)])
        if len(table.houses) > 1:
            sums.add(len(rows))
            rows.append([None, _("zusammen"), quarter, *_topic_cells(table.total)])
    header = [_("Kammer"), _("Haus"), _("Quartal"), *topic_names()]
    return Sheet(_("Themen"), header, rows, frozenset(sums))


def _topic_cells(line: TopicLine) -> list[Cell]:
    return [_value(count) if line.is_told else NOT_TOLD for count in line.counts]


def _row(office: Office, line: Line) -> list[Cell]:
    """Months as 2026-11: they sort, and no program takes them for a day."""
    month = f"{line.month:%Y-%m}" if line.month else line.label
    numbers = [_value(number) for number in line.counts]
    lead = None if line.lead is None else round(line.lead, 1)
    return [office.organisation.short_name, office.name, month, *numbers, lead]


def _value(number: int | Count) -> Cell:
    if isinstance(number, int):
        return number
    return number.low if number.is_exact else str(number)


def _explanation(report: Report, made_on: datetime.date) -> Sheet:
    houses = ", ".join(house.office.name for house in report.houses)
    quarters = ", ".join(table.title for table in report.topics) or _("keinem Quartal, das vorbei ist")
    rows: list[list[Cell]] = [
        [_("Zeitraum"), report.period],
        [_("Häuser"), houses],
        [_("Themen aus"), quarters],
        [_("Stand"), numeric_date(made_on)],
    ]
    rows += [[str(column.label), str(column.meaning)] for column in COLUMNS]
    rows += [[_("Regel"), str(rule)] for rule in [*RULES, SATISFACTION_RULE]]
    return Sheet(_("Erläuterung"), [_("Was"), _("Bedeutung")], rows)
