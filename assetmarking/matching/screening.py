"""Whether two keys may be of one number, cheaply: of those that share a piece few deserve a closer look."""

from assetmarking.matching.folding import UMLAUTS

MOST, MOST_WITH_PAIRS = 2, 4
"""Changes of single characters, and where one of them may be two: a W, an umlaut."""
_PAIRS = ("UU", *UMLAUTS.values())
_TWO_LETTERS = str.maketrans(UMLAUTS)


def are_alike(one: str, other: str) -> bool:
    """Everything that `judging` takes for one number, and little else."""
    one, other = _core(one), _core(other)
    has_pairs = any(pair in one or pair in other for pair in _PAIRS)
    return one in other or other in one or _distance(one, other) <= (MOST_WITH_PAIRS if has_pairs else MOST)


def _core(key: str) -> str:
    """Zeros may count or not, umlauts be two letters: here they never count and always are."""
    return key.replace("0", "").translate(_TWO_LETTERS)


def _distance(one: str, other: str) -> int:
    """Levenshtein's, with two that are swapped as one change and a column of the table in the bits of one number
    (Myers 1999, Hyyrö 2003)."""
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
