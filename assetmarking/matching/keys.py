"""The key under which a mark is looked up."""

import re

from assetmarking.matching.folding import fold, in_capitals

NO_NUMBER = frozenset(
    {
        *("", "UNBEKANNT", "UNBEK", "UNKNOWN", "NICHTBEKANNT", "NICHTLESBAR", "UNLESERLICH"),
        *("NA", "KA", "KEINE", "KEINENUMMER", "NICHTVORHANDEN", "OHNE", "OHNENUMMER", "NONE", "NULL", "XXX"),
    }
)
"""What people write where there is no number: never stored as one, and it matches nothing."""
_SEPARATORS = re.compile(r"[^0-9A-ZÄÖÜ|]+")
_ZEROS_FIRST = re.compile(r"(?<![0-9])0+(?=[0-9])")


def key_of(kind: str, text: str) -> str:
    """Of a mark as it stands on a thing: no separators, no zeros at the start of groups of digits, folded.

    Empty for what is no number.
    """
    capitals = in_capitals(text)
    return "" if is_no_number(text) else fold(_SEPARATORS.sub("", _ZEROS_FIRST.sub("", capitals)))


def keys_of_query(text: str) -> frozenset[str]:
    """Every key under which a mark may stand that somebody reads as `text`; none for what is no number."""
    key = key_of("", text)
    return frozenset({key}) if key else frozenset()


def is_no_number(text: str) -> bool:
    bare = _SEPARATORS.sub("", in_capitals(text))
    return bare in NO_NUMBER or not any(character.isdigit() or character.isalpha() for character in bare)
