"""In a worker: what stands in an uploaded list. The reading itself is done by a process of its own."""

import datetime
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.utils.translation import gettext as _

from assetmarking.importing import read_table
from partnership.refusals import Refusal

MOST_SECONDS = 60
"""By the clock; by its own work the process has less."""
COMMAND = [sys.executable, "-I", str(Path(read_table.__file__))]

Cell = str | int | float | datetime.date | None
Row = tuple[int, list[Cell]]
"""The number that the row has in the file, and its cells from the first column on."""


class Unfinished(Exception):
    """The process ended without a word: by a bound, by the clock, by somebody."""


class Unreadable(Refusal):
    """What is wrong with a list as a whole."""


def peek(content: bytes) -> list[tuple[str, list[Row]]]:
    """The title and the first rows of each sheet. Raises Unreadable and Unfinished."""
    with _answers(content, "peek") as lines:
        sheets = [json.loads(line) for line in lines]
    return [(title, [_row(row) for row in rows]) for title, rows in sheets]


@contextmanager
def rows_of(content: bytes, *, sheet: int, first: int) -> Iterator[tuple[int, Iterator[Row]]]:
    """How many rows there are, and the rows from number `first` on. Raises Unreadable and Unfinished."""
    with _answers(content, "rows", str(sheet), str(first)) as lines:
        total = sum(1 for _line in lines)
        lines.seek(0)
        yield total, (_row(json.loads(line)) for line in lines)


@contextmanager
def _answers(content: bytes, *words: str) -> Iterator[IO[bytes]]:
    with TemporaryFile() as source, TemporaryFile() as answer:
        source.write(content)
        source.seek(0)
        try:
            done = subprocess.run(  # noqa: S603
                [*COMMAND, *words],
                stdin=source,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                env={},
                timeout=MOST_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise Unreadable(_too_large()) from error
        if done.returncode:
            raise _refused(done.returncode)
        answer.seek(0)
        yield answer


def _refused(code: int) -> Exception:
    if code == read_table.BROKEN:
        return Unreadable(
            _("Die Datei ist unvollständig oder beschädigt. Speichern Sie sie noch einmal als XLSX.")
        )
    if code == read_table.HOSTILE:
        return Unreadable(
            _(
                "Diese Datei ist ungewöhnlich aufgebaut. "
                "Speichern Sie Ihre Liste als CSV, und senden Sie diese."
            )
        )
    if code == read_table.TOO_LARGE:
        return Unreadable(_too_large())
    return Unfinished(f"exit code {code}")


def _too_large() -> str:
    return _(
        "Die Datei braucht zu viel Platz. Teilen Sie Ihre "
        "Liste auf, und löschen Sie Bilder und leere Spalten."
    )


def _row(answer: Any) -> Row:
    number, cells = answer
    return number, [
        datetime.date.fromisoformat(cell["date"]) if isinstance(cell, dict) else cell for cell in cells
    ]
