"""What houses' bookings were about cannot be computed from what is shown of it, whatever else one knows."""

import itertools
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from partnership.small_numbers import Cell, Count, Node, Shares, share_out

TOO_MANY = 100_000
Rows = list[list[int]]
Ways = set[tuple[int, ...]]


def exactly(number: int) -> Count:
    return Count(number, number)


def shared(rows: Rows, wholes: Sequence[Count] | None = None) -> Shares:
    numbers: dict[Cell, int] = {(f"r{r}", c): n for r, row in enumerate(rows) for c, n in enumerate(row)}
    known = wholes or [exactly(sum(row)) for row in rows]
    return share_out(numbers, {f"r{r}": whole for r, whole in enumerate(known)})


@st.composite
def tables(draw: st.DrawFn) -> tuple[Rows, list[Count], list[Count]]:
    """Rows, each with a booking at least, and what is known of their sums on two days."""
    columns = draw(st.integers(3, 4))
    number = st.one_of(st.integers(0, 2), st.integers(0, 5), st.integers(0, 12))
    row = st.lists(number, min_size=columns, max_size=columns).filter(any)
    rows = draw(st.lists(row, min_size=1, max_size=3))
    return rows, [draw(spans_of(sum(row))) for row in rows], [draw(spans_of(sum(row))) for row in rows]


def spans_of(number: int) -> st.SearchStrategy[Count]:
    below = st.integers(0, min(number, 4))
    return st.one_of(
        st.just(exactly(number)),
        st.builds(lambda a, b: Count(number - a, number + b), below, st.integers(0, 4)),
    )


def ways_of_a_row(spans: Sequence[Count], whole: Count) -> Ways:
    """Every way to fill it, column by column."""
    ways: list[tuple[int, ...]] = [()]
    for place, span in enumerate(spans):
        rest = spans[place + 1 :]
        least, most = sum(s.low for s in rest), sum(s.high for s in rest)
        ways = [
            (*way, number)
            for way in ways
            for number in range(span.low, span.high + 1)
            if whole.low - most <= sum(way) + number <= whole.high - least
        ]
        assert len(ways) < TOO_MANY
    return set(ways)


def added(sets: Sequence[Ways], places: Sequence[int]) -> Ways:
    """The sums of these columns over one way of each."""
    sums: Ways = {(0,) * len(places)}
    for ways in sets:
        parts = {tuple(way[place] for place in places) for way in ways}
        if len(sums) * len(parts) > TOO_MANY:
            reject()
        sums = {tuple(map(sum, zip(a, b, strict=True))) for a in sums for b in parts}
    return sums


class Reader:
    """Knows the rows' sums so far, and everything that was `shown`; works out what is possible."""

    def __init__(self, rows: Rows, wholes: Sequence[Count], *shown: Shares) -> None:
        self.columns = range(len(rows[0]))
        self.exact = [c for c in self.columns if any(shares.sums[c].is_exact for shares in shown)]
        self.sums = [sum(row[c] for row in rows) for c in self.columns]
        self.ways: list[Ways] = []
        for number, whole in enumerate(wholes):
            spans = [exactly(0)] * len(rows[0])
            for c in self.columns:
                counts = [shares.cells[f"r{number}", c] for shares in shown]
                spans[c] = Count(max(x.low for x in counts), min(x.high for x in counts))
            self.ways.append(ways_of_a_row(spans, whole))

    def of_row(self, number: int) -> list[tuple[int, ...]]:
        """The ways to fill it that leave the shown sums to the others."""
        others = added(self.ways[:number] + self.ways[number + 1 :], self.exact)
        left = {tuple(self.sums[c] - n for c, n in zip(self.exact, other, strict=True)) for other in others}
        return [way for way in self.ways[number] if tuple(way[c] for c in self.exact) in left]

    def of_column(self, column: int) -> set[int]:
        places = [*self.exact, column]
        shown = tuple(self.sums[c] for c in self.exact)
        return {way[-1] for way in added(self.ways, places) if way[:-1] == shown}


@settings(deadline=None, max_examples=120)
@given(tables())
def test_who_knows_all_who_came_does_not_learn_what_about(
    asked: tuple[Rows, list[Count], list[Count]],
) -> None:
    rows, before, later = asked
    reader = Reader(rows, [exactly(sum(row)) for row in rows], shared(rows, before), shared(rows, later))
    for number, row in enumerate(rows):
        ways, total = reader.of_row(number), sum(row)
        for column, count in enumerate(row):
            values = {way[column] for way in ways}
            assert count in values
            assert min(values) <= max(0, total - 5) or values == {0}
            if total < 10 or (0 < count < 5):
                assert len(values) > 1


@settings(deadline=None, max_examples=100)
@given(tables())
def test_who_knows_all_who_came_does_not_learn_a_small_sum(
    asked: tuple[Rows, list[Count], list[Count]],
) -> None:
    rows, before, later = asked
    reader = Reader(rows, [exactly(sum(row)) for row in rows], shared(rows, before), shared(rows, later))
    for column in reader.columns:
        if 0 < reader.sums[column] < 5:
            assert len(reader.of_column(column)) > 1


@settings(deadline=None, max_examples=120)
@given(tables())
def test_who_does_not_know_how_many_came_does_not_learn_it(
    asked: tuple[Rows, list[Count], list[Count]],
) -> None:
    rows, wholes, _later = asked
    reader = Reader(rows, wholes, shared(rows, wholes))
    for number, whole in enumerate(wholes):
        assert whole.is_exact or len({sum(way) for way in reader.of_row(number)}) > 1


@given(tables())
def test_what_is_shown_is_true(asked: tuple[Rows, list[Count], list[Count]]) -> None:
    rows, wholes, _later = asked
    shares = shared(rows, wholes)
    for column in range(len(rows[0])):
        numbers = [row[column] for row in rows]
        counts = [shares.cells[f"r{number}", column] for number in range(len(rows))]
        for number, count in [*zip(numbers, counts, strict=True), (sum(numbers), shares.sums[column])]:
            assert count.low <= number <= count.high
            assert not (count.is_exact and 0 < number < 5)


def texts(counts: Mapping[Cell, Count] | Mapping[Node, Count]) -> list[str]:
    return [str(counts[key]) for key in sorted(counts, key=str)]  # type: ignore[index]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ([20, 10, 6], ["20", "10", "6"]),
        ([20, 10, 0], ["20", "10", "0"]),
        ([20, 3, 1], ["16 bis 24", "< 5", "< 5"]),  # nearly all,
        ([24, 0, 0], ["16 bis 24", "< 5", "< 5"]),  # or all,
        ([16, 4, 4], ["16 bis 24", "< 5", "< 5"]),  # or by far not: they read the same
        ([20, 10, 3], ["19 bis 23", "10", "< 5"]),  # three alone would be the rest
        ([20, 10, 3, 0], ["15 bis 23", "10", "< 5", "< 5"]),
        ([20, 10, 4, 4], ["20 bis 28", "10", "< 5", "< 5"]),  # two fours would be the only way to make eight
        ([20, 10, 3, 0, 4], ["20", "10", "< 5", "< 5", "< 5"]),
    ],
)
def test_how_a_house_shares_out(row: list[int], cells: list[str]) -> None:
    assert texts(shared([row]).cells) == cells


def test_of_fewer_than_ten_nothing_is_said() -> None:
    shares = shared([[3, 3, 3], [10, 10, 10]])
    assert shares.withheld == {"r0"}
    assert {str(shares.cells["r0", c]) for c in range(3)} == {"0 bis 9"}


def test_where_it_may_have_been_fewer_than_ten_nothing_is_said() -> None:
    assert shared([[5, 5, 0]], [Count(6, 10)]).withheld == {"r0"}


def test_a_sum_that_is_hidden_elsewhere_does_not_follow() -> None:
    shares = shared([[20, 10, 6]], [Count(32, 36)])
    assert texts(shares.cells) == ["16 bis 20", "10", "6"]


def test_a_column_is_summed_up_if_it_leads_to_no_house() -> None:
    few = [2, 2, 2]
    assert texts(shared([[20, 10, 6], few, few]).sums) == ["24", "14", "10"]
    assert texts(shared([[20, 10, 6], few]).sums) == ["20 bis 26", "10 bis 16", "6 bis 12"]


def test_without_that_a_house_is_known() -> None:
    rows = [[20, 10, 6], [2, 2, 2]]
    shares = shared(rows)
    bare = Shares(shares.cells, {c: exactly(sum(row[c] for row in rows)) for c in range(3)}, shares.withheld)
    assert Reader(rows, [exactly(36), exactly(6)], bare).of_row(1) == [(2, 2, 2)]


def test_sums_that_show_nearly_all_of_several_small_houses_are_hidden() -> None:
    rows = [[20, 10, 6], [3, 0, 0], [3, 0, 0], [2, 1, 0]]
    assert str(shared(rows).sums[0]) == "20 bis 29"


def test_every_filling_that_is_tried_adds_up() -> None:
    ways = ways_of_a_row([Count(0, 4), exactly(7), Count(0, 4)], exactly(10))
    every = itertools.product(range(5), [7], range(5))
    assert ways == {way for way in every if sum(way) == 10}
