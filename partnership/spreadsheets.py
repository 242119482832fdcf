"""Tables for spreadsheet programs: numbers stay numbers, and no text is ever taken for a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

Cell = str | int | float | None
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
WIDEST = 100
"""Characters of a column's width."""
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """`header` stays in sight while one scrolls. `widths` in characters, else by the content; with them
    `rows` are gone through once and need not be there all at once.
    """

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    bold_rows: frozenset[int] = field(default_factory=frozenset)
    """Numbers of `rows` that are sums."""
    widths: Sequence[int] = ()


def workbook_of(*sheets: Sheet) -> bytes:
    file = io.BytesIO()
    write_workbook(file, *sheets)
    return file.getvalue()


def write_workbook(file: IO[bytes], *sheets: Sheet) -> None:
    book = Workbook(write_only=True)
    for sheet in sheets:
        rows, widths = sheet.rows, sheet.widths
        if not widths:
            rows = list(rows)
            widths = widths_of(sheet.header, rows)
        page = book.create_sheet(sheet.title)
        page.freeze_panes = "A2"
        for number, width in enumerate(widths, start=1):
            page.column_dimensions[get_column_letter(number)].width = width
        page.append([_cell(page, text, bold=True) for text in sheet.header])
        for number, row in enumerate(rows):
            page.append(_cells(page, row, bold=number in sheet.bold_rows))
    book.save(file)


def csv_of(sheet: Sheet) -> bytes:
    file = io.BytesIO()
    write_csv(file, sheet)
    return file.getvalue()


def write_csv(file: IO[bytes], sheet: Sheet) -> None:
    """As German spreadsheet programs open it with a double click: UTF-8 with its mark, semicolons, commas."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_plain(value) for value in sheet.header])
    writer.writerows([_plain(value) for value in row] for row in sheet.rows)
    text.detach()


def widths_of(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[int]:
    columns = zip(*([header, *rows]), strict=True)
    return [min(WIDEST, max(len(_plain(value)) for value in column) + 2) for column in columns]


def _cells(page: object, row: Sequence[Cell], *, bold: bool) -> Sequence[object]:
    """Most rows need no cell of their own for each value, which is what takes time."""
    if not bold and all(not isinstance(value, str) or _is_simple(value) for value in row):
        return row
    return [_cell(page, value, bold=bold) for value in row]


def _is_simple(text: str) -> bool:
    """Neither long nor anything that the file could take for a formula or a fault."""
    return len(text) <= WIDEST and not text.startswith(("=", "#")) and not NO_XML.search(text)


def _cell(page: object, value: Cell, *, bold: bool) -> WriteOnlyCell:
    """A text is written as text even if it begins like a formula."""
    cell = WriteOnlyCell(page, value=None)
    if isinstance(value, str):
        cell.value = NO_XML.sub("", value)
        cell.data_type = "s"
        cell.alignment = Alignment(vertical="top", wrap_text=len(value) > WIDEST)
    else:
        cell.value = value
    if bold:
        cell.font = Font(bold=True)
    return cell


def _plain(value: Cell) -> str:
    """A file of text cannot say what is text: an apostrophe does."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0").replace(".", ",")
    text = str(value)
    is_text = isinstance(value, str)
    return f"'{text}" if is_text and text.lstrip("'").startswith(STARTS_A_FORMULA) else text
