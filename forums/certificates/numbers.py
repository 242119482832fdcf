"""The public number: T for Teilnahme, the year, and eight characters that nobody guesses."""

import itertools
import re

from partnership.codes import draw_code

TYPED = re.compile(r"T?(20[0-9]{2})([0-9A-Z]{8})")
AS_DIGITS = str.maketrans("OIL", "011")
LOOK_ALIKE = {
    "8": "8B",
    "B": "B8",
    "5": "5S",
    "S": "S5",
    "2": "2Z",
    "Z": "Z2",
    "6": "6G",
    "G": "G6",
    "U": "UV",
    "V": "VU",
    "0": "QD",
    "O": "QD",
    "1": "J7",
    "I": "J",
    "L": "J",
}
"""What somebody may have read who types this: itself first, if it is in numbers at all."""
MOST_MEANT = 256


def draw_number(year: int) -> str:
    return _written(str(year), draw_code(8))


def numbers_meant(typed: str) -> list[str]:
    """What a typed number may be, the most literal first: dashes, spaces and case do not matter, and what is
    read for something else is tried. Empty for what is no number."""
    plain = "".join(letter for letter in typed.upper() if letter.isalnum())
    start = len(plain) - 8
    found = TYPED.fullmatch(plain[:start].translate(AS_DIGITS) + plain[start:]) if start > 0 else None
    if found is None:
        return []
    readings = itertools.product(*(LOOK_ALIKE.get(letter, letter) for letter in found[2]))
    return [_written(found[1], "".join(code)) for code in itertools.islice(readings, MOST_MEANT)]


def _written(year: str, code: str) -> str:
    return f"T-{year}-{code[:4]}-{code[4:]}"
