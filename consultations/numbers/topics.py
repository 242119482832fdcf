"""Topics by house and quarter, as they may be shown; see docs/decisions/0012-small-numbers.md.

A chamber's desk sees who comes: a sum that grows from one day to the next would tell it what about. So only
quarters count that are over, and every booking in them, whatever became of it.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.models import Topic
from consultations.numbers.counting import (
    NO_TOPIC,
    Scope,
    Unit,
    finished_quarters,
    quarter_of,
    topics_booked,
)
from consultations.numbers.shown import UnitMonth, sum_figures
from consultations.numbers.words import quarter_name
from partnership.models import Office
from partnership.small_numbers import ZERO, Cell, Count, Node, Shares, share_out

TOPICS = [*Topic.values, NO_TOPIC]
NOT_TOLD = "–"


@dataclass(frozen=True, slots=True)
class TopicLine:
    """In the order of `TOPICS`. Counts that are not told are only good for adding up."""

    counts: tuple[Count, ...] = (ZERO,) * len(TOPICS)
    is_told: bool = False

    def __add__(self, other: "TopicLine") -> "TopicLine":
        counts = tuple(a + b for a, b in zip(self.counts, other.counts, strict=True))
        return TopicLine(counts, self.is_told or other.is_told)

    @property
    def texts(self) -> list[str]:
        return [str(count) if self.is_told else NOT_TOLD for count in self.counts]


@dataclass(frozen=True, slots=True)
class TopicTable:
    """`quarter`: its first day; none where several are added up."""

    title: str
    quarter: datetime.date | None
    houses: list[tuple[Office, TopicLine]]
    total: TopicLine


@dataclass(frozen=True, slots=True)
class UnitQuarter:
    office_ids: frozenset[int]
    shares: Shares

    def of_house(self, office_id: int) -> TopicLine:
        if office_id not in self.office_ids:
            return TopicLine()
        counts = tuple(self.shares.cells[office_id, topic] for topic in TOPICS)
        return TopicLine(counts, office_id not in self.shares.withheld)

    def of_houses(self, office_ids: Collection[int]) -> TopicLine:
        """The chamber's own sums where all its houses are asked for, else what the houses add up to."""
        added = sum_lines(map(self.of_house, office_ids))
        if not self.office_ids <= set(office_ids):
            return added
        counts = tuple(self.shares.sums[topic] for topic in TOPICS)
        return TopicLine(counts, added.is_told or any(count.is_exact for count in counts))


def topic_tables(
    scope: Scope, houses: list[Office], units: list[UnitMonth], *, today: datetime.date
) -> list[TopicTable]:
    """For each quarter that lies in these months and is over. `units`: what is shown of the bookings."""
    quarters = finished_quarters(scope, today=today)
    shares = share_out_units(scope, units) if quarters else {}
    return [
        TopicTable(
            quarter_name(quarter),
            quarter,
            [(house, sum_lines(unit.of_house(house.pk) for unit in shares[quarter])) for house in houses],
            sum_lines(unit.of_houses(scope.office_ids) for unit in shares[quarter]),
        )
        for quarter in quarters
    ]


def share_out_units(scope: Scope, units: list[UnitMonth]) -> dict[datetime.date, list[UnitQuarter]]:
    """With all houses of a chamber, whatever is asked for: what is shown must not hang on the question."""
    shown: dict[tuple[Unit, datetime.date], list[UnitMonth]] = defaultdict(list)
    for month in units:
        shown[month.unit, quarter_of(month.month)].append(month)
    found: dict[datetime.date, list[UnitQuarter]] = defaultdict(list)
    for (unit, quarter), houses in topics_booked(scope).items():
        numbers: dict[Cell, int] = {
            (office_id, topic): counted.get(topic, 0)
            for office_id, counted in houses.items()
            for topic in TOPICS
        }
        months = shown[unit, quarter]
        wholes: dict[Node, Count] = {
            office_id: sum_figures(month.of_house(office_id) for month in months).narrowed().booked
            for office_id in houses
        }
        found[quarter].append(UnitQuarter(frozenset(houses), share_out(numbers, wholes)))
    return found


def add_up(tables: list[TopicTable]) -> TopicTable:
    """All quarters in one; there is at least one, and all have the same houses."""
    lines = zip(*(table.houses for table in tables), strict=True)
    houses = [(house[0][0], sum_lines(line for _office, line in house)) for house in lines]
    title = ", ".join(table.title for table in tables)
    return TopicTable(title, None, houses, sum_lines(table.total for table in tables))


def sum_lines(lines: Iterable[TopicLine]) -> TopicLine:
    return sum(lines, TopicLine())


def topic_names() -> list[str]:
    return [str(Topic(topic).label) if topic else _("ohne Angabe") for topic in TOPICS]
