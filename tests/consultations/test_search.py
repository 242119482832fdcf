"""What somebody looks for, read from the address and never refused."""

import datetime

import pytest
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from consultations.search import Search, find_times
from partnership.models import Area
from tests import factories
from tests.personas import World


def search(address: str) -> Search:
    return Search.read(QueryDict(address))


def chosen(world: World, address: str) -> set[str]:
    found = find_times(partnership=world.partnership, search=search(address))
    return {n.label for n in found.near if n.office.pk in found.chosen}


@pytest.fixture
def grimma(world: World) -> Area:
    return Area.objects.create(
        ags="14729160",
        name="Grimma",
        postcodes=["04668"],
        latitude=51.2386,
        longitude=12.7253,
        valid_from=datetime.date(1990, 1, 1),
    )


def test_an_address_is_read_and_written_again() -> None:
    found = search("plz=04668&fuer=04668&thema=burglary&sprache=pl&ort=3&ort=5&tage=10")
    assert (found.postcode, found.topic, found.language) == ("04668", "burglary", "pl")
    assert (found.offices, found.days) == (("3", "5"), 10)
    assert search(found.query(tage=10)) == found


@pytest.mark.parametrize(
    "address",
    [
        "",
        "thema=kochen&sprache=xx&tage=-1&ort=abc",
        "tage=99999999999",
        "tage=²",
        "plz=%00&zeit=%ff",
        "ort=" + "9" * 40,
    ],
)
def test_whatever_stands_in_the_address_gives_a_page(world: World, address: str) -> None:
    found = find_times(partnership=world.partnership, search=search(address))
    assert len(found.times) == 4
    assert (found.search.topic, found.search.language) == ("", "")
    assert found.form.is_bound


@pytest.mark.parametrize(("asked", "days"), [("", 5), ("0", 1), ("10", 10), ("9999", 100), ("zwei", 5)])
def test_the_number_of_days_stays_sensible(asked: str, days: int) -> None:
    assert search(f"tage={asked}").days == days


def test_a_postcode_chooses_offices(world: World, grimma: Area) -> None:
    far = factories.make_office(world.ihk, city="Chemnitz", postcode="09111", latitude=50.83, longitude=12.92)
    farther = factories.make_office(
        world.ihk, city="Zwickau", postcode="08056", latitude=50.72, longitude=12.49
    )
    assert {far.city, farther.city}
    assert chosen(world, "plz=04668") == {"Grimma", "Leipzig", "Chemnitz"}
    assert chosen(world, "") == {"Grimma", "Leipzig", "Chemnitz", "Zwickau"}


def test_ticked_offices_stay_ticked(world: World, grimma: Area) -> None:
    assert chosen(world, f"plz=04668&fuer=04668&ort={world.hwk_office.pk}") == {"Leipzig"}


def test_another_postcode_chooses_anew(world: World, grimma: Area) -> None:
    assert chosen(world, f"plz=04668&fuer=04103&ort={world.hwk_office.pk}") == {"Grimma", "Leipzig"}


def test_half_a_postcode_is_told_in_the_form_and_chooses_nothing(world: World) -> None:
    found = find_times(partnership=world.partnership, search=search("plz=046"))
    assert "plz" in found.form.errors
    assert len(found.chosen) == 2


def test_what_is_set_is_said_in_a_line(world: World) -> None:
    found = find_times(partnership=world.partnership, search=search("thema=burglary&sprache=de"))
    assert found.summary == "Filter: 2 Orte, Einbruchschutz, Deutsch"


def test_each_office_says_how_far_it_is_and_how_many_times_it_has(world: World, grimma: Area) -> None:
    found = find_times(partnership=world.partnership, search=search("plz=04668"))
    labels = [str(label) for _value, label in found.form.fields["ort"].choices]
    assert labels == [
        'Grimma <span class="choice-hint">in Ihrem Ort, 4 Zeiten</span>',
        'Leipzig <span class="choice-hint">27 km, keine Zeit</span>',
    ]


@pytest.mark.parametrize("days", [1, 30])
def test_as_many_statements_for_one_day_as_for_thirty(
    world: World, django_assert_num_queries: DjangoAssertNumQueries, days: int
) -> None:
    for number in range(days):
        day = factories.a_week_ahead() + datetime.timedelta(days=number)
        factories.make_hours(office=world.hwk_office, police=world.police, officers=[world.pia], day=day)
    with django_assert_num_queries(4):
        assert find_times(partnership=world.partnership, search=search("plz=04668&tage=40")).offer.days
