"""Counts of few: what would let a firm be recognised is neither shown nor left to be computed.

The reasons are in docs/decisions/0012-small-numbers.md.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

LEAST = 5
"""Counts from one to below this are hidden. Nobody is recognised by a zero."""
LEAST_SHARED = 10
"""Of fewer is not said how they share out."""
Node = Hashable
"""A sum: of a row, or of a column."""
Cell = tuple[Node, Node]
"""By its row and its column; no row is a column."""
OUTSIDE, OPEN = "outside", "open"


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
    veiled = _veil(numbers)
    table = _Table(numbers, veiled, guarded=dict.fromkeys(veiled, 0))
    table.guarded_sums = [node for node, number in table.sums.items() if is_small(number)]
    for node in wanted:
        table.hold(node)
    cells = {cell: veiled.get(cell, Count(number, number)) for cell, number in numbers.items()}
    sums = {
        node: shown(table.sums[node]) if node in table.held else count
        for node, count in _added(cells).items()
    }
    return Block(cells, sums)


@dataclass(frozen=True, slots=True)
class Shares:
    """How rows share out among the columns. Of rows `withheld` their cells say only what is known anyway."""

    cells: dict[Cell, Count]
    sums: dict[Node, Count]
    """Of the columns."""
    withheld: frozenset[Node]


def share_out(numbers: Mapping[Cell, int], wholes: Mapping[Node, Count]) -> Shares:
    """Readers may know who is counted in a row and how many they are, and must not learn what they fall to.

    Small cells are hidden, and rows of fewer than ten are withheld. A column's sum is shown only if no
    hidden cell can be computed with it by somebody who knows all rows' sums, nor a row's sum by those who
    know only `wholes`, which is shown of them elsewhere. What is hidden from the first must not hang on
    `wholes`, which change with time.
    """
    rows = _by_row(numbers)
    columns = {column for _row, column in numbers}
    spans: dict[Cell, Count] = {}
    guarded: dict[Cell, int] = {}
    for parts in rows.values():
        total = sum(parts.values())
        veiled = _veil_parts(parts, Count(total, total))
        spans |= veiled
        guarded |= {cell: _to_be_less(parts[cell], total) for cell in veiled if total}
    insider = _Table(numbers, spans, guarded=guarded, held=rows)
    insider.guarded_sums = [column for column in columns if is_small(insider.sums[column])]
    cells = {cell: Count(number, number) for cell, number in numbers.items()}
    for row, parts in rows.items():
        cells |= _veil_parts(parts, wholes[row])
    outsider = _table_for_outsiders(numbers, cells, wholes)
    by_size = sorted(columns, key=lambda column: (-insider.sums[column], str(column)))
    exact = [column for column in by_size if not is_small(insider.sums[column])]
    for table in (insider, outsider):
        exact = table.hold_most(exact)
    added = _added(cells)
    sums = {column: added[column] for column in by_size}
    sums |= {column: Count(insider.sums[column], insider.sums[column]) for column in exact}
    return Shares(cells, sums, frozenset(row for row in rows if wholes[row].low < LEAST_SHARED))


def _veil_parts(parts: Mapping[Cell, int], whole: Count) -> dict[Cell, Count]:
    """What is shown of a row's cells that are not shown as they are. `whole` is what is known of its sum.

    The largest is only said to be what the others leave: where the hidden ones would follow from it, where
    the sum itself is not known, and where all others are small, be they many together or none, as nearly
    all might fall to it.
    """
    if whole.low < LEAST_SHARED:
        return dict.fromkeys(parts, Count(0, whole.high))
    most = max(parts, key=lambda cell: (parts[cell], str(cell)))
    stands_alone = parts[most] >= LEAST and all(parts[cell] < LEAST for cell in parts if cell != most)
    veiled: dict[Cell, Count] = {}
    if stands_alone or any(map(is_small, parts.values())):
        veiled = {cell: HIDDEN for cell, number in parts.items() if number < LEAST}
    few = sum(parts[cell] for cell in veiled)
    could_lie_elsewhere = not veiled or (len(veiled) > 2 and few < len(veiled) * HIDDEN.high)
    if stands_alone or not could_lie_elsewhere or not whole.is_exact:
        others = sum_of(veiled.get(cell, Count(n, n)) for cell, n in parts.items() if cell != most)
        veiled[most] = Count(max(0, whole.low - others.high), whole.high - others.low)
    return veiled


def _to_be_less(number: int, total: int) -> int:
    """How much less it has to be possible that it is, so that five, or all, may have fallen elsewhere."""
    return max(0, number - max(0, total - LEAST))


def _table_for_outsiders(
    numbers: Mapping[Cell, int], cells: Mapping[Cell, Count], wholes: Mapping[Node, Count]
) -> "_Table":
    """What is not known of a row's sum is a cell more, up to the largest that the sum could be."""
    open_rows = {row: whole for row, whole in wholes.items() if not whole.is_exact}
    unknown: dict[Cell, Count] = {
        (row, OPEN): Count(0, whole.high - whole.low) for row, whole in open_rows.items()
    }
    sums = _sums(numbers)
    left: dict[Cell, int] = {(row, OPEN): whole.high - sums[row] for row, whole in open_rows.items()}
    return _Table({**numbers, **left}, {**cells, **unknown}, guarded=dict.fromkeys(unknown, 0), held=wholes)


def _by_row(numbers: Mapping[Cell, int]) -> dict[Node, dict[Cell, int]]:
    rows: dict[Node, dict[Cell, int]] = defaultdict(dict)
    for cell, number in numbers.items():
        rows[cell[0]][cell] = number
    return rows


def _sums(numbers: Mapping[Cell, int]) -> dict[Node, int]:
    sums: dict[Node, int] = defaultdict(int)
    for (row, column), number in numbers.items():
        sums[row] += number
        sums[column] += number
    return sums


def _added(cells: Mapping[Cell, Count]) -> dict[Node, Count]:
    added: dict[Node, Count] = defaultdict(lambda: ZERO)
    for (row, column), count in cells.items():
        added[row] += count
        added[column] += count
    return added


def _veil(numbers: Mapping[Cell, int]) -> dict[Cell, Count]:
    """What is shown of each cell that is not shown as it is."""
    veiled: dict[Cell, Count] = {}
    for row in _by_row(numbers).values():
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

    `guarded` cells must not be known: each must be able to be so much less, or, at 0, to be anything else.
    """

    def __init__(
        self,
        numbers: Mapping[Cell, int],
        spans: Mapping[Cell, Count],
        *,
        guarded: Mapping[Cell, int],
        held: Iterable[Node] = (),
    ) -> None:
        self.sums = _sums(numbers)
        self.rows = {row for row, _column in numbers}
        self.numbers = numbers
        self.spans = spans
        self.guarded = guarded
        self.guarded_sums: Collection[Node] = ()
        """Small ones, which must not be known either."""
        self.links: dict[Node, dict[Node, int]] = defaultdict(dict)
        for (row, column), count in spans.items():
            self.links[row][column] = count.high - numbers[row, column]
            self.links[column][row] = numbers[row, column] - count.low
        self.held: set[Node] = set(held)

    def hold(self, *nodes: Node) -> bool:
        """Unless something hidden could be computed then."""
        self.held |= set(nodes)
        gives_away = any(map(self._is_known_cell, self.guarded)) or any(
            map(self._is_known_sum, self.guarded_sums)
        )
        if gives_away:
            self.held -= set(nodes)
        return not gives_away

    def hold_most(self, nodes: list[Node]) -> list[Node]:
        """One by one. That all can be held, which is often so, is found out in one go."""
        return nodes if self.hold(*nodes) else [node for node in nodes if self.hold(node)]

    def _is_known_cell(self, cell: Cell) -> bool:
        row, column = cell
        number, count = self.numbers[cell], self.spans[cell]
        less = self.guarded[cell] or 1
        may_lose = number - less >= count.low and self._leads(row, column, without=cell, many=less)
        may_gain = number < count.high and not self.guarded[cell] and self._leads(column, row, without=cell)
        return not (may_lose or may_gain)

    def _is_known_sum(self, node: Node) -> bool:
        """Whether it could be another small number, all other sums being as they are."""
        held, self.held = self.held, self.held - {node}
        comes_in = self._leads(OUTSIDE, node, without=(OUTSIDE, node))
        goes_out = self._leads(node, OUTSIDE, without=(node, OUTSIDE))
        self.held = held
        may_gain, may_lose = (goes_out, comes_in) if node in self.rows else (comes_in, goes_out)
        return not (may_lose or (may_gain and self.sums[node] < HIDDEN.high))

    def _leads(self, start: Node, goal: Node, *, without: Cell, many: int = 1) -> bool:
        """Whether so many can go there, each on its own way."""
        moved: dict[Cell, int] = defaultdict(int)
        for _one in range(many):
            came_from = self._search(start, goal, without, moved)
            if goal not in came_from:
                return False
            here = goal
            while here != start:
                before = came_from[here]
                moved[before, here] += 1
                moved[here, before] -= 1
                here = before
        return True

    def _search(self, start: Node, goal: Node, without: Cell, moved: Mapping[Cell, int]) -> dict[Node, Node]:
        """The nodes that one more can reach, until it is the goal, each with the one before."""
        came_from, queue = {start: start}, deque([start])
        while queue and goal not in came_from:
            here = queue.popleft()
            for node in self._next(here, moved):
                if node not in came_from and (here, node) not in (without, without[::-1]):
                    came_from[node] = here
                    queue.append(node)
                    if node == goal:
                        break
        return came_from

    def _next(self, here: Node, moved: Mapping[Cell, int]) -> Iterator[Node]:
        """From a row by cells that can be more, from a column by cells that can be less."""
        if here == OUTSIDE:
            yield from (node for node in self.sums if node not in self.held)
            return
        if here not in self.held:
            yield OUTSIDE
        for node, room in self.links.get(here, {}).items():
            if room > moved.get((here, node), 0):
                yield node
