"""No hidden count can be computed from what is shown."""

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from partnership.small_numbers import HIDDEN, Block, Count, gather_few, publish, shown, sum_of

MOST_HIDDEN = 7


@st.composite
def tables(draw: st.DrawFn) -> list[list[int]]:
    rows, columns = draw(st.integers(1, 3)), draw(st.integers(1, 5))
    number = st.one_of(st.integers(0, 5), st.integers(0, 40))
    return draw(st.lists(st.lists(number, min_size=columns, max_size=columns), min_size=rows, max_size=rows))


def possible(block: Block) -> Iterator[dict[tuple[int, int], int]]:
    """Every way to fill the hidden cells so that all that is shown stays true."""
    hidden = [(r, c) for r, row in enumerate(block.cells) for c, cell in enumerate(row) if not cell.is_exact]
    for values in itertools.product(range(HIDDEN.low, HIDDEN.high + 1), repeat=len(hidden)):
        filled = dict(zip(hidden, values, strict=True))
        numbers = [
            [filled.get((r, c), cell.low) for c, cell in enumerate(row)] for r, row in enumerate(block.cells)
        ]
        sums = [*map(sum, numbers), *map(sum, zip(*numbers, strict=True))]
        if all(s.low <= n <= s.high for s, n in zip(block.row_sums + block.column_sums, sums, strict=True)):
            yield filled


@given(tables(), st.booleans())
def test_every_hidden_cell_could_be_something_else(numbers: list[list[int]], complete: bool) -> None:
    assume(sum(0 < number < 5 for row in numbers for number in row) <= MOST_HIDDEN)
    block = publish(numbers, with_column_sums=complete)
    ways = list(possible(block))
    for cell in ways[0]:
        assert len({way[cell] for way in ways}) > 1


@given(tables(), st.booleans())
def test_what_is_shown_is_true(numbers: list[list[int]], complete: bool) -> None:
    block = publish(numbers, with_column_sums=complete)
    sums = [*map(sum, numbers), *map(sum, zip(*numbers, strict=True))]
    for count, number in zip(block.row_sums + block.column_sums, sums, strict=True):
        assert count.low <= number <= count.high
        assert not (count.is_exact and 0 < count.low < 5)


@given(tables())
def test_sums_of_rows_do_not_change_when_the_columns_are_complete(numbers: list[list[int]]) -> None:
    growing, complete = (publish(numbers, with_column_sums=flag) for flag in (False, True))
    assert growing.row_sums == complete.row_sums
    assert growing.cells == complete.cells


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ([12, 3, 0], "13 bis 16"),  # one hidden cell would follow from the sum
        ([12, 3, 2], "17"),  # two leave open which is which
        ([12, 1, 1], "14 bis 20"),  # two ones would be the only way to make two
        ([12, 0, 0], "12"),
        ([3, 0, 0], "< 5"),
        ([0, 0, 0], "0"),
    ],
)
def test_a_sum_is_shown_where_it_gives_nothing_away(row: list[int], text: str) -> None:
    assert str(publish([row], with_column_sums=False).row_sums[0]) == text


def test_sums_of_months_are_shown_where_they_give_nothing_away() -> None:
    block = publish([[9, 2], [8, 3], [7, 1]], with_column_sums=True)
    assert [str(cell) for cell in block.cells[0]] == ["9", "< 5"]
    assert [str(count) for count in block.column_sums] == ["24", "6"]
    assert [str(count) for count in block.row_sums] == ["10 bis 13", "9 bis 12", "8 bis 11"]


def test_counts_add_up_from_what_is_shown() -> None:
    assert sum_of(map(shown, [3, 0, 12])) == Count(13, 16)
    assert Count(13, 16) & Count(10, 14) == Count(13, 14)


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 20), min_size=1))
def test_few_are_gathered_with_others(numbers: dict[str, int]) -> None:
    alone, together = gather_few(numbers)
    assert alone.keys() | together == numbers.keys()
    assert all(number == 0 or number >= 5 for number in alone.values())
    assert len(together) != 1 or len(numbers) == 1
