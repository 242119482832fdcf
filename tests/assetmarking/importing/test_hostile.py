"""Workbooks and texts that want more than to be read: each is refused, or read as if the rest were not."""

import io
import struct
import zipfile
from contextlib import suppress

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from assetmarking.importing.judging import why_no_list
from assetmarking.importing.read_table import FORMULA_WITHOUT_VALUE, MOST_COLUMNS, MOST_ROWS
from assetmarking.importing.reading import Unreadable, peek, rows_of
from assetmarking.importing.running import upload_list
from partnership.refusals import Refusal
from tests import factories
from tests.assetmarking.importing.steps import workbook
from tests.assetmarking.importing.test_files import cells, with_member
from tests.personas import World

SHEET = "xl/worksheets/sheet1.xml"
PART = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


def with_sheet(part: bytes) -> bytes:
    """A workbook whose only sheet is this."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(("Name",)))) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, part if name == SHEET else old.read(name))
    return file.getvalue()


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def active(book: Workbook) -> Worksheet:
    assert isinstance(book.active, Worksheet)
    return book.active


def declaring(declared: str, *, before: str = "") -> str:
    return f'<?xml version="1.0"?>{before}<!DOCTYPE x [{declared}]>' + PART.format(CELL.format("&a9;"))


@pytest.mark.parametrize(
    "part",
    [
        declaring(f'<!ENTITY a0 "ha">{LAUGHS}').encode(),
        declaring('<!ENTITY a9 SYSTEM "file:///etc/passwd">').encode(),
        declaring('<!ENTITY a9 SYSTEM "http://127.0.0.1:9/x">').encode(),
        declaring('<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;').encode(),
        declaring('<!ENTITY a9 "ha">', before=f"<!--{'x' * 5000}-->").encode(),
        declaring('<!ENTITY a9 "ha">', before=f"<!--{'x' * 100_000}-->").encode(),
        declaring('<!ENTITY a9 "ha">').encode("utf-16"),
    ],
    ids=["laughs", "file", "address", "parameter", "behind a comment", "far behind", "utf-16"],
)
def test_what_declares_anything_is_refused(part: bytes) -> None:
    with pytest.raises(Unreadable):
        peek(with_sheet(part))


def test_a_plain_part_with_a_comment_is_read() -> None:
    """The control."""
    plain = f'<?xml version="1.0"?>\n<!-- made by hand -->\n{PART.format(CELL.format("Bohrer"))}'
    assert cells(with_sheet(plain.encode())) == [["Bohrer"]]


def test_a_million_rows_are_read_to_the_bound_only() -> None:
    row = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>Bohrer</t></is></c></row>'
    content = with_sheet(PART.format("".join(row.format(number) for number in range(1, 1_000_001))).encode())
    assert len(content) < 10_000_000
    with rows_of(content, sheet=0, first=1) as (total, _rows):
        assert total == MOST_ROWS + 1


@pytest.mark.parametrize(
    "content",
    [workbook(["Name"] * 10_000, ["Bohrer"] * 10_000), b";".join([b"Name"] * 10_000)],
    ids=["xlsx", "csv"],
)
def test_ten_thousand_columns_are_read_to_the_bound_only(content: bytes) -> None:
    assert {len(row) for row in cells(content)} == {MOST_COLUMNS}


def test_a_size_that_is_not_true_is_no_way_in() -> None:
    """The list of names says a few bytes where there are fifty million."""
    content = bytearray(with_member("xl/sharedStrings2.xml", b"<a>" + b" " * 50_000_000 + b"</a>"))
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/sharedStrings2.xml"))
    struct.pack_into("<I", content, entry + 24, 20)
    with suppress(Unreadable):
        assert cells(bytes(content)) == [["Name"], ["Bohrer"]]


@pytest.mark.parametrize(
    "name", ["../../../tmp/x.xml", "/etc/x.xml", "..\\x.xml", "xl/worksheets/../../x.xml"]
)
def test_a_name_that_leads_elsewhere_leads_nowhere(name: str) -> None:
    assert cells(with_member(name, b"<a/>")) == [["Name"], ["Bohrer"]]


def test_what_stands_in_other_files_is_not_fetched() -> None:
    book = Workbook()
    active(book).append(
        ["Name", "='[1]Preise'!A1", '=WEBSERVICE("http://127.0.0.1:9/")', "=cmd|' /C calc'!A0"]
    )
    link = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    file = io.BytesIO(saved(book))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", link)
    assert cells(file.getvalue()) == [["Name", *[FORMULA_WITHOUT_VALUE] * 3]]


def test_merged_cells_have_their_value_once() -> None:
    book = Workbook()
    sheet = active(book)
    for row in (["Name", "Nummer"], ["Bohrer", "1"], ["Säge", "2"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    assert cells(saved(book)) == [["Name", "Nummer"], ["Bohrer", "1"], [None, "2"]]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_not_read(state: str) -> None:
    book = Workbook()
    active(book).append(["Name"])
    hidden = book.create_sheet("Löhne", 0)
    hidden.append(["Lohn"])
    hidden.sheet_state = state
    assert cells(saved(book)) == [["Name"]]


@pytest.mark.parametrize(
    "content",
    [
        b"Name;Nr\nS\xe4ge;\xc3\n",
        b"Name;Nr\nS\xc3\xa4ge;\xff1\n",
        b"\xff\xfeN\x00a\x00\xd8",
        b"\xef\xbb\xbfName;Nr\n\x80;\xff\n",
    ],
    ids=["cut off", "mixed", "half a pair", "no utf-8 at all"],
)
def test_broken_encodings_are_read_as_far_as_they_go(content: bytes) -> None:
    assert not why_no_list(content)
    assert str(cells(content)[0][0]).startswith("Na")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("..\\..\\liste.xlsx", "liste.xlsx"),
        ("/etc/passwd", "passwd"),
        ("a\u202exslx.exe\r\nX: y", "axslx.exeX: y"),
        ("x" * 500, "x" * 120),
        ("../", "Liste"),
    ],
)
def test_a_files_name_is_a_name(world: World, name: str, kept: str) -> None:
    firm = factories.make_firm(world.alice)
    run = upload_list(firm=firm, person=world.alice, file_name=name, content=b"Name\nBohrer\n")
    assert run.file_name == kept


def test_macros_are_refused_whatever_the_files_name(world: World) -> None:
    with pytest.raises(Refusal, match="Makros"):
        upload_list(
            firm=factories.make_firm(world.alice),
            person=world.alice,
            file_name="liste.xlsx",
            content=with_member("xl/vbaProject.bin", b"x"),
        )
