"""Sheets, read again from the page as it is printed."""

import pytest

from assetmarking.codes.own_code import draw_own_code
from assetmarking.labels.design import design_of
from assetmarking.labels.formats import NAMED, LabelFormat
from assetmarking.labels.paper import address_of, place_labels, render_labels
from partnership.models import Partnership
from tests.assetmarking.labels.steps import LARGEST, SMALLEST, page_of, read_at
from tests.pdf_ua import faults_of_pdf

HOST = Partnership(host="sicherheitspartnerschaft.example")


@pytest.mark.parametrize("format", [SMALLEST, LARGEST], ids=["smallest", "largest"])
def test_every_label_of_a_sheet_is_read_at_300_dpi(format: LabelFormat) -> None:
    codes = [draw_own_code() for _n in range(format.per_page)]
    pages = place_labels(codes, format, start=1, copies=1, offset=(0, 0))
    page = page_of(render_labels(pages, format, partnership=HOST))

    read = [read_at(page, format, number) for number in range(format.per_page)]

    assert read == [f"HTTPS://SICHERHEITSPARTNERSCHAFT.EXAMPLE/K/{code}" for code in codes]


@pytest.mark.parametrize("format", NAMED, ids=lambda format: format.key)
def test_named_formats_fit_their_page_and_can_be_read(format: LabelFormat) -> None:
    _page, x, y = format.place(format.per_page - 1)
    assert x + format.label_width <= format.page_width
    assert y + format.label_height <= format.page_height
    assert design_of(format).is_readable


def test_printing_begins_at_the_first_free_place_and_goes_on_overleaf() -> None:
    codes = [draw_own_code() for _n in range(3)]
    pages = place_labels(codes, SMALLEST, start=SMALLEST.per_page - 1, copies=2, offset=(0, 0))

    assert [label.code for label in pages[0]] == [codes[0], codes[0]]
    assert [label.code for label in pages[1]] == [codes[1], codes[1], codes[2], codes[2]]
    assert (pages[1][0].x, pages[1][0].y) == (SMALLEST.margin_left, SMALLEST.margin_top)


def test_a_used_place_stays_empty() -> None:
    code = draw_own_code()
    pages = place_labels([code], LARGEST, start=2, copies=1, offset=(0, 0))
    page = page_of(render_labels(pages, LARGEST, partnership=HOST))
    assert read_at(page, LARGEST, 0) == ""
    assert read_at(page, LARGEST, 1).endswith(code)


def test_an_offset_moves_everything() -> None:
    ((label,),) = place_labels(["A"], LARGEST, start=1, copies=1, offset=(1.5, -2.0))
    assert (label.x, label.y) == (LARGEST.margin_left + 1.5, LARGEST.margin_top - 2.0)


def test_a_sheet_can_be_read_by_who_does_not_see_it() -> None:
    pages = place_labels([draw_own_code() for _n in range(20)], LARGEST, start=1, copies=1, offset=(0, 0))
    assert faults_of_pdf(render_labels(pages, LARGEST, partnership=HOST)) == []


def test_the_address_is_in_capitals() -> None:
    assert address_of(HOST) == "HTTPS://SICHERHEITSPARTNERSCHAFT.EXAMPLE/K/"
