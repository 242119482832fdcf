"""Asking the database for marks that may be meant, by their keys. What is one, `judging` says."""

import itertools
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _
from psycopg.errors import QueryCanceled

from assetmarking.matching.judging import (
    FEWEST_CONTAINED,
    FEWEST_FOR_ONE_EDIT,
    FEWEST_FOR_TWO_EDITS,
    FEWEST_FOR_TWO_EDITS_OF_A_MAKE,
)
from assetmarking.matching.readings import ALPHABET, DIGITS, Reading, neighbours_of
from assetmarking.matching.screening import are_alike
from partnership.refusals import Refusal

MOST_OF_ONE_KEY = 50
MOST_OF_ONE_PIECE = 200
SHORT = range(FEWEST_FOR_TWO_EDITS_OF_A_MAKE, 9)
"""Lengths of numbers whose thirds are too short for the index of parts."""
MOST_SHORT = 10
"""Of one search with a make: for each, all that is two edits away is tried."""
NEAR_READINGS = 4
"""Of how many readings all neighbours are tried."""
PIECED_READINGS = 2
PIECES = 4
MOST_SECONDS = 8.0
"""Of one statement."""
_logger = logging.getLogger(__name__)


class TookTooLong(Refusal):
    """Nothing can be said of what was asked."""


_EQUAL = """
    SELECT id, key
    FROM (
        SELECT id, key, row_number() OVER (PARTITION BY key) AS number
        FROM assetmarking_mark WHERE key = ANY((SELECT string_to_array(%s, ' '))::text[])
    ) AS mark
    WHERE number <= %s
"""
"""One walk over the index. The keys come as one text, since as an array they take longer to read than to look
up; and from a SELECT, since a constant is weighed key by key before anything is looked up.
"""
_BEGINNINGS = """
    SELECT asked.place, mark.id, mark.key
    FROM unnest(%s::int[], %s::text[], %s::int[], %s::int[]) AS asked(place, beginning, shortest, longest)
    CROSS JOIN LATERAL (
        SELECT id, key FROM assetmarking_mark
        WHERE key >= beginning AND key < beginning || chr(1114111)
            AND length(key) BETWEEN asked.shortest AND asked.longest
        LIMIT %s
    ) AS mark
"""
_PIECES = """
    SELECT asked.place, mark.id, mark.key
    FROM unnest(%s::int[], %s::text[], %s::int[], %s::int[], %s::bool[])
        AS asked(place, pattern, shortest, longest, of_make)
    CROSS JOIN LATERAL (
        SELECT id, key FROM assetmarking_mark
        WHERE key LIKE asked.pattern AND length(key) BETWEEN asked.shortest AND asked.longest
            AND (NOT asked.of_make OR EXISTS (
                SELECT FROM assetmarking_asset
                WHERE assetmarking_asset.id = asset_id AND make_key = folded_name(%s)
            ))
        LIMIT %s
    ) AS mark
"""
Found = dict[int, dict[int, str]]
"""Keys of marks, by the place of the text and the mark."""


def find_near(readings: list[list[Reading]]) -> Found:
    """Equal or one edit away, in one statement for any number of texts. Raises TookTooLong."""
    return _equal(
        (place, key)
        for place, of_text in enumerate(readings)
        for key in {key for reading in of_text for key in _near(reading)}
    )


def find_pieces(readings: list[list[Reading]], *, make: str) -> tuple[Found, bool]:
    """Part of a longer number, or two edits away; and whether nothing took so long that it was given up.

    Of four pieces of a number two edits leave two alone, unless one of them swaps across their border: then
    that is put right, and the other edit leaves one half alone or swaps across the middle as well.
    """
    keys = [
        (place, key)
        for place, of_text in enumerate(readings)
        for reading in of_text
        for key in reading.keys[:PIECED_READINGS]
    ]
    patterns = dict.fromkeys((place, *row) for place, key in keys for row in _patterns(key, bool(make)))
    beginnings = dict.fromkeys((place, *row) for place, key in keys for row in _beginnings(key))
    short = [(place, key) for place, key in keys if len(key) in SHORT] if make else []
    questions = [
        partial(_ask, _PIECES, [*_columns(patterns, 5), make, MOST_OF_ONE_PIECE]),
        partial(_ask, _BEGINNINGS, [*_columns(beginnings, 4), MOST_OF_ONE_PIECE]),
        *(partial(_all_two_edits_away, place, key) for place, key in short[:MOST_SHORT]),
        partial(_equal, [(place, near) for place, key in keys for near in _swapped_twice(key)]),
    ]
    found, is_whole = _answers(questions)
    return {place: _screened(readings[place], marks) for place, marks in found.items()}, is_whole


def _answers(questions: Iterable[Callable[[], Found]]) -> tuple[Found, bool]:
    """What could be answered, and whether all was."""
    found: Found = defaultdict(dict)
    is_whole = True
    for question in questions:
        try:
            _join(found, question())
        except TookTooLong:
            is_whole = False
    return found, is_whole


def _all_two_edits_away(place: int, key: str) -> Found:
    return _equal((place, far) for far in _two_edits_away(key))


def _screened(readings: list[Reading], marks: dict[int, str]) -> dict[int, str]:
    asked = {reading.keys[0] for reading in readings}
    return {mark: key for mark, key in marks.items() if any(are_alike(one, key) for one in asked)}


def _near(reading: Reading) -> Iterator[str]:
    """The reading's keys, their neighbours, and what of it may be a whole number by itself."""
    yield from reading.keys
    for key in reading.keys[:NEAR_READINGS]:
        if len(key) >= FEWEST_FOR_ONE_EDIT:
            yield from neighbours_of(key)
    for key in reading.keys[:2]:
        for start in range(len(key) - FEWEST_CONTAINED + 1):
            yield from (key[start:end] for end in range(start + FEWEST_CONTAINED, len(key) + 1))


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    start: int


def _cut(key: str, count: int) -> list[_Piece]:
    borders = [len(key) * number // count for number in range(count + 1)]
    return [_Piece(key[start:end], start) for start, end in itertools.pairwise(borders)]


def _patterns(key: str, of_make: bool) -> Iterator[tuple[str, int, int, bool]]:
    """Pattern, lengths, and whether only marks of the make are looked at."""
    size = len(key)
    if size >= FEWEST_CONTAINED:
        yield f"%{key}%", size + 1, 1000, False
    if size >= FEWEST_FOR_TWO_EDITS:
        one, two, three, four = (piece.text for piece in _cut(key, PIECES))
        for pattern in (
            f"{one}%{three}%",
            f"{one}%{four}",
            f"%{two}{three}%",
            f"%{two}%{four}",
            f"%{three}{four}",
        ):
            yield pattern, size - 2, size + 2, False
        for swapped in _swapped_at_borders(key):
            yield f"%{swapped[size // 2 :]}", size - 1, size + 1, False
    elif of_make and size >= SHORT.stop:
        for piece in _cut(key, 3):
            yield f"%{piece.text}%", size - 2, size + 2, True


def _beginnings(key: str) -> Iterator[tuple[str, int, int]]:
    """First halves, with lengths."""
    size = len(key)
    if size >= FEWEST_FOR_TWO_EDITS:
        yield key[: size // 2], size - 2, size + 2
        for swapped in _swapped_at_borders(key):
            yield swapped[: size // 2], size - 1, size + 1


def _two_edits_away(key: str) -> set[str]:
    """Of digits alone, only digits."""
    alphabet = DIGITS if key.isdigit() else ALPHABET
    return {far for near in neighbours_of(key, alphabet) for far in neighbours_of(near, alphabet)}


def _swapped_at_borders(key: str) -> Iterator[str]:
    for piece in _cut(key, PIECES)[1:]:
        yield _swapped(key, piece.start)


def _swapped_twice(key: str) -> Iterator[str]:
    if len(key) >= FEWEST_FOR_TWO_EDITS:
        for swapped in _swapped_at_borders(key):
            yield _swapped(swapped, len(key) // 2)


def _swapped(key: str, at: int) -> str:
    return key[: at - 1] + key[at] + key[at - 1] + key[at + 1 :]


def _columns(rows: Iterable[tuple[Any, ...]], width: int) -> list[list[Any]]:
    columns: list[list[Any]] = [[] for _column in range(width)]
    for row in rows:
        for column, value in zip(columns, row, strict=True):
            column.append(value)
    return columns


def _join(found: Found, more: Found) -> None:
    for place, marks in more.items():
        found[place] |= marks


def _equal(probes: Iterable[tuple[int, str]]) -> Found:
    """Marks under these keys, each asked for by the place of a text."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, key in probes:
        places[key].append(place)
    found: Found = defaultdict(dict)
    for mark, key in _rows(_EQUAL, [" ".join(sorted(places)), MOST_OF_ONE_KEY]):
        for place in places[key]:
            found[place][mark] = key
    return found


def _ask(statement: str, values: list[Any]) -> Found:
    found: Found = defaultdict(dict)
    for place, mark, key in _rows(statement, values):
        found[place][mark] = key
    return found


def _rows(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    """By index whatever the planner thinks of so many questions; the settings go with the savepoint."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('enable_seqscan', 'off', true), set_config('statement_timeout', %s, true)",
                [f"{MOST_SECONDS * 1000:.0f}ms"],
            )
            cursor.execute(statement, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            transaction.set_rollback(True)
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled):
            raise
        _logger.warning("A look-up took more than %s seconds and was given up", MOST_SECONDS)
        raise TookTooLong(
            _("Die Suche dauert gerade zu lange. Suchen Sie weniger Nummern auf einmal oder später erneut.")
        ) from error
    return rows
