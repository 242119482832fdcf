"""Offices by nearness to a postcode."""

import datetime

import pytest

from partnership.models import Area, Office, Organisation
from partnership.places import distance_km, offices_by_nearness
from tests.factories import make_chamber, make_office

pytestmark = pytest.mark.django_db

LEIPZIG, GRIMMA, TORGAU = (51.3397, 12.3731), (51.2386, 12.7253), (51.5603, 13.0050)


@pytest.fixture
def chamber() -> Organisation:
    return make_chamber(None)


def office(chamber: Organisation, city: str, postcode: str, place: tuple[float, float]) -> Office:
    return make_office(chamber, city=city, postcode=postcode, latitude=place[0], longitude=place[1])


def make_area(postcode: str, place: tuple[float, float], **fields: object) -> Area:
    return Area.objects.create(
        ags=f"147{postcode}",
        name="Gemeinde",
        postcodes=[postcode],
        latitude=place[0],
        longitude=place[1],
        valid_from=datetime.date(1990, 1, 1),
        **fields,
    )


def near(offices: list[Office], postcode: str) -> list[tuple[str, int | None]]:
    return [(found.city, km) for found, km in offices_by_nearness(offices, postcode)]


@pytest.mark.parametrize(
    ("a", "b", "km"), [(LEIPZIG, GRIMMA, 27), (LEIPZIG, TORGAU, 50), (GRIMMA, GRIMMA, 0)]
)
def test_distances_are_as_the_crow_flies(a: tuple[float, float], b: tuple[float, float], km: int) -> None:
    assert distance_km(a, b) == pytest.approx(distance_km(b, a))
    assert round(distance_km(a, b)) == km


def test_nearest_offices_first(chamber: Organisation) -> None:
    make_area("04668", GRIMMA)
    offices = [office(chamber, "Torgau", "04860", TORGAU), office(chamber, "Leipzig", "04103", LEIPZIG)]
    offices.append(office(chamber, "Grimma", "04668", GRIMMA))
    assert near(offices, "04668") == [("Grimma", 0), ("Leipzig", 27), ("Torgau", 41)]


def test_a_merged_municipality_has_no_centre_any_more(chamber: Organisation) -> None:
    make_area("04668", GRIMMA, valid_until=datetime.date(2011, 12, 31))
    assert near([office(chamber, "Grimma", "04668", GRIMMA)], "04668") == [("Grimma", None)]


def test_an_unknown_postcode_goes_by_the_longest_common_start(chamber: Organisation) -> None:
    offices = [office(chamber, "Leipzig", "04103", LEIPZIG), office(chamber, "Torgau", "04860", TORGAU)]
    offices.append(office(chamber, "Grimma", "04668", GRIMMA))
    assert near(offices, "04669") == [("Grimma", None), ("Leipzig", None), ("Torgau", None)]


def test_without_a_postcode_the_order_stays(chamber: Organisation) -> None:
    offices = [office(chamber, "Torgau", "04860", TORGAU), office(chamber, "Leipzig", "04103", LEIPZIG)]
    assert near(offices, "") == [("Torgau", None), ("Leipzig", None)]
