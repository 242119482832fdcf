"""Characters that are easily confused are one character to a search."""

import unicodedata

CONFUSED = {"0": "ODQ", "1": "IL|", "5": "S", "2": "Z", "8": "B", "6": "G", "U": "V"}
"""What is kept, and what is taken for it."""
_FOLDED = str.maketrans({other: kept for kept, others in CONFUSED.items() for other in others})


def in_capitals(text: str) -> str:
    """Composed, in capitals; umlauts stay, since they tell German plates apart."""
    return unicodedata.normalize("NFKC", text).upper().replace("ẞ", "SS")


def fold(text: str) -> str:
    """Of capitals. A W is two V, which look like U."""
    return text.replace("W", "VV").translate(_FOLDED)
