import datetime

import pytest

from assetmarking.codes.ein import Confidence, areas_with_plate, form_ein, readings_of
from assetmarking.codes.warnings import warnings_for
from assetmarking.models import MarkKind
from partnership.models import Area

pytestmark = pytest.mark.django_db


def make_area(ags: str, name: str) -> Area:
    since = datetime.date(2012, 1, 1)
    return Area.objects.create(ags=ags, name=name, latitude=51.13, longitude=12.81, valid_from=since)


@pytest.fixture
def colditz() -> Area:
    return make_area("14729080", "Colditz")


def test_it_is_formed_with_the_plate_of_today(colditz: Area) -> None:
    code = form_ein(area=colditz, street="1234", house="12", initials="mm", year=2026)
    assert code == "L 080 01234 012 MM 26"


def test_what_is_formed_is_read_for_certain(colditz: Area) -> None:
    code = form_ein(area=colditz, street="1234", house="12", initials="mm", year=2026)
    (reading,) = readings_of(code)
    assert (reading.place, reading.confidence) == ("Colditz", Confidence.CERTAIN)
    assert dict(reading.words)["Hausnummer"] == "12"


def test_one_length_can_mean_two_things(colditz: Area) -> None:
    """Twelve digits: four for the house, or four for what comes before it."""
    sure, *others = readings_of("L080012340012MM24")
    assert (sure.place, sure.street, sure.house) == ("Colditz", "01234", "0012")
    assert all(other.confidence > sure.confidence for other in others)


@pytest.mark.parametrize(
    ("text", "place"),
    [("L 01234 012 MM 24", "Leipzig"), ("L 000 01234 012 MM", "Leipzig"), ("GRM08001234012MM24", "Colditz")],
)
def test_towns_without_municipality_and_old_plates(colditz: Area, text: str, place: str) -> None:
    make_area("14713000", "Leipzig")
    assert place in [reading.place for reading in readings_of(text)]


def test_a_code_of_another_land_is_read_and_not_refused() -> None:
    (reading,) = readings_of("STA.124.ZUG.95.HM.09")
    assert (reading.street, reading.house, reading.year) == ("ZUG", "95", "09")
    assert reading.confidence == Confidence.LIKELY
    assert warnings_for(MarkKind.EIN, "STA.124.ZUG.95.HM.09") == []


def test_an_unknown_layout_is_told_and_not_refused() -> None:
    assert readings_of("4711") == []
    assert "lassen Sie sie so" in warnings_for(MarkKind.EIN, "4711")[0]


def test_only_places_with_a_known_plate_can_be_chosen(colditz: Area) -> None:
    make_area("09188124", "Herrsching")
    assert list(areas_with_plate()) == [colditz]
