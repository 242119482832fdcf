"""Which firms are probably one, and why."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnership.firm_duplicates import LikelyPair, likely_pairs, likely_pairs_of
from partnership.firm_merging import mark_no_duplicate
from partnership.models import Firm, FirmContact, Site
from tests import factories
from tests.personas import World

pytestmark = pytest.mark.django_db


def pairs() -> list[LikelyPair]:
    return likely_pairs(Firm.objects.all())


def two(world: World, first: dict[str, Any], second: dict[str, Any]) -> tuple[Firm, Firm]:
    return factories.make_listed_firm(world.ihk, **first), factories.make_listed_firm(world.ihk, **second)


@pytest.mark.parametrize(
    ("first", "second", "reasons"),
    [
        (
            {"name": "A", "membership_number": "IHK-7"},
            {"name": "B", "membership_number": "ihk 7"},
            ["gleiche Mitgliedsnummer"],
        ),
        (
            {"name": "A", "phone": "+49 341 000-1"},
            {"name": "B", "phone": "0341 0001"},
            ["gleiche Telefonnummer"],
        ),
        ({"name": "Müller GmbH"}, {"name": "Mueller"}, ["gleicher Name"]),
        ({"name": "Hotel Lindenschwan"}, {"name": "Hotel Lindenschwann"}, ["ähnlicher Name (86 %)"]),
    ],
)
def test_reasons_are_named(
    world: World, first: dict[str, Any], second: dict[str, Any], reasons: list[str]
) -> None:
    firms = two(world, first, second)
    factories.make_listed_firm(world.ihk, name="Ganz anders")
    [pair] = pairs()
    assert (pair.first, pair.second, pair.reasons) == (*firms, reasons)
    assert [p.reasons for p in likely_pairs_of(firms[1], Firm.objects.all())] == [reasons]


def test_a_contacts_telephone_counts(world: World) -> None:
    firms = two(world, {"name": "A"}, {"name": "B"})
    for number, firm in enumerate(firms):
        FirmContact.objects.create(firm=firm, name="X", email=f"{number}@x.example", phone="0341 000-1")
    assert [pair.reasons for pair in pairs()] == [["gleiche Telefonnummer"]]


def test_name_and_place_are_more_than_the_name(world: World) -> None:
    for firm in two(world, {"name": "Müller"}, {"name": "Müller"}):
        Site.objects.create(firm=firm, street="Hof 1", postcode="04668", city="Grimma")
    two(world, {"name": "Seidel"}, {"name": "Seidel"})
    assert [pair.reasons for pair in pairs()] == [["gleicher Name und Ort"], ["gleicher Name"]]


def test_the_likeliest_comes_first_and_says_so(world: World) -> None:
    two(world, {"name": "Seidel"}, {"name": "Seidell"})
    two(
        world,
        {"name": "Müller", "membership_number": "7"},
        {"name": "Mueller GmbH", "membership_number": "7"},
    )
    assert next(pair.likely for pair in pairs()) == "sehr wahrscheinlich"


def test_two_numbers_speak_against_it(world: World) -> None:
    two(world, {"name": "Müller", "membership_number": "7"}, {"name": "Müller", "membership_number": "8"})
    [pair] = pairs()
    assert (pair.likely, pair.reasons[0]) == ("möglich", "verschiedene Mitgliedsnummern")


def test_known_different_merged_and_other_chambers_are_left_out(world: World) -> None:
    mark_no_duplicate(firms=two(world, {"name": "Müller"}, {"name": "Müller"}), actor=world.bert)
    heir = factories.make_listed_firm(world.ihk, name="Seidel")
    factories.make_listed_firm(world.ihk, name="Seidel", merged_into=heir)
    factories.make_listed_firm(world.hwk, name="Seidel")
    assert pairs() == []


def test_as_many_statements_for_many_pairs(world: World) -> None:
    two(world, {"name": "Müller"}, {"name": "Müller"})
    with CaptureQueriesContext(connection) as few:
        pairs()
    for number in range(15):
        two(world, {"name": f"Firma {number} x"}, {"name": f"Firma {number} x"})
    with CaptureQueriesContext(connection) as many:
        assert len(pairs()) >= 16
    assert len(many) == len(few)
