"""Counts of few: what would let a firm be recognised is neither shown nor left to be computed.

The reasons are in docs/decisions/0012-small-numbers.md.
"""

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _

LEAST = 5
"""Counts from one to below this are hidden. Nobody is recognised by a zero."""
Node = Hashable
"""A sum: of a row, or of a column."""
Cell = tuple[Node, Node]
"""By its row and its column; no row is a column."""
Key = TypeVar("Key", bound=Hashable)
OUTSIDE = "outside"


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
        if self.high < LEAST:
            return f"< {LEAST}"
        return _("%(low)s bis %(high)s") % {"low": self.low, "high": self.high}

    @property
    def is_exact(self) -> bool:
        return self.low == self.high


HIDDEN = Count(0, LEAST - 1)
ZERO = Count(0, 0)


def is_small(number: int) -> bool:
    return 0 < number < LEAST


def shown(number: int) -> Count:
    """A count that nothing else is shown of."""
    return HIDDEN if is_small(number) else Count(number, number)


def rounded(number: int) -> Count:
    """'5 bis 9': what is shown of a count that has to veil a small one."""
    low = number - number % LEAST
    return Count(low, low + LEAST - 1)


def sum_of(counts: Iterable[Count]) -> Count:
    return sum(counts, ZERO)


@dataclass(frozen=True, slots=True)
class Block:
    """A table as it may be shown. A sum that is not exact follows from its cells."""

    cells: dict[Cell, Count]
    sums: dict[Node, Count]


def publish(numbers: Mapping[Cell, int], wanted: Sequence[Node]) -> Block:
    """A row's cells are parts of its sum. Small ones are hidden, and with them what is zero in their row, or
    else the next larger one is rounded: one hidden cell alone would be the rest of the sum. Each sum that
    is wanted is then shown only if neither a hidden cell nor a small sum can be computed with it, in the
    order of `wanted`.
    """
    table = _Table(numbers)
    for node in wanted:
        table.hold(node)
    cells = {cell: table.hidden.get(cell, Count(number, number)) for cell, number in numbers.items()}
    added: dict[Node, Count] = defaultdict(lambda: ZERO)
    for (row, column), count in cells.items():
        added[row] += count
        added[column] += count
    sums = {node: shown(table.sums[node]) if node in table.held else added[node] for node in table.sums}
    return Block(cells, sums)


def _veil(numbers: Mapping[Cell, int]) -> dict[Cell, Count]:
    """What is shown of each cell that is not shown as it is."""
    rows: dict[Node, dict[Cell, int]] = defaultdict(dict)
    for cell, number in numbers.items():
        rows[cell[0]][cell] = number
    veiled: dict[Cell, Count] = {}
    for row in rows.values():
        if not any(map(is_small, row.values())):
            continue
        few = {cell: HIDDEN for cell, number in row.items() if number < LEAST}
        others = sorted(row.keys() - few.keys(), key=lambda cell: (row[cell], str(cell)))
        if len(few) == 1 and others:
            few[others[0]] = rounded(row[others[0]])
        veiled |= few
    return veiled


class _Table:
    """Hidden cells as links between their row and their column.

    A hidden cell can still be more than it is if what it gains can go round and be lost again: along cells
    that can be less, back along cells that can be more, and through any sum that is not held. Without
    such a round trip its value follows from the sums. (It is the flow argument for tables of two
    dimensions, where whole numbers never get in the way.) A sum is held when it is shown, and when it is
    shown as small, which says less.
    """

    def __init__(self, numbers: Mapping[Cell, int]) -> None:
        self.sums: dict[Node, int] = defaultdict(int)
        for (row, column), number in numbers.items():
            self.sums[row] += number
            self.sums[column] += number
        self.rows = {row for row, _column in numbers}
        self.numbers = numbers
        self.hidden = _veil(numbers)
        self.gaining: dict[Node, list[Node]] = defaultdict(list)
        self.losing: dict[Node, list[Node]] = defaultdict(list)
        for (row, column), count in self.hidden.items():
            if numbers[row, column] < count.high:
                self.gaining[row].append(column)
            if numbers[row, column] > count.low:
                self.losing[column].append(row)
        self.held: set[Node] = set()

    def hold(self, node: Node) -> None:
        """Unless something hidden could be computed then."""
        self.held.add(node)
        small = (node for node, number in self.sums.items() if is_small(number))
        if any(map(self._is_known_cell, self.hidden)) or any(map(self._is_known_sum, small)):
            self.held.remove(node)

    def _is_known_cell(self, cell: Cell) -> bool:
        row, column = cell
        number, count = self.numbers[cell], self.hidden[cell]
        may_gain = number < count.high and self._leads(column, row, without=cell)
        may_lose = number > count.low and self._leads(row, column, without=cell)
        return not (may_gain or may_lose)

    def _is_known_sum(self, node: Node) -> bool:
        """Whether it could be another small number, all other sums being as they are."""
        held, self.held = self.held, self.held - {node}
        comes_in = self._leads(OUTSIDE, node, without=(OUTSIDE, node))
        goes_out = self._leads(node, OUTSIDE, without=(node, OUTSIDE))
        self.held = held
        may_gain, may_lose = (goes_out, comes_in) if node in self.rows else (comes_in, goes_out)
        return not (may_lose or (may_gain and self.sums[node] < HIDDEN.high))

    def _leads(self, start: Node, goal: Node, *, without: Cell) -> bool:
        seen, queue = {start}, deque([start])
        while queue:
            here = queue.popleft()
            for node in self._next(here):
                if node in seen or (here, node) in (without, without[::-1]):
                    continue
                if node == goal:
                    return True
                seen.add(node)
                queue.append(node)
        return False

    def _next(self, here: Node) -> Iterator[Node]:
        """From a row by cells that can be more, from a column by cells that can be less."""
        if here == OUTSIDE:
            yield from (node for node in self.sums if node not in self.held)
            return
        if here not in self.held:
            yield OUTSIDE
        yield from self.gaining.get(here, ())
        yield from self.losing.get(here, ())


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
