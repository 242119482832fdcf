"""Asking the database for marks that may be meant, by their keys. What is one, `judging` says."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, islice
from typing import Any, NamedTuple

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _
from psycopg.errors import QueryCanceled

from assetmarking.matching.halves import DRIFT, cut, swapped_across
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
MOST_OF_ONE_HALF = 1000
MOST_LONGER = 200
SHORT = range(FEWEST_FOR_TWO_EDITS_OF_A_MAKE, 9)
"""Lengths of numbers whose halves are too short to look up: all that is two edits away is tried."""
MOST_SHORT = 10
"""Of one search: it takes a tenth of a second each."""
READINGS = 4
"""Of how many keys of a reading all neighbours and halves are tried."""
READINGS_IN_FULL = 2
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
    FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::text[], %s::int[], %s::int[])
        AS asked(place, beginnings, near, far, turned, shortest, longest)
    CROSS JOIN LATERAL unnest(string_to_array(asked.beginnings, ' ')) AS beginning
    CROSS JOIN LATERAL (
        SELECT id, key FROM assetmarking_mark
        WHERE {key} >= beginning AND {key} < beginning || chr(1114111)
            AND length(key) BETWEEN asked.shortest AND asked.longest
            AND (
                substr({key}, length(beginning) + 1, length(asked.near)) = asked.near
                OR right({key}, length(asked.far)) = asked.far
                OR right({key}, length(asked.turned)) = asked.turned
            )
        ORDER BY {key}
        LIMIT %s
    ) AS mark
"""
"""What begins like this and goes on with `near`, or ends with one of the others. All go on with nothing. In
the index's order, since thousands begin with some, of which it alone tells the few that are wanted.
"""
_FORWARDS = _BEGINNINGS.format(key="key")
_BACKWARDS = _BEGINNINGS.format(key="reverse(key)")
_LONGER = """
    SELECT asked.place, mark.id, mark.key
    FROM unnest(%s::int[], %s::text[]) AS asked(place, part)
    CROSS JOIN LATERAL (
        SELECT id, key FROM assetmarking_mark
        WHERE parts_of_number(key) @> parts_of_number(part) AND strpos(key, part) > 0 AND key <> part
        LIMIT %s
    ) AS mark
"""
Found = dict[int, dict[int, str]]
"""Keys of marks, by the place of the text and the mark."""
_Keys = dict[tuple[int, str], None]
"""Each with the place of its text, in order."""


def find_near(readings: list[list[Reading]]) -> Found:
    """Equal or one edit away, in one statement for any number of texts. Raises TookTooLong."""
    return _equal(
        (place, {key for reading in of_text for key in _near(reading)})
        for place, of_text in enumerate(readings)
    )


def find_farther(readings: list[list[Reading]], *, make: str) -> tuple[Found, bool]:
    """Part of a longer number, or two edits away; and whether nothing took so long that it was given up.

    Of two halves two edits leave one alone, or they are one in each: then what begins like a neighbour of
    the first half is looked at. A swap across the middle is put right first; the other edit leaves one half.
    """
    halved, tried = _of_two_edits(readings, make)
    longer = dict.fromkeys(
        (place, key)
        for place, of_text in enumerate(readings)
        for reading in of_text
        for key in reading.keys[:READINGS_IN_FULL]
        if len(key) >= FEWEST_CONTAINED
    )
    forwards = [beginning for place, key in halved for beginning in _forwards(place, key)]
    backwards = [_backwards(place, key) for place, key in halved]
    questions = [
        partial(_ask, _LONGER, [*_columns(longer, 2), MOST_LONGER]),
        partial(_ask, _FORWARDS, [*_columns(forwards, 7), MOST_OF_ONE_HALF]),
        partial(_ask, _BACKWARDS, [*_columns(backwards, 7), MOST_OF_ONE_HALF]),
        *(partial(_equal, [(place, _two_edits_away(key))]) for place, key in tried),
    ]
    found, is_whole = _answers(questions)
    return {place: _screened(readings[place], marks) for place, marks in found.items()}, is_whole


def _of_two_edits(readings: list[list[Reading]], make: str) -> tuple[_Keys, _Keys]:
    """Of which keys halves are looked up, and of which all is tried."""
    halved: _Keys = {}
    tried: _Keys = {}
    fewest = FEWEST_FOR_TWO_EDITS_OF_A_MAKE if make else FEWEST_FOR_TWO_EDITS
    for place, of_text in enumerate(readings):
        for reading in of_text:
            if max(map(len, reading.keys)) >= fewest:
                halved |= {(place, key): None for key in reading.keys[:READINGS] if len(key) >= SHORT.stop}
                tried |= {(place, key): None for key in reading.keys[:READINGS_IN_FULL] if len(key) in SHORT}
    return halved, dict(islice(tried.items(), MOST_SHORT if make else 0))


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


def _screened(readings: list[Reading], marks: dict[int, str]) -> dict[int, str]:
    asked = {reading.keys[0] for reading in readings}
    return {mark: key for mark, key in marks.items() if any(are_alike(one, key) for one in asked)}


def _near(reading: Reading) -> Iterator[str]:
    """The reading's keys, their neighbours, and what of it may be a whole number by itself."""
    yield from reading.keys
    for key in reading.keys[:READINGS]:
        if len(key) >= FEWEST_FOR_ONE_EDIT:
            yield from neighbours_of(key)
    for key in reading.keys[:2]:
        for start in range(len(key) - FEWEST_CONTAINED + 1):
            yield from (key[start:end] for end in range(start + FEWEST_CONTAINED, len(key) + 1))


class _Beginnings(NamedTuple):
    """As `_BEGINNINGS` asks."""

    place: int
    beginnings: str
    near: str
    far: str
    turned: str
    shortest: int
    longest: int


def _forwards(place: int, key: str) -> Iterator[_Beginnings]:
    first, second = cut(key)
    near, far = cut(second)
    turned = next(swapped_across(second, len(near)), second)
    sizes = (len(key) - DRIFT, len(key) + DRIFT)
    whole = [first, *(swapped[: len(first)] for swapped in swapped_across(key, len(first)))]
    yield _Beginnings(place, " ".join(whole), "", "", "", *sizes)
    yield _Beginnings(place, " ".join({*neighbours_of(first)} - {first}), near, far, turned, *sizes)


def _backwards(place: int, key: str) -> _Beginnings:
    middle = len(cut(key)[0])
    whole = [key[middle:], *(swapped[middle:] for swapped in swapped_across(key, middle))]
    ends = " ".join(end[::-1] for end in whole)
    return _Beginnings(place, ends, "", "", "", len(key) - DRIFT, len(key) + DRIFT)


def _two_edits_away(key: str) -> set[str]:
    """Of digits alone, only digits."""
    alphabet = DIGITS if key.isdigit() else ALPHABET
    return {far for near in neighbours_of(key, alphabet) for far in neighbours_of(near, alphabet)}


def _columns(rows: Iterable[tuple[Any, ...]], width: int) -> list[list[Any]]:
    columns: list[list[Any]] = [[] for _column in range(width)]
    for row in rows:
        for column, value in zip(columns, row, strict=True):
            column.append(value)
    return columns


def _join(found: Found, more: Found) -> None:
    for place, marks in more.items():
        found[place] |= marks


def _equal(asked: Iterable[tuple[int, set[str]]]) -> Found:
    """Marks under these keys, each asked for by the place of a text."""
    keys_of = list(asked)
    marks: dict[str, list[int]] = defaultdict(list)
    together = " ".join(chain(*(keys for _place, keys in keys_of)))
    for mark, key in rows_by_index(_EQUAL, [together, MOST_OF_ONE_KEY]):
        marks[key].append(mark)
    return {
        place: {mark: key for key in marks.keys() & keys for mark in marks[key]} for place, keys in keys_of
    }


def _ask(statement: str, values: list[Any]) -> Found:
    found: Found = defaultdict(dict)
    for place, mark, key in rows_by_index(statement, values):
        found[place][mark] = key
    return found


def rows_by_index(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
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
