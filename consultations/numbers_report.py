"""The numbers as they may be shown: by house and month, with sums that give nothing away."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.models import Topic
from consultations.numbers import (
    PARTS,
    Scope,
    Unit,
    booked_parts,
    lead_days,
    month_after,
    months_between,
    offered_times,
    quarter_of,
    topics_talked_about,
)
from partnership.models import Office
from partnership.small_numbers import LEAST, ZERO, Block, Count, gather_few, publish, sum_of
from partnership.times import MONTHS

Blocks = Mapping[tuple[Unit, datetime.date], Block]
"""By unit and the first day of a quarter; a row for each of its months, a column for each of `PARTS`."""
Leads = Mapping[tuple[object, ...], float]
A_DAY = datetime.timedelta(days=1)
NO_TOPIC = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """`parts` in the order of `PARTS`."""

    offered: int = 0
    booked: Count = ZERO
    parts: tuple[Count, ...] = (ZERO,) * len(PARTS)

    def __add__(self, other: "Figures") -> "Figures":
        parts = tuple(a + b for a, b in zip(self.parts, other.parts, strict=True))
        return Figures(self.offered + other.offered, self.booked + other.booked, parts)

    @property
    def attended(self) -> Count:
        return self.parts[0]


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
    blocks = publish_units(scope, today=today)
    by_both, by_house = lead_days(scope, "office", "month"), lead_days(scope, "office")
    shown = []
    for house in houses:
        own = {key: block for key, block in blocks.items() if key[0].office_id == house.pk}
        lines = [
            _line(month, _of_month(own, month, offered.get((house.pk, month), 0)), by_both, house.pk, month)
            for month in months
        ]
        total = _of_months(own, months, sum(line.figures.offered for line in lines))
        shown.append(House(house, lines, _line(None, total, by_house, house.pk)))
    by_month, over_all = lead_days(scope, "month"), lead_days(scope)
    topics, quarters = topics_of(scope, {h.organisation_id for h in houses}, months, today=today)
    return Report(
        first=scope.first,
        last=scope.last,
        houses=shown,
        months=[
            _line(month, _sum(house.months[n].figures for house in shown), by_month, month)
            for n, month in enumerate(months)
        ],
        total=_line(None, _sum(house.total.figures for house in shown), over_all),
        topics=topics,
        quarters=quarters,
    )


def publish_units(scope: Scope, *, today: datetime.date) -> Blocks:
    """Whole quarters, whatever months are asked for: what is shown of one must not hang on the question.

    Sums over a quarter are shown when it is over. Shown every day, they would tell what a day has added.
    """
    first, last = quarter_of(scope.first), month_after(quarter_of(scope.last), 3) - A_DAY
    counted = booked_parts(Scope(scope.posts, scope.office_ids, first, last))
    blocks = {}
    for unit, quarter in {(unit, quarter_of(month)) for unit, month in counted}:
        rows = [counted.get((unit, month), {}) for month in months_of(quarter)]
        numbers = [[row.get(part, 0) for part in PARTS] for row in rows]
        blocks[unit, quarter] = publish(numbers, with_column_sums=is_over(quarter, today))
    return blocks


def topics_of(
    scope: Scope, hosts: set[int], months: list[datetime.date], *, today: datetime.date
) -> tuple[list[TopicLine], list[str]]:
    """Of whole chambers, in quarters that are over and lie in these months, and the quarters' names.

    A chamber's desk sees who comes: a sum that grows from one day to the next would tell it what about.
    """
    quarters = [m for m in months if m == quarter_of(m) and set(months_of(m)) <= set(months)]
    quarters = [quarter for quarter in quarters if is_over(quarter, today)]
    talks = dict.fromkeys([*Topic.values, NO_TOPIC], ZERO)
    for (advised, quarter), counted in topics_talked_about(scope).items() if quarters else ():
        if advised.host_id not in hosts or quarter not in quarters:
            continue
        alone, together = gather_few({topic: counted.get(topic, 0) for topic in talks})
        most = max(LEAST - 1, sum(counted.get(topic, 0) for topic in together))
        for topic in talks:
            talks[topic] += Count(0, most) if topic in together else Count(alone[topic], alone[topic])
    lines = [TopicLine(topic_name(topic), count) for topic, count in talks.items() if count.high]
    lines.sort(key=lambda line: -(line.talks.low + line.talks.high))
    return lines, [quarter_name(quarter) for quarter in quarters]


def _of_month(blocks: Blocks, month: datetime.date, offered: int) -> Figures:
    row = (month.month - 1) % 3
    own = [block for (_unit, quarter), block in blocks.items() if quarter == quarter_of(month)]
    return _sum([Figures(offered=offered), *(_as_figures(b.row_sums[row], b.cells[row]) for b in own)])


def _of_months(blocks: Blocks, months: list[datetime.date], offered: int) -> Figures:
    """Sums of whole quarters where they are shown, of single months elsewhere."""
    total = Figures(offered=offered)
    for (_unit, quarter), block in blocks.items():
        rows = [n for n, month in enumerate(months_of(quarter)) if month in months]
        booked = sum_of(block.row_sums[n] for n in rows)
        parts = [sum_of(block.cells[n][part] for n in rows) for part in range(len(PARTS))]
        if len(rows) == len(block.cells):
            parts, booked = block.column_sums, booked & sum_of(block.column_sums)
        total += _as_figures(booked, parts)
    return total


def _as_figures(booked: Count, parts: list[Count]) -> Figures:
    return Figures(0, booked, tuple(parts))


def _sum(figures: Iterable[Figures]) -> Figures:
    return sum(figures, Figures())


def _line(month: datetime.date | None, figures: Figures, leads: Leads, *key: object) -> Line:
    is_shown = figures.booked.is_exact and figures.booked.low >= LEAST
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
