"""Our own codes: seven drawn characters and one that proves them, as in K7MQ-2HXD. See docs/decisions/0047.

With the dash everywhere: on the label, in the address behind its QR code and in the database.
"""

import itertools
import re

from partnership.codes import CODE_ALPHABET, draw_code

MODULUS = len(CODE_ALPHABET)
"""A prime, so no single character can be another one unnoticed."""
RADIX = 3
"""A primitive root of the modulus: no two of the eight positions weigh alike, so no two can change places."""
REMAINDER = 1
LENGTH, GROUP = 8, 4
LOOK_ALIKES = {"0": "DQ", "O": "DQ", "1": "7JT", "I": "7JT", "L": "7JT", "|": "7JT"}
"""What is not in the alphabet and read all the same, and what may stand there."""
_SEPARATORS = re.compile(r"[\s._/–—-]+")


def draw_own_code() -> str:
    drawn = draw_code(LENGTH - 1)
    return grouped(drawn + check_character(drawn))


def check_character(drawn: str) -> str:
    """ISO 7064, pure system: the weighted sum of all characters leaves the remainder 1."""
    return CODE_ALPHABET[(REMAINDER - RADIX * _weighed(drawn)) % MODULUS]


def is_own_code(text: str) -> bool:
    """Exactly as it is printed."""
    return read_own_code(text) == text


def read_own_code(text: str) -> str | None:
    """The code that somebody typed, with or without dash and capitals; None where it proves wrong.

    A character that is not in the alphabet is taken for one that looks like it when only one code fits.
    """
    typed = _SEPARATORS.sub("", text.rsplit("/", 1)[-1]).upper()
    if len(typed) != LENGTH or any(c not in CODE_ALPHABET and c not in LOOK_ALIKES for c in typed):
        return None
    possible = itertools.product(*(LOOK_ALIKES.get(character, character) for character in typed))
    fitting = [code for code in map("".join, possible) if _weighed(code) == REMAINDER]
    return grouped(fitting[0]) if len(fitting) == 1 else None


def grouped(code: str) -> str:
    return f"{code[:GROUP]}-{code[GROUP:]}"


def _weighed(characters: str) -> int:
    total = 0
    for character in characters:
        total = (total * RADIX + CODE_ALPHABET.index(character)) % MODULUS
    return total
