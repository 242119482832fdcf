"""No hidden count can be computed from what is shown."""

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from partnership.small_numbers import HIDDEN, Block, Cell, Count, Node, publish, sum_of

MOST_HIDDEN = 5
Numbers = dict[Cell, int]


@st.composite
def tables(draw: st.DrawFn) -> tuple[Numbers, list[Node]]:
    """Rows with cells in some of the columns, as two kinds of sums share them; the sums in any order."""
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    places = [(f"row {r}", f"column {c}") for r in range(rows) for c in range(columns)]
    chosen = draw(st.lists(st.sampled_from(places), min_size=1, unique=True))
    number = st.one_of(st.integers(0, 5), st.integers(0, 40))
    numbers = {cell: draw(number) for cell in chosen}
    nodes = sorted({node for cell in chosen for node in cell})
    return numbers, draw(st.permutations(nodes))[: draw(st.integers(0, len(nodes)))]


def table(*rows: list[int]) -> tuple[Numbers, list[Node]]:
    numbers: Numbers = {(f"r{r}", f"c{c}"): n for r, row in enumerate(rows) for c, n in enumerate(row)}
    return numbers, [f"r{r}" for r in range(len(rows))] + [f"c{c}" for c in range(len(rows[0]))]


def sums_of(numbers: Numbers) -> dict[Node, int]:
    return {node: sum(n for cell, n in numbers.items() if node in cell) for node in itertools.chain(*numbers)}


def possible(block: Block) -> Iterator[Numbers]:
    """Every way to fill the hidden cells so that all that is shown stays true."""
    hidden = [cell for cell, count in block.cells.items() if not count.is_exact]
    ranges = [range(block.cells[cell].low, block.cells[cell].high + 1) for cell in hidden]
    for values in itertools.product(*ranges):
        numbers = {cell: count.low for cell, count in block.cells.items()}
        numbers |= dict(zip(hidden, values, strict=True))
        if all(block.sums[node].low <= n <= block.sums[node].high for node, n in sums_of(numbers).items()):
            yield numbers


@settings(deadline=None)
@given(tables())
def test_every_hidden_cell_and_every_small_sum_could_be_something_else(
    asked: tuple[Numbers, list[Node]],
) -> None:
    numbers, wanted = asked
    block = publish(numbers, wanted)
    cells = [cell for cell, count in block.cells.items() if not count.is_exact]
    assume(len(cells) <= MOST_HIDDEN)
    ways = list(possible(block))
    for cell in cells:
        assert len({way[cell] for way in ways}) > 1
    for node, number in sums_of(numbers).items():
        if 0 < number < 5:
            assert len({sums_of(way)[node] for way in ways}) > 1


@given(tables())
def test_what_is_shown_is_true_and_not_small(asked: tuple[Numbers, list[Node]]) -> None:
    numbers, wanted = asked
    block = publish(numbers, wanted)
    pairs = [(block.cells[cell], number) for cell, number in numbers.items()]
    pairs += [(block.sums[node], number) for node, number in sums_of(numbers).items()]
    for count, number in pairs:
        assert count.low <= number <= count.high
        assert not (count.is_exact and 0 < number < 5)


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ([12, 3, 7], "22"),  # seven reads "5 bis 9", else three would be the rest of the sum
        ([12, 3, 0], "15"),  # with the zero hidden, three may lie here or there
        ([12, 0, 0], "12"),
        ([12, 4, 4], "12 bis 20"),  # two fours would be the only way to make eight
        ([3, 0, 0], "< 5"),
        ([0, 0, 0], "0"),
    ],
)
def test_a_sum_is_shown_where_it_gives_nothing_away(row: list[int], text: str) -> None:
    numbers, _wanted = table(row)
    assert str(publish(numbers, ["r0"]).sums["r0"]) == text


def test_cells_are_small_and_their_sum_is_shown() -> None:
    block = publish(*table([9, 2, 1], [8, 3, 0], [7, 1, 4]))
    assert [str(block.cells["r1", f"c{c}"]) for c in range(3)] == ["8", "< 5", "< 5"]
    assert [str(count) for count in block.sums.values()] == ["12", "24", "6", "5", "11", "12"]


def test_of_two_sums_that_make_a_third_none_is_small_and_left_over() -> None:
    block = publish(*table([9, 2, 1], [8, 1, 4]))
    assert [str(block.sums[f"c{c}"]) for c in range(3)] == ["17", "< 5", "0 bis 8"]


def test_a_lone_small_cell_is_veiled_by_the_next_larger_one() -> None:
    numbers, _wanted = table([12, 3, 7])
    assert [str(count) for count in publish(numbers, ["r0"]).cells.values()] == ["12", "< 5", "5 bis 9"]


def test_without_the_veil_a_hidden_cell_is_known() -> None:
    cells = {("r0", "c0"): Count(12, 12), ("r0", "c1"): HIDDEN, ("r0", "c2"): Count(7, 7)}
    bare = Block(cells, {"r0": Count(22, 22), "c0": Count(12, 12), "c1": HIDDEN, "c2": Count(7, 7)})
    assert len(list(possible(bare))) == 1


def test_counts_add_up_from_what_is_shown() -> None:
    assert sum_of([HIDDEN, Count(12, 12)]) == Count(12, 16)
    assert Count(13, 16) & Count(10, 14) == Count(13, 14)
