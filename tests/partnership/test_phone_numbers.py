"""Numbers to tap on a phone, whatever way they are written."""

import pytest
from django.template import Context, Template

from partnership.phone_numbers import dialled, searched_digits


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("0341 000-1234", "03410001234"),
        ("+49 (341) 000/12", "+4934100012"),
        ("+49 (0)341 000-12", "+4934100012"),
        ("0049 (0) 341 000-12", "004934100012"),
        ("(0341) 000-12", "034100012"),
        ("(0)341 000-12", "034100012"),
        ("auf Anfrage", ""),
    ],
)
def test_what_is_dialled(written: str, digits: str) -> None:
    assert dialled(written) == digits


@pytest.mark.parametrize(
    "written", ["0341 000 2210", "+49 341 000-2210", "0049/341/0002210", "+49 (0)341 000-2210"]
)
def test_one_number_is_found_however_it_is_written(written: str) -> None:
    assert searched_digits(written) == "3410002210"


@pytest.mark.parametrize("text", ["", "12", "Tischlerei 12345", "G-7K2M9P"])
def test_what_is_no_number_is_not_searched_as_one(text: str) -> None:
    assert searched_digits(text) == ""


def link(number: str) -> str:
    return Template("{% load phone %}{{ number|phone_link }}").render(Context({"number": number}))


def test_a_number_on_a_page_can_be_tapped() -> None:
    assert link("0341 000-1234") == '<a class="phone" href="tel:03410001234">0341 000-1234</a>'


def test_what_cannot_be_dialled_stays_text_and_is_escaped() -> None:
    assert link("<b>nie</b>") == "&lt;b&gt;nie&lt;/b&gt;"
