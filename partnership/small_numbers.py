"""Counts of few: what would let a firm be recognised is neither shown nor left to be computed.

The reasons are in docs/decisions/0011-small-numbers.md.
"""

from collections import deque
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _

LEAST = 5
"""Counts from one to below this are hidden. Nobody is recognised by a zero."""
Node = tuple[str, int]
Key = TypeVar("Key", bound=Hashable)
OUTSIDE: Node = ("outside", 0)


@dataclass(frozen=True, slots=True)
class Count:
    """What may be known of a count: it lies between `low` and `high`, both included."""

    low: int
    high: int

    def __add__(self, other: "Count") -> "Count":
        return Count(self.low + other.low, self.high + other.high)

    def __and__(self, other: "Count") -> "Count":
        """What two ways of adding up leave of it."""
        return Count(max(self.low, other.low), min(self.high, other.high))

    def __str__(self) -> str:
        if self.is_exact:
            return str(self.low)
        if self == HIDDEN:
            return f"< {LEAST}"
        return _("%(low)s bis %(high)s") % {"low": self.low, "high": self.high}

    @property
    def is_exact(self) -> bool:
        return self.low == self.high


HIDDEN = Count(1, LEAST - 1)
ZERO = Count(0, 0)


def shown(number: int) -> Count:
    return HIDDEN if 0 < number < LEAST else Count(number, number)


def sum_of(counts: Iterable[Count]) -> Count:
    return sum(counts, ZERO)


@dataclass(frozen=True, slots=True)
class Block:
    """A table as it may be shown. What is not exact among the sums follows from the cells."""

    cells: list[list[Count]]
    row_sums: list[Count]
    column_sums: list[Count]


def publish(numbers: Sequence[Sequence[int]], *, with_column_sums: bool) -> Block:
    """Hides small cells, then shows each sum only if no hidden cell can be computed with it.

    Sums of rows come first and do not depend on those of columns: what was shown while the columns were
    still growing stays as it was when they are complete.
    """
    cells = [[shown(number) for number in row] for row in numbers]
    rows = [sum(row) for row in numbers]
    columns = [sum(column) for column in zip(*numbers, strict=True)]
    table = _Table(numbers)
    sums = [("row", n) for n in range(len(rows))]
    sums += [("column", n) for n in range(len(columns)) if with_column_sums]
    for node in sums:
        number = rows[node[1]] if node[0] == "row" else columns[node[1]]
        if shown(number) != HIDDEN:
            table.show_sum(node)
    return Block(
        cells=cells,
        row_sums=[
            Count(number, number) if ("row", n) in table.shown_sums else sum_of(cells[n])
            for n, number in enumerate(rows)
        ],
        column_sums=[
            Count(number, number) if ("column", n) in table.shown_sums else sum_of(row[n] for row in cells)
            for n, number in enumerate(columns)
        ],
    )


class _Table:
    """Hidden cells as links between their row and their column.

    A hidden cell can still be more than it is if what it gains can go round and be lost again: along cells
    that can be less, back along cells that can be more, and through any sum that is not shown. Without
    such a round trip its value follows from the sums. (It is the flow argument for tables of two
    dimensions, where whole numbers never get in the way.)
    """

    def __init__(self, numbers: Sequence[Sequence[int]]) -> None:
        self.hidden = {
            (("row", r), ("column", c)): number
            for r, row in enumerate(numbers)
            for c, number in enumerate(row)
            if 0 < number < LEAST
        }
        self.shown_sums: set[Node] = set()

    def show_sum(self, node: Node) -> None:
        """Unless a hidden cell could be computed then."""
        self.shown_sums.add(node)
        if any(self._is_known(row, column) for row, column in self.hidden):
            self.shown_sums.remove(node)

    def _is_known(self, row: Node, column: Node) -> bool:
        number = self.hidden[row, column]
        may_gain = number < HIDDEN.high and self._leads(column, row, without=(row, column))
        may_lose = number > HIDDEN.low and self._leads(row, column, without=(row, column))
        return not (may_gain or may_lose)

    def _leads(self, start: Node, goal: Node, *, without: tuple[Node, Node]) -> bool:
        seen, queue = {start}, deque([start])
        while queue:
            for node in self._next(queue.popleft(), without):
                if node == goal:
                    return True
                if node not in seen:
                    seen.add(node)
                    queue.append(node)
        return False

    def _next(self, here: Node, without: tuple[Node, Node]) -> Iterator[Node]:
        """Over cells: from a row by those that can be more, from a column by those that can be less."""
        if here == OUTSIDE:
            yield from {node for cell in self.hidden for node in cell if node not in self.shown_sums}
            return
        if here not in self.shown_sums:
            yield OUTSIDE
        for (row, column), number in self.hidden.items():
            if (row, column) == without:
                continue
            if here == row and number < HIDDEN.high:
                yield column
            elif here == column and number > HIDDEN.low:
                yield row


def gather_few(numbers: dict[Key, int]) -> tuple[dict[Key, int], set[Key]]:
    """Those that may be shown one by one, and those that only their sum may stand for.

    If there are any of these, there are at least two, so that the sum, wherever it is known from, is
    nobody's own number.
    """
    few = {key for key, number in numbers.items() if number < LEAST}
    if len(few) == 1 and sum(numbers[key] for key in few) > 0:
        few |= {min(numbers.keys() - few, key=lambda key: numbers[key])} if len(numbers) > 1 else set()
    if all(numbers[key] == 0 for key in few):
        few = set()
    return {key: number for key, number in numbers.items() if key not in few}, few
