"""Telephone numbers as people write them: to dial, and to compare."""

import re

from django.db.models import F, Func, Value

LOOKS_LIKE_NUMBER = re.compile(r"^\+?[0-9 ()/.–-]+$")
BEFORE_AREA_CODE = re.compile(r"^(0049|49|0)")
FEWEST_DIGITS = 4
ZERO_NOT_DIALLED_FROM_ABROAD = re.compile(r"^(\s*(?:\+|00)[^(]*)\(0\)")


def dialled(phone: str) -> str:
    """For a tel: link: digits, and a plus in front. The zero of '+49 (0)341' is left out."""
    digits = _digits(phone)
    return f"+{digits}" if phone.strip().startswith("+") else digits


def searched_digits(text: str) -> str:
    """What '+49 341 000-2210' and '0341 0002210' have in common; empty if it is no number, or too short."""
    if not LOOKS_LIKE_NUMBER.match(text.strip()):
        return ""
    digits = BEFORE_AREA_CODE.sub("", _digits(text))
    return digits if len(digits) >= FEWEST_DIGITS else ""


def digits_of(column: str) -> Func:
    """A column's digits, to compare with `searched_digits`."""
    return Func(F(column), Value("[^0-9]"), Value(""), Value("g"), function="regexp_replace")


def _digits(phone: str) -> str:
    return re.sub(r"[^0-9]", "", ZERO_NOT_DIALLED_FROM_ABROAD.sub(r"\1", phone))
