"""Two edits between a kept number and a new mark: what two edits leave alone can be looked up.

Of four pieces of a number two edits leave two, in their order (as in `matching.probing`). A kept number has
its pairs of pieces among its keys; a mark is asked for by all pairs that it could share.
"""

import itertools
from collections.abc import Iterator

from assetmarking.matching.judging import FEWEST_FOR_TWO_EDITS

PIECES = 4
KEYS = 2
"""Of how many readings of a number pairs are kept."""
BETWEEN = "~"
"""Stands in no key."""


def pairs_of_number(keys: tuple[str, ...]) -> set[str]:
    return {pair for key in keys[:KEYS] if len(key) >= FEWEST_FOR_TWO_EDITS for pair in _pairs_of_key(key)}


def pairs_in_mark(key: str) -> set[str]:
    """Every two pieces, one behind the other, of the lengths that a number at most two characters off has."""
    sizes = {
        size
        for length in range(max(FEWEST_FOR_TWO_EDITS, len(key) - 2), len(key) + 3)
        for size in (length // PIECES, -(-length // PIECES))
    }
    pieces = [(start, key[start : start + size]) for size in sizes for start in range(len(key) - size + 1)]
    return {
        f"{one}{BETWEEN}{other}"
        for (start, one), (behind, other) in itertools.permutations(pieces, 2)
        if start + len(one) <= behind
    }


def _pairs_of_key(key: str) -> Iterator[str]:
    borders = [len(key) * number // PIECES for number in range(PIECES + 1)]
    pieces = [key[start:end] for start, end in itertools.pairwise(borders)]
    return (f"{one}{BETWEEN}{other}" for one, other in itertools.combinations(pieces, 2))
