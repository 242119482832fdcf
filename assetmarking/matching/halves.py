"""A number in two halves: what two edits leave of it can be looked up."""

from collections.abc import Iterator

DRIFT = 4
"""By how many characters of keys two edits make a number longer or shorter: a W is two."""
_W = "UU"


def cut(key: str) -> tuple[str, str]:
    """Not between the two characters of a W."""
    middle = len(key) // 2
    middle += key[middle - 1 : middle + 1] == _W
    return key[:middle], key[middle:]


def swapped_across(key: str, middle: int) -> Iterator[str]:
    """With two neighbours swapped of which one stands in front of the middle, the other behind it."""
    if 0 < middle < len(key):
        before, behind = key[middle - 1], key[middle]
        yield key[: middle - 1] + behind + before + key[middle + 1 :]
    for start in (middle - 2, middle - 1):
        three = key[start : start + 3] if start >= 0 else ""
        if len(three) == 3 and three != _W + "U":
            if three.startswith(_W):
                yield key[:start] + three[2] + _W + key[start + 3 :]
            elif three.endswith(_W):
                yield key[:start] + _W + three[0] + key[start + 3 :]
