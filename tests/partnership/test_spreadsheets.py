"""Workbooks and files of text, as other programs read them."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from partnership.spreadsheets import Sheet, csv_of, workbook_of

LONG = "Wort " * 30


def opened(*sheets: Sheet) -> Worksheet:
    page = load_workbook(io.BytesIO(workbook_of(*sheets))).worksheets[0]
    assert isinstance(page, Worksheet)
    return page


@pytest.mark.parametrize(
    "value", ["=1+1", "#REF!", "007", " a ", "a\nb", "<b>&amp;", "]]>", "Ä☃", "\U0001f528", 7, -1.5, 1e-9]
)
def test_a_value_comes_back_as_it_was(value: Any) -> None:
    cell = opened(Sheet("Blatt", ["Wert"], [[value]]))["A2"]
    assert cell.value == value
    assert cell.data_type == ("s" if isinstance(value, str) else "n")


def test_what_no_file_may_contain_is_left_out() -> None:
    page = opened(Sheet("Blatt", ["Wert"], [["a\x00b\ufffe"], ["x" * 40_000], [None], [""]]))
    assert page["A2"].value == "ab"
    assert len(str(page["A3"].value)) == 32_767
    assert [page["A4"].value, page["A5"].value] == [None, None]


def test_the_header_stays_and_sums_are_bold() -> None:
    page = opened(Sheet("Blatt & mehr", ["Haus", "Zahl"], [["IHK", 1], ["Summe", 1]], frozenset({1})))
    assert (page.title, page.freeze_panes) == ("Blatt & mehr", "A2")
    assert [[cell.font.b for cell in row] for row in page.rows] == [[True] * 2, [False] * 2, [True] * 2]


def test_columns_are_as_wide_as_their_content_and_long_text_wraps() -> None:
    page = opened(Sheet("Blatt", ["Haus", "Wort"], [["Kammer", LONG]]))
    assert [page.column_dimensions[name].width for name in "AB"] == [8, 100]
    assert [page[name].alignment.wrap_text for name in ("A2", "B2")] == [None, True]


def test_rows_that_come_one_after_the_other_are_all_there() -> None:
    rows = ([number, str(number)] for number in range(1000))
    page = opened(Sheet("Blatt", ["Zahl", "Text"], rows, widths=[5, 5]))
    assert [page.max_row, page["A1001"].value, page["B1001"].value] == [1001, 999, "999"]
    text = csv_of(Sheet("Blatt", ["Zahl"], ([number] for number in range(3))))
    assert text.decode("utf-8-sig") == "Zahl\r\n0\r\n1\r\n2\r\n"
