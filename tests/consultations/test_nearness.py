"""Which offices are near a postcode, and how they are called."""

import datetime

import pytest

from consultations.nearness import NearOffice, near_offices, preselected
from partnership.models import Area, Office
from tests import factories
from tests.personas import World

LEIPZIG, GRIMMA, TORGAU, CHEMNITZ = (51.34, 12.38), (51.2386, 12.7253), (51.56, 13.005), (50.83, 12.92)


@pytest.fixture
def offices(world: World) -> list[Office]:
    """Grimma and Torgau of the IHK, Leipzig of both chambers, and one far away."""
    more = [
        factories.make_office(world.ihk, city=city, postcode=postcode, latitude=lat, longitude=lon)
        for city, postcode, (lat, lon) in (
            ("Torgau", "04860", TORGAU),
            ("Leipzig", "04109", LEIPZIG),
            ("Chemnitz", "09111", CHEMNITZ),
        )
    ]
    return [*more, world.office, world.hwk_office]


def make_area(postcode: str, place: tuple[float, float]) -> None:
    Area.objects.create(
        ags="14729160",
        name="Ort",
        postcodes=[postcode],
        latitude=place[0],
        longitude=place[1],
        valid_from=datetime.date(1990, 1, 1),
    )


def labels(near: list[NearOffice], keys: list[int]) -> list[str]:
    return [n.label for n in near if n.office.pk in keys]


def test_nearest_first_with_the_distance_in_words(offices: list[Office]) -> None:
    make_area("04668", GRIMMA)
    near = near_offices(offices, "04668")
    assert [(n.office.city, n.distance) for n in near] == [
        ("Grimma", "in Ihrem Ort"),
        ("Leipzig", "27 km"),
        ("Leipzig", "27 km"),
        ("Torgau", "41 km"),
        ("Chemnitz", "47 km"),
    ]


def test_where_a_town_has_several_offices_the_house_is_named(offices: list[Office]) -> None:
    assert sorted(n.label for n in near_offices(offices, "")) == [
        "Chemnitz",
        "Grimma",
        "Leipzig, HWK",
        "Leipzig, IHK",
        "Torgau",
    ]


def test_up_to_forty_kilometres_are_chosen(offices: list[Office]) -> None:
    make_area("04668", GRIMMA)
    near = near_offices(offices, "04668")
    assert labels(near, preselected(near, "04668")) == ["Grimma", "Leipzig, IHK", "Leipzig, HWK"]


def test_at_least_three_are_chosen_however_far(offices: list[Office]) -> None:
    make_area("09111", CHEMNITZ)
    near = near_offices(offices, "09111")
    assert labels(near, preselected(near, "09111")) == ["Chemnitz", "Grimma", "Leipzig, IHK"]


def test_an_unknown_postcode_chooses_by_its_longest_start(offices: list[Office]) -> None:
    near = near_offices(offices, "04105")
    assert labels(near, preselected(near, "04105")) == ["Leipzig, IHK", "Leipzig, HWK"]
    assert [n.distance for n in near] == [""] * 5


def test_a_postcode_that_shares_nothing_chooses_all(offices: list[Office]) -> None:
    near = near_offices(offices, "80331")
    assert len(preselected(near, "80331")) == 5


def test_without_a_postcode_all_are_chosen(offices: list[Office]) -> None:
    near = near_offices(offices, "")
    assert len(preselected(near, "")) == 5
    assert [n.distance for n in near] == [""] * 5


def test_without_offices_none_is_near(world: World) -> None:
    assert preselected(near_offices([], "04668"), "04668") == []
