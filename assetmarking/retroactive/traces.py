"""What a number of a kept search and a mark that is alike have in common: one is looked up by the other.

Two numbers that are one edit apart are equal when the right character of each is left out. Of two halves of a
long number two edits leave one alone, or they are one in each (as in `matching.probing`).
"""

from collections.abc import Iterable, Iterator

from assetmarking.matching.halves import cut, swapped_across
from assetmarking.matching.judging import (
    FEWEST_CONTAINED,
    FEWEST_FOR_TWO_EDITS,
    FEWEST_FOR_TWO_EDITS_OF_A_MAKE,
)
from assetmarking.matching.readings import Reading

SHORTER, TWICE_SHORTER, HALF, PART = "-", "--", "~", "_"
"""They tell traces apart and stand in no key."""
IN_FULL = 2
"""Of how many keys of a reading parts are kept."""


def traces_of_number(readings: Iterable[Reading], *, of_make: bool) -> set[str]:
    """Of what somebody asked for; `of_make`: and named its make."""
    return {trace for reading in readings for trace in _traces_of(reading, of_make)}


def _traces_of(reading: Reading, of_make: bool) -> Iterator[str]:
    size = max(map(len, reading.keys))
    for key in reading.keys:
        yield key
        if size >= FEWEST_FOR_TWO_EDITS:
            first, second = cut(key)
            yield first + HALF
            yield HALF + second
            yield from (SHORTER + left + HALF for left in _shorter(first))
        else:
            yield from (SHORTER + left for left in _shorter(key))
            if of_make and size >= FEWEST_FOR_TWO_EDITS_OF_A_MAKE:
                yield from (TWICE_SHORTER + left for left in _twice_shorter(key))
    for key in reading.keys[:IN_FULL]:
        for start in range(len(key) - FEWEST_CONTAINED + 1):
            yield PART + key[start : start + FEWEST_CONTAINED]


def traces_of_mark(key: str, *, of_makes: bool) -> set[str]:
    """`of_makes`: some of those who asked named a make."""
    size = len(key)
    traces = {key, *(SHORTER + left for left in _shorter(key)), *_around_the_middle(key)}
    traces |= {key[start:end] for start in range(size) for end in range(start + FEWEST_CONTAINED, size + 1)}
    if size >= FEWEST_CONTAINED:
        traces.add(PART + key[:FEWEST_CONTAINED])
    if of_makes and size < FEWEST_FOR_TWO_EDITS + 2:
        traces |= {TWICE_SHORTER + left for left in _twice_shorter(key)}
    return traces


def _around_the_middle(key: str) -> Iterator[str]:
    """What may be a half of a number two edits away: its middle is not far from this one's."""
    middle = len(key) // 2
    for at in range(max(middle - 2, 1), min(middle + 4, len(key))):
        for whole in (key, *swapped_across(key, at)):
            yield whole[:at] + HALF
            yield HALF + whole[at:]
        yield from (SHORTER + left + HALF for left in _shorter(key[:at]))


def _shorter(key: str) -> set[str]:
    """Itself, and without one of its characters. A W is two."""
    singles = {key[:at] + key[at + 1 :] for at in range(len(key))}
    return {key, *singles, *(key[:at] + key[at + 2 :] for at in range(len(key)) if key[at : at + 2] == "UU")}


def _twice_shorter(key: str) -> set[str]:
    return {left for once in _shorter(key) for left in _shorter(once)}
