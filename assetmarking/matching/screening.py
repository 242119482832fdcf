"""Whether two keys may be of one number, cheaply: of those that share a piece few deserve a closer look."""

import re

from rapidfuzz.distance import OSA

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
    return OSA.distance(one, other, score_cutoff=most) <= most


def _core(key: str) -> str:
    """Zeros may count or not, umlauts be two letters: here they never count and always are."""
    core = key.replace("0", "")
    return core if core.isascii() else core.translate(_TWO_LETTERS)
