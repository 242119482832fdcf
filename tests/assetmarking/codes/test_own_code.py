"""Every mistake that people make with one or two characters shows, whatever the other characters are.

A check character proves sums. Whether a mistake shows depends on the characters that it touches and on their
places alone, so all of them can be tried.
"""

import itertools

import pytest

from assetmarking.codes.own_code import (
    LENGTH,
    check_character,
    draw_own_code,
    grouped,
    is_own_code,
    read_own_code,
)
from partnership.codes import CODE_ALPHABET

PLACES = range(LENGTH)


def proven(drawn: str) -> str:
    return drawn + check_character(drawn)


SAMPLE = proven("K7MQ2HX")


def test_the_alphabet_has_nothing_that_is_misread() -> None:
    assert not set("01ILO") & set(CODE_ALPHABET)
    assert len(CODE_ALPHABET) == 31


def test_a_drawn_code_reads_as_itself() -> None:
    codes = {draw_own_code() for _n in range(200)}

    assert len(codes) == 200
    assert all(is_own_code(code) for code in codes)


def test_every_single_substitution_shows() -> None:
    """At each place each character for each other one."""
    for place, there in itertools.product(PLACES, CODE_ALPHABET):
        code = _with(place, there)
        wrong = [code[:place] + other + code[place + 1 :] for other in CODE_ALPHABET if other != code[place]]
        assert [text for text in wrong if read_own_code(text)] == []


@pytest.mark.parametrize("distance", range(1, LENGTH))
def test_every_change_of_places_shows(distance: int) -> None:
    """Neighbours (distance 1), jumps (2) and all further ones, with every pair of characters."""
    missed = [
        code
        for left in range(LENGTH - distance)
        for a, b in itertools.permutations(CODE_ALPHABET, 2)
        if read_own_code(_swapped(code := _with_two(left, a, left + distance, b), left, left + distance))
    ]
    assert missed == []


def test_every_twin_error_shows() -> None:
    """AA for BB."""
    for left, a, b in itertools.product(range(LENGTH - 1), CODE_ALPHABET, CODE_ALPHABET):
        code = _with_two(left, a, left + 1, a)
        wrong = code[:left] + b + b + code[left + 2 :]
        assert a == b or read_own_code(wrong) is None


def test_halves_in_the_wrong_order_show() -> None:
    assert read_own_code(SAMPLE[4:] + SAMPLE[:4]) is None


@pytest.mark.parametrize(
    "typed", ["k7mq2hx{}", " K7MQ - 2HX{} ", "K7MQ.2HX{}", "https://portal.example/k/K7MQ-2HX{}"]
)
def test_it_is_read_however_it_is_typed(typed: str) -> None:
    assert read_own_code(typed.format(SAMPLE[-1])) == grouped(SAMPLE)


def test_a_character_that_no_code_has_is_taken_for_the_one_that_fits() -> None:
    assert read_own_code(grouped(SAMPLE).replace("Q", "0")) == grouped(SAMPLE)
    assert read_own_code(grouped(SAMPLE).replace("7", "1")) == grouped(SAMPLE)
    assert read_own_code(grouped(SAMPLE).replace("K", "0")) is None


@pytest.mark.parametrize("text", ["", "K7MQ", "K7MQ-2HXÄ", "K7MQ-2HXDD", "0000-0000"])
def test_what_is_no_code_is_none(text: str) -> None:
    assert read_own_code(text) is None


def _with(place: int, character: str) -> str:
    """A code with this character at this place."""
    return _with_two(place, character, (place + 1) % LENGTH, "A")


def _with_two(first: int, a: str, second: int, b: str) -> str:
    """A code with both; one of the other places makes it right."""
    free = next(place for place in PLACES if place not in (first, second))
    characters = list(SAMPLE)
    characters[first], characters[second] = a, b
    for fitting in CODE_ALPHABET:
        characters[free] = fitting
        if read_own_code(code := "".join(characters)):
            return code
    raise AssertionError("one always fits")


def _swapped(code: str, left: int, right: int) -> str:
    characters = list(code)
    characters[left], characters[right] = characters[right], characters[left]
    return "".join(characters)
