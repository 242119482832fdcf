"""Characters that are easily confused are one character to a search."""

import unicodedata

CONFUSED = {"0": "ODQ", "1": "IL|", "5": "S", "2": "Z", "8": "B", "6": "G", "U": "V"}
"""What is kept, and what is taken for it."""
UMLAUTS = {"Ä": "AE", "Ö": "OE", "Ü": "UE"}
"""They tell German plates apart, so they are kept; who has no such key types two letters."""
LIKE_LATIN = str.maketrans("АВЕКМНОРСТУХІЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧØ", "ABEKMHOPCTYXIJABEZHIKMNOPTYXO")
_FOLDED = str.maketrans({other: kept for kept, others in CONFUSED.items() for other in others})


def in_capitals(text: str) -> str:
    """Composed, in capitals, without accents; umlauts stay, since they tell German plates apart."""
    capitals = unicodedata.normalize("NFKC", text).upper().translate(LIKE_LATIN)
    return "".join(letter if letter in UMLAUTS else _without_accents(letter) for letter in capitals)


def fold(text: str) -> str:
    """Of capitals. A W is two V, which look like U."""
    return text.replace("W", "VV").translate(_FOLDED)


def _without_accents(letter: str) -> str:
    if letter.isascii():
        return letter
    parts = unicodedata.normalize("NFD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part))
