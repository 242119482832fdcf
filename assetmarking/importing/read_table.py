"""A list from standard input, as lines of JSON to standard output: run as a process of its own, which first
gives away its rights to memory and time. It knows nothing of Django.

`peek` answers, for each sheet, its title and its first rows; `rows SHEET FIRST` answers the rows of one
sheet. A row is [number, [cell, …]]; a cell is text, a number, null, or {"date": "2024-10-03"}. What is wrong
with the file as a whole is told by the exit code.
"""

import csv
import datetime
import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet import _reader

BROKEN, TOO_LARGE, HOSTILE = 3, 4, 5
MEGABYTE = 1024 * 1024
BOUNDS = {
    resource.RLIMIT_AS: 768 * MEGABYTE,
    resource.RLIMIT_CPU: 45,
    resource.RLIMIT_FSIZE: 128 * MEGABYTE,
    resource.RLIMIT_NOFILE: 64,
    resource.RLIMIT_CORE: 0,
}
MOST_ROWS = 20_000
"""One more is answered, so that the reader knows that there are more."""
MOST_SHEETS = 20
MOST_COLUMNS = 400
MOST_CHARACTERS = 32_767
PEEKED_ROWS = 40
EMPTY_ROWS = 5_000
"""So many empty rows in a row are the end: programs save formats far below what was written."""
MOST_MEMBERS = 2_000
MOST_OF_ONE_PIECE = 96 * MEGABYTE
"""Of a part of a workbook that is unpacked as a whole: its texts, its styles."""
MOST_RATIO = 400
"""Unpacked against packed. Sheets with a million equal rows come to 100, bombs to 1,000."""
PROLOG = 64 * 1024
PLAIN_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|<\?[^>\0]*\?>|<!--(?:(?!-->)[^\0])*-->)*<[A-Za-z]")
"""Before its first element a part declares nothing: no entities, by whatever name or encoding."""
FORMULA_WITHOUT_VALUE = "\ue000"
"""Of private use, so nobody has typed it."""
NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
SURROGATES = re.compile(r"[\ud800-\udfff]")
STARTS_A_FORMULA = "=+-@\t\r"
DELIMITERS = ";\t,|"
GERMAN = "äöüÄÖÜß"

Cell = Any
Row = tuple[int, list[Cell]]


class Hostile(Exception):
    pass


def main() -> int:
    for kind, most in BOUNDS.items():
        resource.setrlimit(kind, (most, most))
    try:
        content = sys.stdin.buffer.read()
        table: Workbook | Text = Workbook(content) if content[:4] == b"PK\x03\x04" else Text(content)
        if sys.argv[1] == "peek":
            for title, rows in table.peek():
                _answer([title, list(rows)])
        else:
            for row in table.rows(int(sys.argv[2]), first=int(sys.argv[3])):
                _answer(row)
        sys.stdout.flush()
    except (MemoryError, OSError):
        return TOO_LARGE
    except Hostile:
        return HOSTILE
    except Exception:  # a broken file may raise anything
        return BROKEN
    return 0


def _answer(line: Any) -> None:
    sys.stdout.write(json.dumps(line, separators=(",", ":")) + "\n")


class Workbook:
    def __init__(self, content: bytes) -> None:
        _refuse_bombs(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheets = book.worksheets[:MOST_SHEETS]
        self.sheets = [sheet for sheet in sheets if sheet.sheet_state == "visible"] or sheets

    def peek(self) -> Iterator[tuple[str, Iterator[Row]]]:
        for number, sheet in enumerate(self.sheets):
            yield clean(sheet.title), islice(self.rows(number, first=1), PEEKED_ROWS)

    def rows(self, number: int, *, first: int) -> Iterator[Row]:
        """Cells are taken where they say they are; how large a sheet says it is, nobody believes."""
        sheet: Any = self.sheets[number]
        book = sheet.parent
        with sheet._get_source() as source:
            parser = CarefulParser(
                source,
                sheet._shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            found = ((index, _in_columns(cells)) for index, cells in parser.parse())
            yield from _filled(found, first)


class CarefulParser(_reader.WorkSheetParser):  # type: ignore[misc]
    """Formulas are never computed: the value that the program saved counts, and a missing one is told."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None and element.find(_reader.FORMULA_TAG) is not None:
            cell["value"] = FORMULA_WITHOUT_VALUE
        return cell


def _in_columns(cells: list[dict[str, Any]]) -> list[Cell]:
    row: list[Cell] = []
    for cell in cells:
        column = cell["column"]
        if cell["value"] is not None and column <= MOST_COLUMNS:
            row.extend([None] * (column - len(row)))
            row[column - 1] = _plain(cell["value"])
    return row


def _plain(value: Any) -> Cell:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime.datetime | datetime.date):
        return {"date": value.isoformat()[:10]}
    if isinstance(value, int):
        return value if abs(value) < 10**18 else str(value)
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 10**18 else value
    return clean(str(value))


def clean(text: str) -> str:
    """Without what no database takes; half of a pair of surrogates is a letter that nobody knows."""
    return SURROGATES.sub("\ufffd", NO_TEXT.sub("", text[:MOST_CHARACTERS]))


def _filled(rows: Iterator[Row], first: int) -> Iterator[Row]:
    last = 0
    given = 0
    for number, cells in rows:
        if number < first or not any(cell not in (None, "") for cell in cells):
            continue
        if number - max(last, first) > EMPTY_ROWS:
            return
        yield number, cells
        last, given = number, given + 1
        if given > MOST_ROWS:
            return


def _refuse_bombs(content: bytes) -> None:
    """By the list of names, before anything is unpacked. A member's stated size bounds what is read."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS:
            raise Hostile
        for member in members:
            is_sheet = member.filename.startswith("xl/worksheets/sheet")
            if member.file_size > max(MOST_RATIO * member.compress_size, MEGABYTE):
                raise Hostile
            if member.file_size > MOST_OF_ONE_PIECE and not is_sheet:
                raise Hostile
            if member.filename.endswith((".xml", ".rels")):
                with archive.open(member) as part:
                    if not PLAIN_PROLOG.match(part.read(PROLOG)):
                        raise Hostile


class Text:
    """Values apart by separators, in one of the usual encodings."""

    def __init__(self, content: bytes) -> None:
        text = decoded(content)
        told = re.match(r"sep=([;,|\t])\r?\n", text)
        self.text = text[told.end() :] if told else text
        self.skipped = 1 if told else 0
        self.delimiter = told[1] if told else delimiter_of(self.text)
        self.is_quoted = _is_quoted(self.text, self.delimiter)

    def peek(self) -> Iterator[tuple[str, Iterator[Row]]]:
        yield "", islice(self.rows(0, first=1), PEEKED_ROWS)

    def rows(self, _number: int, *, first: int) -> Iterator[Row]:
        records = _records(self.text, self.delimiter, is_quoted=self.is_quoted)
        numbered = enumerate(records, start=1 + self.skipped)
        yield from _filled(((number, self._cells(record)) for number, record in numbered), first)

    def _cells(self, record: list[str]) -> list[Cell]:
        if not self.is_quoted:
            record = [text[1:-1] if text[:1] == text[-1:] == '"' else text for text in record]
        return [_unguarded(clean(text)) or None for text in record[:MOST_COLUMNS]]


def _unguarded(text: str) -> str:
    """Without the apostrophe by which files of text, ours too, keep programs from taking it for a formula."""
    is_guarded = text.startswith("'") and text.lstrip("'")[:1] in STARTS_A_FORMULA
    return text[1:] if is_guarded and text.strip("'") else text


def _records(text: str, delimiter: str, *, is_quoted: bool) -> Iterator[list[str]]:
    csv.field_size_limit(MEGABYTE)
    lines = io.StringIO(text, newline="")
    if is_quoted:
        return csv.reader(lines, delimiter=delimiter, strict=True)
    return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)


def _is_quoted(text: str, delimiter: str) -> bool:
    """Whether quotation marks hold cells together; one that is never closed would swallow the rest."""
    try:
        for _record in _records(text, delimiter, is_quoted=True):
            pass
    except csv.Error:
        return False
    return True


def decoded(content: bytes) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    start = content[:2000]
    if start[1::2].count(0) > len(start) // 4:
        return content.decode("utf-16-le", errors="replace")
    if start[::2].count(0) > len(start) // 4:
        return content.decode("utf-16-be", errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return max(
            (content.decode(name, errors="replace") for name in ("cp1252", "mac_roman")), key=_german_letters
        )


def _german_letters(text: str) -> int:
    return sum(text.count(letter) for letter in GERMAN)


def delimiter_of(text: str) -> str:
    """The one that gives the most rows of the same width; a decimal comma gives many widths."""
    start = "\n".join(text[:20_000].splitlines()[:PEEKED_ROWS])

    def steadiness(delimiter: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in _records(start, delimiter, is_quoted=False) if row]
        except csv.Error:
            return 0, 0
        wide = [width for width in widths if width > 1]
        usual = max(set(wide), key=wide.count, default=1)
        return wide.count(usual) * (usual - 1), -len(set(wide))

    return max(DELIMITERS, key=steadiness)


if __name__ == "__main__":
    sys.exit(main())
