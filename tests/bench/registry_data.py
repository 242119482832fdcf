"""A registry as large as one wants: things of many firms, with numbers in usual formats."""

import random
import string
from collections.abc import Callable
from itertools import cycle
from multiprocessing import Pool
from typing import Any

from django.db import connection
from django.utils import timezone

from assetmarking.matching.keys import key_of
from assetmarking.models import MarkKind
from partnership.codes import CODE_ALPHABET
from partnership.models import Firm

CHUNK = 10_000
Numbers = list[tuple[str, str, str]]
"""Kind, text and key."""
TOOLS = (
    *(
        ("power_tool.drill", "Bohrhammer"),
        ("power_tool.circular_saw", "Kreissäge"),
        ("power_tool.grinder", "Winkelschleifer"),
    ),
    *(
        ("machine.mini_excavator", "Minibagger"),
        ("machine.generator", "Stromerzeuger"),
        ("other.other", "Rüttelplatte"),
    ),
)
MAKES = (
    "Norvik",
    "Feldmark",
    "Hilmar",
    "Stolz",
    "Wackel",
    "Metalia",
    "Koplass",
    "Festus",
    "Mikado",
    "Brandt",
)
INDEXES = ("mark_key", "mark_key_reversed", "mark_parts")
_CAPITALS = string.ascii_uppercase.replace("I", "").replace("O", "").replace("Q", "")


def number_of(dice: random.Random) -> tuple[str, str]:
    """Kind and text: mostly serial numbers, of series that have run for years."""
    kind, write = dice.choice(FORMATS)
    return kind, write(dice)


def _letters(dice: random.Random, count: int) -> str:
    return "".join(dice.choice(_CAPITALS) for _place in range(count))


def _digits(dice: random.Random, count: int) -> str:
    return f"{dice.randrange(10**count):0{count}d}"


def _of_article(dice: random.Random) -> str:
    return (
        f"{4100 + dice.randrange(900)} {_digits(dice, 2)} 02 {_digits(dice, 6)} B20{12 + dice.randrange(15)}"
    )


def _of_week(dice: random.Random) -> str:
    week = f"{2012 + dice.randrange(15)} {1 + dice.randrange(53):02d}"
    return f"{week}-{_letters(dice, 2)} {_digits(dice, 6)}"


def _of_machine(dice: random.Random) -> str:
    return f"W{_letters(dice, 2)}{_digits(dice, 4)}{_letters(dice, 4)}{_digits(dice, 5)}"


def _tag(dice: random.Random) -> str:
    return ":".join(f"{dice.randrange(256):02X}" for _byte in range(7))


def _code(dice: random.Random) -> str:
    drawn = "".join(dice.choice(CODE_ALPHABET) for _place in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


FORMATS: tuple[tuple[str, Callable[[random.Random], str]], ...] = (
    *[(MarkKind.SERIAL, lambda dice: _digits(dice, 9))] * 2,
    *[(MarkKind.SERIAL, lambda dice: _digits(dice, 7))] * 2,
    (MarkKind.SERIAL, lambda dice: _digits(dice, 6) + dice.choice("AEGKRY")),
    (MarkKind.SERIAL, lambda dice: _digits(dice, 10)),
    (MarkKind.SERIAL, _of_week),
    (MarkKind.SERIAL, _of_article),
    (MarkKind.SECOND, lambda dice: f"{_letters(dice, 3)} {_digits(dice, 6)}"),
    (MarkKind.IDENTIFICATION, _of_machine),
    (MarkKind.RFID, _tag),
    (MarkKind.ENGRAVED, _code),
)


def fill_registry(firms: list[Firm], *, things: int, marks_each: int = 1) -> None:
    """As many things for each firm. The marks' indexes are built afterwards, as a restore does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = ANY(%s)", [list(INDEXES)])
        definitions = [definition for (definition,) in cursor]
        for index in INDEXES:
            cursor.execute(f"DROP INDEX {index}")
        _write_marks(cursor, _write_things(cursor, firms, things), marks_each)
        for definition in definitions:
            cursor.execute(definition)
        cursor.execute("VACUUM ANALYZE assetmarking_asset, assetmarking_mark")


def _write_things(cursor: Any, firms: list[Firm], things: int) -> list[int]:
    """Their keys."""
    cursor.execute("SELECT coalesce(max(id), 0) FROM assetmarking_asset")
    last, now = cursor.fetchone()[0], timezone.now()
    each = -(-things // len(firms))
    with cursor.copy(
        "COPY assetmarking_asset (firm_id, reference, state, category, name, make, model, peculiarities,"
        " own_number, kept_at, lent_to, created_at, state_since, version) FROM STDIN"
    ) as copy:
        for number, (category, name), make in zip(range(things), cycle(TOOLS), cycle(MAKES), strict=False):
            what = (name, make, f"BH {number % 90}", "", f"W-{number % each}", "Halle 2", "", now, now, 1)
            reference = f"G-{last + number:07d}"
            copy.write_row((firms[number // each].pk, reference, "in_use", category, *what))
    cursor.execute("SELECT id FROM assetmarking_asset WHERE id > %s ORDER BY id", [last])
    return [key for (key,) in cursor]


def _write_marks(cursor: Any, things: list[int], marks_each: int) -> None:
    now, of_things = timezone.now(), cycle(things)
    cursor.execute("SELECT coalesce(max(id), 0) FROM assetmarking_mark")
    first = cursor.fetchone()[0]
    with (
        Pool(2) as pool,
        cursor.copy(
            "COPY assetmarking_mark (asset_id, kind, text, key, vendor, place, marked_by, added_at,"
            " checked_at) FROM STDIN"
        ) as copy,
    ):
        for numbers in pool.imap(_numbers, range(first, first + len(things) * marks_each, CHUNK)):
            for thing, number in zip(of_things, numbers, strict=False):
                copy.write_row((thing, *number, "", "", "", now, now))


def _numbers(seed: int) -> Numbers:
    dice = random.Random(seed)
    drawn = (number_of(dice) for _number in range(CHUNK))
    return [(kind, text, key_of(kind, text)) for kind, text in drawn]
