"""Tables for spreadsheet programs: numbers stay numbers, and no text is ever taken for a formula.

A workbook is written by hand, row by row: of the library that reads them, twenty thousand rows take five
times as long. Whatever is text is an inline string, which no program reads as a formula.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

Cell = str | int | float | None
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
WIDEST = 100
"""Characters of a column's width."""
LONGEST = 32_767
"""Characters that a cell takes."""
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
PLAIN, BOLD, WRAPPED = "", ' s="1"', ' s="2"'
"""Places in `STYLES`."""


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
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for path, content in _frame(sheets):
            archive.writestr(path, content)
        for number, sheet in enumerate(sheets, start=1):
            part = archive.open(f"xl/worksheets/sheet{number}.xml", "w")
            with io.TextIOWrapper(part, encoding="utf-8", newline="") as page:
                page.writelines(_page(sheet))


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


def _plain(value: Cell) -> str:
    """A file of text cannot say what is text: an apostrophe does."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0").replace(".", ",")
    text = str(value)
    is_text = isinstance(value, str)
    return f"'{text}" if is_text and text.lstrip("'").startswith(STARTS_A_FORMULA) else text


def _page(sheet: Sheet) -> Iterator[str]:
    rows = sheet.rows
    if not (widths := sheet.widths):
        rows = list(rows)
        widths = widths_of(sheet.header, rows)
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(widths, start=1)
    )
    yield f'{XML}<worksheet xmlns="{MAIN}">{FROZEN}<cols>{columns}</cols><sheetData>'
    letters = [_letters(number) for number in range(1, len(sheet.header) + 1)]
    yield _row(1, letters, sheet.header, is_bold=True)
    for number, row in enumerate(rows):
        yield _row(number + 2, letters, row, is_bold=number in sheet.bold_rows)
    yield "</sheetData></worksheet>"


def _row(number: int, letters: Sequence[str], row: Sequence[Cell], *, is_bold: bool) -> str:
    cells = []
    for letter, value in zip(letters, row, strict=True):
        if isinstance(value, str):
            if not value:
                continue
            style = BOLD if is_bold else WRAPPED if len(value) > WIDEST else PLAIN
            text = f'<is><t xml:space="preserve">{_text(value)}</t></is>'
            cells.append(f'<c r="{letter}{number}" t="inlineStr"{style}>{text}</c>')
        elif value is not None:
            cells.append(f'<c r="{letter}{number}"{BOLD if is_bold else PLAIN}><v>{value!r}</v></c>')
    return f'<row r="{number}">{"".join(cells)}</row>'


def _text(value: str) -> str:
    if not value.isprintable():
        value = NO_XML.sub("", value)
    return escape(value[:LONGEST], quote=False)


def _letters(number: int) -> str:
    """1 is A, 27 is AA."""
    before, last = divmod(number - 1, 26)
    return (_letters(before) if before else "") + chr(ord("A") + last)


XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
FROZEN = (
    '<sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
)
FONT = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}"><fonts count="2"><font>{FONT}</font><font><b/>{FONT}</font></fonts>'
    '<fills count="2"><fill><patternFill/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def _frame(sheets: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    """All parts but the sheets themselves."""
    numbers = range(1, len(sheets) + 1)
    parts = [("workbook", "sheet.main"), ("styles", "styles")]
    parts += [(f"worksheets/sheet{number}", "worksheet") for number in numbers]
    kinds = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{KIND}.{kind}+xml"/>' for name, kind in parts
    )
    yield (
        "[Content_Types].xml",
        f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{kinds}</Types>',
    )
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    named = "".join(
        f'<sheet name="{escape(sheet.title)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in zip(numbers, sheets, strict=True)
    )
    yield (
        "xl/workbook.xml",
        f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{named}</sheets></workbook>",
    )
    pages = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    yield "xl/_rels/workbook.xml.rels", _relations([*pages, ("styles", "styles.xml")])
    yield "xl/styles.xml", STYLES


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'
