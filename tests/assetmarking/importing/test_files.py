"""Files as programs and hostile people make them."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from assetmarking.importing.cells import Fault, amount_of, day_of, mark_text_of
from assetmarking.importing.judging import ENCRYPTED, why_no_list
from assetmarking.importing.read_table import FORMULA_WITHOUT_VALUE, MOST_ROWS
from assetmarking.importing.reading import Unreadable, peek, rows_of
from tests.assetmarking.importing.steps import workbook

TEXT = "Bezeichnung;Wert\r\nSäge für Öl;1.234,56\r\nBohrer;2\r\n"


def cells(content: bytes) -> list[list[object]]:
    return [row for _title, rows in peek(content) for _number, row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac_roman"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_encodings_and_separators_are_told_apart(encoding: str, delimiter: str) -> None:
    found = cells(TEXT.replace(";", delimiter).encode(encoding))
    assert found == [["Bezeichnung", "Wert"], ["Säge für Öl", "1.234,56"], ["Bohrer", "2"]]


def test_a_comma_separates_too() -> None:
    assert cells(b'Name,Wert\nBohrer,"1.234,56"\n') == [["Name", "Wert"], ["Bohrer", "1.234,56"]]


def test_a_quotation_mark_that_is_never_closed_swallows_nothing() -> None:
    assert len(cells(b'Name;Wert\n"Bohrer;1\nSaege;2\nHobel;3\n')) == 4


def test_amounts_and_days_as_people_write_them() -> None:
    amounts = ["1.234,56 €", "1,234.56", "649,-", 649.5, "1.200", "12 EUR"]
    assert [str(amount_of(text)) for text in amounts] == [
        *("1234.56", "1234.56", "649.00", "649.50", "1200.00", "12.00")
    ]
    days = ["3.10.24", "03.10.2024", "2024-10-03", 45568, "03/10/2024"]
    assert {day_of(text).isoformat() for text in days} == {"2024-10-03"}


@pytest.mark.parametrize(
    "cell", [1234567890123456789, "1,23E+11", FORMULA_WITHOUT_VALUE, "#REF!", "S\ufffdge"]
)
def test_what_a_program_has_spoilt_is_no_number(cell: str | int) -> None:
    with pytest.raises(Fault):
        mark_text_of(cell, most=60)


def test_a_formula_is_not_computed() -> None:
    assert cells(workbook(("Name",), ("=1+1",))) == [["Name"], [FORMULA_WITHOUT_VALUE]]


def test_nothing_comes_through_that_no_database_takes() -> None:
    assert cells(b"Name;Nr\nBoh\x00rer;\x011\n") == [["Name", "Nr"], ["Bohrer", "1"]]


def with_member(name: str, content: bytes) -> bytes:
    file = io.BytesIO(workbook(("Name",), ("Bohrer",)))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        with_member("xl/media/bomb.bin", b"\0" * 50_000_000),
        with_member("xl/extra.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    ],
    ids=["bomb", "entities"],
)
def test_hostile_workbooks_are_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        peek(content)


def test_a_list_without_end_is_read_to_the_bound_only() -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for _number in range(MOST_ROWS + 5_000):
        sheet.append(["Bohrer"])
    file = io.BytesIO()
    book.save(file)
    with rows_of(file.getvalue(), sheet=0, first=1) as (total, _rows):
        assert total == MOST_ROWS + 1


def test_a_cell_far_below_and_far_right_costs_nothing() -> None:
    book = Workbook()
    book.active["A1"], book.active["A2"], book.active["XFD1048576"] = "Name", "Bohrer", "x"
    file = io.BytesIO()
    book.save(file)
    assert cells(file.getvalue()) == [["Name"], ["Bohrer"]]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "leer"),
        (b"\xd0\xcf\x11\xe0" + ENCRYPTED, "Kennwort"),
        (b"\xd0\xcf\x11\xe0....", ".xls"),
        (with_member("xl/vbaProject.bin", b"x"), "Makros"),
        (with_member("xl/workbook.bin", b"x"), ".xlsb"),
        (b"PK\x03\x04 broken", "beschädigt"),
        (b"%PDF-1.7", "keine Liste"),
        (bytes(range(1, 32)) * 50, "keine Liste"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(content: bytes, word: str) -> None:
    assert word in why_no_list(content)


def test_a_wrong_ending_does_no_harm() -> None:
    assert not why_no_list(TEXT.encode())
    assert not why_no_list(workbook(("Name",)))
