"""Numbers in usual formats, and how people misread them."""

import random
from collections.abc import Callable

from assetmarking.matching.keys import is_no_number
from tests.bench.registry_data import number_of

DIGITS, LETTERS = "0123456789", "ABCEFGHKLMNPRSTUWXYZÄ"


def numbers(dice: random.Random, count: int) -> list[tuple[str, str]]:
    """Kind and text, none twice: serial numbers with zeros and W among them, and some of a series."""
    found: dict[tuple[str, str], None] = {}
    while len(found) < count:
        kind, text = number_of(dice)
        found[kind, text] = None
        for _other in range(dice.choice([0, 0, 2])):
            found[kind, slipped(dice, text, dice.choice([1, 2, 3]))] = None
    return list(found)[:count]


def slipped(dice: random.Random, text: str, count: int) -> str:
    """So many slips of the pen, at one place or at several. A digit is read as a digit: a letter would end a
    group of digits, and with that what zeros count.
    """
    while True:
        read = text
        for _slip in range(count):
            at = dice.randrange(len(read))
            characters = DIGITS if read[at].isdigit() else LETTERS
            read = dice.choice(SLIPS)(read, at, dice.choice(characters))
        if len(read) > 3 and not is_no_number(read):
            return read


def _another(text: str, at: int, character: str) -> str:
    return text[:at] + character + text[at + 1 :]


def _more(text: str, at: int, character: str) -> str:
    return text[:at] + character + text[at:]


def _less(text: str, at: int, _character: str) -> str:
    return text[:at] + text[at + 1 :]


def _swapped(text: str, at: int, _character: str) -> str:
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


SLIPS: tuple[Callable[[str, int, str], str], ...] = (_another, _more, _less, _swapped)
