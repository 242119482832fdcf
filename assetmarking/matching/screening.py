"""Whether two keys may be of one number, cheaply: of those that share a piece few deserve a closer look."""

import re

from assetmarking.matching.folding import UMLAUTS

MOST = 2
"""Changes of single characters, twice as many where one of them may be two: a W, an umlaut."""
_PAIRS = re.compile("|".join(("UU", *UMLAUTS.values())))
_TWO_LETTERS = str.maketrans(UMLAUTS)


def are_alike(one: str, other: str, *, most: int = MOST) -> bool:
    """Everything that `judging` takes for one number with so many edits, and little else."""
    one, other = _core(one), _core(other)
    if one in other or other in one:
        return True
    if _PAIRS.search(one) or _PAIRS.search(other):
        most *= 2
    return abs(len(one) - len(other)) <= most and _distance(one, other) <= most


def _core(key: str) -> str:
    """Zeros may count or not, umlauts be two letters: here they never count and always are."""
    core = key.replace("0", "")
    return core if core.isascii() else core.translate(_TWO_LETTERS)


def _distance(one: str, other: str) -> int:
    """Levenshtein's, with two that are swapped as one change and a column of the table in the bits of one
    number (Myers 1999, Hyyrö 2003).
    """
    places: dict[str, int] = {}
    for at, character in enumerate(one):
        places[character] = places.get(character, 0) | 1 << at
    last, every = 1 << max(len(one) - 1, 0), (1 << len(one)) - 1
    more, less, distance = every, 0, len(one)
    diagonal = equal_before = 0
    for character in other:
        equal = places.get(character, 0)
        swapped = ((~diagonal & equal) << 1) & equal_before
        diagonal = ((((equal & more) + more) ^ more) | equal | less | swapped) & every
        up, down = less | ~(diagonal | more) & every, more & diagonal
        distance += bool(up & last) - bool(down & last)
        up, down = up << 1 | 1, down << 1
        more, less = (down | ~(diagonal | up)) & every, up & diagonal & every
        equal_before = equal
    return distance
