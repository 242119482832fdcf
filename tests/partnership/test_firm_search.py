"""A firm is found by what a caller says, however it is written."""

import pytest

from partnership.firm_search import find_firms
from partnership.models import Firm, FirmContact
from partnership.phone_numbers import searched_digits
from tests import factories
from tests.personas import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(world: World) -> Firm:
    for name in ("Bäckerei Mülau", "Metallbau Müllerheim", "Autohaus Seidel"):
        factories.make_listed_firm(world.ihk, name=name)
    firm = factories.make_listed_firm(
        world.ihk,
        name="Müller & Söhne Straßenbau GmbH & Co. KG",
        membership_number="IHK-000441",
        phone="03437 000-4410",
    )
    FirmContact.objects.create(
        firm=firm, name="Jana Müller", email="j@m.example", phone="+49 (0)341 000-77 12"
    )
    return firm


def found(text: str) -> list[str]:
    return [hit.firm.name.partition(" ")[0] for hit in find_firms(Firm.objects.all(), text)]


@pytest.mark.parametrize(
    "text",
    [
        "müller",
        "Mueller",
        "MULLER",
        "mueller soehne",
        "Strassenbau Mül",
        "Müller u. Söhne GmbH",
        "Müler Strasenbau",
        "Mülller und Söhne",
        "IHK-000441",
        "ihk 000 441",
        "000441",
        "03437 0004410",
        "+49 3437 000-44",
        "0341 / 000 7712",
    ],
)
def test_the_firm_is_found(firm: Firm, text: str) -> None:
    assert found(text)[0] == "Müller"


@pytest.mark.parametrize("text", ["", "m", "xylophon", "99 99 99", "GmbH%", "'; --"])
def test_what_fits_nothing_finds_nothing(firm: Firm, text: str) -> None:
    assert found(text) == []


def test_who_begins_with_it_comes_first(firm: Firm) -> None:
    assert found("mül") == ["Müller", "Bäckerei", "Metallbau"]


def test_ten_are_enough(world: World) -> None:
    for number in range(15):
        factories.make_listed_firm(world.ihk, name=f"Bäckerei {number}")
    assert len(found("bäcker")) == 10


def test_a_merged_firm_leads_to_its_heir(world: World, firm: Firm) -> None:
    factories.make_listed_firm(world.ihk, name="Wegebau Quittenrot", merged_into=firm)
    [hit] = find_firms(Firm.objects.all(), "quittenrot")
    assert (hit.firm, hit.formerly) == (firm, "Wegebau Quittenrot")


@pytest.mark.parametrize(
    "phone",
    ["0341 000-3000", "+49 (0)341 000 3000", "0049 341 0003000", "(0341) 000/3000", "+49 341 0003000", ""],
)
def test_database_and_search_read_telephones_alike(world: World, phone: str) -> None:
    firm = factories.make_listed_firm(world.ihk, name="A", phone=phone)
    assert firm.phone_digits == searched_digits(phone)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("ÄRZTEHAUS Süß e.K.", "arztehaus suss"),
        ("Schäfer UG (haftungsbeschränkt)", "schafer"),
        ("Kröger Fischräucherei e. K.", "kroger fischraucherei"),
        ("AG", "ag"),
        ("Agentur Kögel", "agentur kogel"),
        ("Łódź–Bau", "lodz bau"),
    ],
)
def test_names_are_folded(world: World, name: str, key: str) -> None:
    assert factories.make_listed_firm(world.ihk, name=name).name_key == key
