"""The numbers as they may be shown: by house and month, with sums that give nothing away."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.models import Topic
from consultations.numbers import (
    Scope,
    lead_days,
    month_after,
    months_between,
    offered_times,
    quarter_of,
    topics_talked_about,
)
from consultations.numbers_shown import (
    Figures,
    UnitMonth,
    publish_units,
    sum_figures,
)
from partnership.models import Office
from partnership.small_numbers import LEAST, ZERO, Count, gather_few
from partnership.times import MONTHS

Leads = Mapping[tuple[object, ...], float]
NO_TOPIC = ""


@dataclass(frozen=True, slots=True)
class Line:
    """`lead`: the median of days from booking to talk, where five or more have booked."""

    label: str
    figures: Figures
    lead: float | None = None
    month: datetime.date | None = None

    @property
    def counts(self) -> list[int | Count]:
        """In the order of `numbers_words.COLUMNS`, without the lead."""
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
class TopicLine:
    label: str
    talks: Count


@dataclass(frozen=True, slots=True)
class Report:
    first: datetime.date
    last: datetime.date
    houses: list[House]
    months: list[Line]
    total: Line
    topics: list[TopicLine]
    quarters: list[str]
    """Those whose topics are counted, by name."""

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
    topics, quarters = topics_of(scope, {h.organisation_id for h in houses}, months, today=today)
    total = _line(None, both.narrowed(), lead_days(scope))
    return Report(scope.first, scope.last, shown, lines, total, topics, quarters)


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


def topics_of(
    scope: Scope, hosts: set[int], months: list[datetime.date], *, today: datetime.date
) -> tuple[list[TopicLine], list[str]]:
    """Of whole chambers, in quarters that are over and lie in these months, and the quarters' names.

    A chamber's desk sees who comes: a sum that grows from one day to the next would tell it what about.
    """
    quarters = [m for m in months if m == quarter_of(m) and set(months_of(m)) <= set(months)]
    quarters = [quarter for quarter in quarters if is_over(quarter, today)]
    talks = dict.fromkeys([*Topic.values, NO_TOPIC], ZERO)
    for (unit, quarter), counted in topics_talked_about(scope).items() if quarters else ():
        if unit.host_id not in hosts or quarter not in quarters:
            continue
        alone, together = gather_few({topic: counted.get(topic, 0) for topic in talks})
        most = max(LEAST - 1, sum(counted.get(topic, 0) for topic in together))
        for topic in talks:
            talks[topic] += Count(0, most) if topic in together else Count(alone[topic], alone[topic])
    lines = [TopicLine(topic_name(topic), count) for topic, count in talks.items() if count.high]
    lines.sort(key=lambda line: -(line.talks.low + line.talks.high))
    return lines, [quarter_name(quarter) for quarter in quarters]


def _line(month: datetime.date | None, figures: Figures, leads: Leads, *key: object) -> Line:
    is_shown = figures.booked.low >= LEAST
    label = month_name(month) if month else _("zusammen")
    return Line(label, figures, leads.get(key) if is_shown else None, month)


def months_of(quarter: datetime.date) -> list[datetime.date]:
    return [month_after(quarter, number) for number in range(3)]


def is_over(quarter: datetime.date, today: datetime.date) -> bool:
    return month_after(quarter, 3) <= today


def month_name(month: datetime.date) -> str:
    """'November 2026'."""
    return f"{MONTHS['de'][month.month - 1]} {month.year}"


def quarter_name(quarter: datetime.date) -> str:
    words = {"number": (quarter.month + 2) // 3, "year": quarter.year}
    return _("%(number)s. Quartal %(year)s") % words


def topic_name(topic: str) -> str:
    return str(Topic(topic).label) if topic else _("ohne Angabe")


def decimal(number: float) -> str:
    """'12' or '12,5'."""
    return f"{number:.1f}".removesuffix(".0").replace(".", ",")
