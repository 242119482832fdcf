"""The numbers as they may be shown: by house and month, with sums that give nothing away."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.numbers.counting import Scope, lead_days, months_between, offered_times
from consultations.numbers.shown import Figures, UnitMonth, publish_units, sum_figures
from consultations.numbers.topics import TopicTable, topic_tables
from partnership.models import Office
from partnership.small_numbers import LEAST, Count
from partnership.times import MONTHS

Leads = Mapping[tuple[object, ...], float]


@dataclass(frozen=True, slots=True)
class Line:
    """`lead`: the median of days from booking to talk, where five or more have booked."""

    label: str
    figures: Figures
    lead: float | None = None
    month: datetime.date | None = None

    @property
    def counts(self) -> list[int | Count]:
        """In the order of `words.COLUMNS`, without the lead."""
        return [self.figures.offered, self.figures.booked, *self.figures.parts]

    @property
    def lead_text(self) -> str:
        return "–" if self.lead is None else decimal(self.lead)


@dataclass(frozen=True, slots=True)
class House:
    office: Office
    months: list[Line]
    total: Line


@dataclass(frozen=True, slots=True)
class Report:
    first: datetime.date
    last: datetime.date
    houses: list[House]
    months: list[Line]
    total: Line
    topics: list[TopicTable]
    """By quarter."""

    @property
    def period(self) -> str:
        """'Januar bis November 2026'."""
        if (self.first.year, self.first.month) == (self.last.year, self.last.month):
            return month_name(self.first)
        year = "" if self.first.year == self.last.year else f" {self.first.year}"
        words = {"first": f"{MONTHS['de'][self.first.month - 1]}{year}", "last": month_name(self.last)}
        return _("%(first)s bis %(last)s") % words


def make_report(scope: Scope, houses: list[Office], *, today: datetime.date) -> Report:
    """`scope.first` and `scope.last` are the first and the last day of what is shown, whole months."""
    months = months_between(scope.first, scope.last)
    offered = offered_times(scope)
    units = publish_units(scope)
    leads = lead_days(scope, "office", "month") | lead_days(scope, "office") | lead_days(scope, "month")
    shown = [_house(house, months, units, offered, leads) for house in houses]
    lines = []
    for number, month in enumerate(months):
        times = sum(house.months[number].figures.offered for house in shown)
        figures = sum_figures(unit.of_houses(scope.office_ids) for unit in units if unit.month == month)
        lines.append(_line(month, Figures(times) + figures, leads, month))
    both = sum_figures(house.total.figures for house in shown) & sum_figures(line.figures for line in lines)
    total = _line(None, both.narrowed(), lead_days(scope))
    topics = topic_tables(scope, houses, units, today=today)
    return Report(scope.first, scope.last, shown, lines, total, topics)


def _house(
    house: Office,
    months: list[datetime.date],
    units: list[UnitMonth],
    offered: Mapping[tuple[int, datetime.date], int],
    leads: Leads,
) -> House:
    lines = []
    for month in months:
        figures = sum_figures(unit.of_house(house.pk) for unit in units if unit.month == month)
        times = Figures(offered.get((house.pk, month), 0))
        lines.append(_line(month, times + figures, leads, house.pk, month))
    total = sum_figures(line.figures for line in lines).narrowed()
    return House(house, lines, _line(None, total, leads, house.pk))


def _line(month: datetime.date | None, figures: Figures, leads: Leads, *key: object) -> Line:
    is_shown = figures.booked.low >= LEAST
    label = month_name(month) if month else _("zusammen")
    return Line(label, figures, leads.get(key) if is_shown else None, month)


def month_name(month: datetime.date) -> str:
    """'November 2026'."""
    return f"{MONTHS['de'][month.month - 1]} {month.year}"


def decimal(number: float) -> str:
    """'12' or '12,5'."""
    return f"{number:.1f}".removesuffix(".0").replace(".", ",")
