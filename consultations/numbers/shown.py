"""What may be shown of a chamber's bookings, month by month; see docs/decisions/0012-small-numbers.md.

Rows are the houses of a chamber, columns what became of a booking: every number is part of two sums,
for which `small_numbers` can tell what gives something away. Every other sum is made of what these show.
"""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from consultations.numbers.counting import PARTS, Scope, Unit, booked_parts
from partnership.small_numbers import ZERO, Block, Cell, Count, Node, publish, shown, sum_of

*ENDS, OPEN = PARTS


@dataclass(frozen=True, slots=True)
class Figures:
    """`parts` in the order of `PARTS`."""

    offered: int = 0
    booked: Count = ZERO
    parts: tuple[Count, ...] = (ZERO,) * len(PARTS)

    def __add__(self, other: "Figures") -> "Figures":
        parts = tuple(a + b for a, b in zip(self.parts, other.parts, strict=True))
        return Figures(self.offered + other.offered, self.booked + other.booked, parts)

    def __and__(self, other: "Figures") -> "Figures":
        """Two ways of adding up the same."""
        parts = tuple(a & b for a, b in zip(self.parts, other.parts, strict=True))
        return Figures(self.offered, self.booked & other.booked, parts)

    def narrowed(self) -> "Figures":
        """Anybody can work out what the bookings leave for a part when the other parts are taken off."""
        every = sum_of(self.parts)
        booked = self.booked & every
        parts = tuple(
            part & Count(booked.low - every.high + part.high, booked.high - every.low + part.low)
            for part in self.parts
        )
        return Figures(self.offered, booked, parts)

    @property
    def attended(self) -> Count:
        return self.parts[0]


@dataclass(frozen=True, slots=True)
class UnitMonth:
    """`open_ones`, by house, are what has not ended: they stand beside the table, each for itself."""

    unit: Unit
    month: datetime.date
    block: Block
    open_ones: dict[int, Count]

    def of_house(self, office_id: int) -> Figures:
        if office_id not in self.open_ones:
            return Figures()
        open_ones = self.open_ones[office_id]
        parts = (*(self.block.cells[office_id, part] for part in ENDS), open_ones)
        return Figures(0, self.block.sums[office_id] + open_ones, parts)

    def of_houses(self, office_ids: Collection[int]) -> Figures:
        """The chamber's own sums where all its houses are asked for, else what the houses add up to."""
        added = sum_figures(self.of_house(key) for key in office_ids)
        if not self.open_ones.keys() <= set(office_ids):
            return added
        parts = (*(self.block.sums[part] for part in ENDS), added.parts[-1])
        return Figures(0, added.booked, parts).narrowed()


def publish_units(scope: Scope) -> list[UnitMonth]:
    """With all houses of a chamber, whatever is asked for: what is shown must not hang on the question."""
    return [publish_month(unit, month, houses) for (unit, month), houses in booked_parts(scope).items()]


def publish_month(unit: Unit, month: datetime.date, houses: dict[int, list[int]]) -> UnitMonth:
    """`houses`: for each, a number for each of `PARTS`. A house's sum goes before the chamber's."""
    numbers: dict[Cell, int] = {
        (office_id, part): number
        for office_id, parts in houses.items()
        for part, number in zip(ENDS, parts, strict=False)
    }
    wanted: list[Node] = [*sorted(houses), *ENDS]
    open_ones = {office_id: shown(parts[-1]) for office_id, parts in houses.items()}
    return UnitMonth(unit, month, publish(numbers, wanted), open_ones)


def sum_figures(figures: Iterable[Figures]) -> Figures:
    return sum(figures, Figures())
