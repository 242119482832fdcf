import pytest

from assetmarking.codes.vin import check_digit_of
from assetmarking.codes.warnings import warnings_for
from assetmarking.models import MarkKind

AMERICAN, GERMAN, MACHINE = "1M8GDM9AXKP042788", "WDB1230231A123456", "CAT0320DVAKM00258"


@pytest.mark.parametrize(("number", "digit"), [(AMERICAN, "X"), ("11111111111111111", "1")])
def test_the_check_digit_of_known_numbers(number: str, digit: str) -> None:
    assert check_digit_of(number) == digit


@pytest.mark.parametrize("number", [AMERICAN, GERMAN, MACHINE, "wdb 123023 1a 123456", f"*{GERMAN}*"])
def test_nothing_is_said_of_a_sound_number(number: str) -> None:
    assert warnings_for(MarkKind.IDENTIFICATION, number) == []


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (AMERICAN.replace("9", "8"), "Prüfziffer"),
        (GERMAN[:-1], "Diese hat 16"),
        (GERMAN.replace("0", "O"), "O kommt"),
        (GERMAN[:-1] + "A", "letzten vier"),
    ],
)
def test_what_looks_wrong_is_said(number: str, words: str) -> None:
    assert words in " ".join(warnings_for(MarkKind.IDENTIFICATION, number))


def test_europeans_need_no_check_digit() -> None:
    assert warnings_for(MarkKind.IDENTIFICATION, GERMAN.replace("231A", "239A")) == []


def test_of_a_serial_number_nothing_is_known() -> None:
    assert warnings_for(MarkKind.SERIAL, "4711") == []


def test_a_mistyped_code_of_ours_is_said() -> None:
    assert warnings_for(MarkKind.OWN_CODE, "K7MQ-2HXA")
