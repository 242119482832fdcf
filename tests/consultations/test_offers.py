"""The page of free times, laid out as ready strings."""

import datetime
from typing import Any

import pytest
from django.utils import translation

from consultations.models import OfficeHours
from consultations.nearness import near_offices
from consultations.offers import Offer, choice_value, lay_out, place_of, read_choice
from consultations.queries import FreeTime, bookable_offices, free_times
from partnership.models import Office, Room
from tests import factories
from tests.consultations.steps import start_of
from tests.personas import World

DAY = datetime.timedelta(days=1)
MARCH = datetime.date(2027, 3, 2)
NOW = datetime.datetime(2027, 3, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture
def march(world: World) -> OfficeHours:
    """Tuesday, 2 March 2027, in Leipzig, and nothing else."""
    OfficeHours.objects.update(state=OfficeHours.State.DRAFT)
    return factories.make_hours(office=world.hwk_office, police=world.police, officers=[world.pia], day=MARCH)


def offer(world: World, **asked: Any) -> Offer:
    near = near_offices(bookable_offices(world.partnership), "")
    times = free_times(partnership=world.partnership, now=NOW)
    given: dict[str, Any] = {"office_ids": [n.office.pk for n in near]}
    return lay_out(times, near=near, **given | asked)


def test_a_day_names_its_houses_and_times(world: World, march: OfficeHours) -> None:
    day = offer(world).days[0]
    assert (day.title, day.count) == ("Dienstag, 2. März 2027", "4 frei")
    assert [house.name for house in day.houses] == ["HWK Leipzig"]
    button = day.houses[0].times[0]
    assert (button.clock, button.rest) == ("9:00 Uhr", ", Dienstag, 2. März 2027, HWK Leipzig")


def test_in_english(world: World, march: OfficeHours) -> None:
    with translation.override("en"):
        day = offer(world).days[0]
    assert day.title == "Tuesday, 2 March 2027"
    assert day.houses[0].times[0].clock == "9:00"


def test_a_button_posts_what_is_read_back(world: World, march: OfficeHours) -> None:
    value = offer(world).days[0].houses[0].times[0].value
    assert value == f"{march.pk}@2027-03-02T08:00:00Z"
    assert read_choice(value) == (march.pk, start_of(march))


@pytest.mark.parametrize(
    "value",
    [
        "",
        "1",
        "@",
        "1@",
        "a@2027-03-02T08:00:00Z",
        "1@gestern",
        "1@2027-03-02T08:00:00",
        "0@2027-03-02T08:00:00Z",
        f"{2**63}@2027-03-02T08:00:00Z",
        "-1@2027-03-02T08:00:00Z",
        "1@2027-03-02",
        "1@9999-12-31T23:30:00Z",
        "1@0001-01-01T00:00:00Z",
    ],
)
def test_what_is_no_button_of_ours_is_no_choice(value: str) -> None:
    assert read_choice(value) is None


def test_the_first_days_with_a_time_are_shown_and_the_rest_on_request(
    world: World, march: OfficeHours
) -> None:
    for number in (1, 3, 9):
        factories.make_hours(
            office=world.hwk_office, police=world.police, officers=[world.pia], day=MARCH + number * DAY
        )
    found = offer(world, days=3)
    assert [day.anchor for day in found.days] == ["tag-2027-03-02", "tag-2027-03-03", "tag-2027-03-05"]
    assert found.has_more
    assert found.last_anchor == "tag-2027-03-05"
    assert not offer(world, days=4).has_more


def test_only_the_chosen_offices_are_shown_and_all_are_counted(world: World, march: OfficeHours) -> None:
    factories.make_hours(office=world.office, police=world.police, officers=[world.paula], day=MARCH)
    found = offer(world, office_ids=[world.office.pk])
    assert [house.name for house in found.days[0].houses] == [world.office.name]
    assert found.counts == {world.office.pk: 4, world.hwk_office.pk: 4}


def test_the_heading_counts_what_is_shown(world: World, march: OfficeHours) -> None:
    assert offer(world).heading == "4 freie Zeiten am 2. März"
    assert offer(world, office_ids=[]).heading == "Keine freie Zeit gefunden"


def test_the_earliest_time_comes_first_by_itself(world: World, march: OfficeHours) -> None:
    first = offer(world).first
    assert first is not None
    assert (first.when, first.place) == ("Dienstag, 2. März 2027, 9:00 Uhr", "HWK Leipzig, 45 Minuten")


def test_a_time_that_a_link_has_named_comes_first(world: World, march: OfficeHours) -> None:
    found = offer(world, choice=(march.pk, start_of(march, 2)))
    assert found.first is not None
    assert found.first_is_choice
    assert found.first.value == choice_value(FreeTime(march, *(start_of(march, 2),) * 2))


def test_a_time_that_is_gone_is_not_named_first(world: World, march: OfficeHours) -> None:
    factories.make_appointment(hours=march, index=2)
    assert not offer(world, choice=(march.pk, start_of(march, 2))).first_is_choice


def test_without_a_time_there_is_nothing_to_offer(world: World) -> None:
    OfficeHours.objects.update(state=OfficeHours.State.DRAFT)
    found = offer(world)
    assert (found.days, found.first, found.has_more, found.last_anchor) == ([], None, False, "")


@pytest.mark.parametrize("day", [datetime.date(2027, 3, 28), datetime.date(2027, 10, 31)])
def test_buttons_show_the_wall_clock_on_the_days_when_clocks_change(world: World, day: datetime.date) -> None:
    hours = factories.make_hours(office=world.hwk_office, police=world.police, officers=[world.pia], day=day)
    times = free_times(partnership=world.partnership, now=hours.starts_at - DAY)
    buttons = lay_out(times, near=[], office_ids=[world.hwk_office.pk]).days[0].houses[0].times
    assert [button.clock for button in buttons] == ["9:00 Uhr", "9:45 Uhr", "10:30 Uhr", "11:15 Uhr"]
    assert read_choice(buttons[0].value) == (hours.pk, hours.starts_at)


@pytest.mark.parametrize(
    ("building", "room", "office_free", "room_free", "place"),
    [
        ("Haus A", "Raum 1", True, True, "Haus A, Raum 1"),
        ("", "", True, True, "Musterweg 3"),
        ("", "Raum 1", True, False, "Musterweg 3, Raum 1, nicht stufenlos"),
        ("Haus A", "", False, True, "Haus A, nicht stufenlos"),
    ],
)
def test_a_place_says_what_matters_to_whoever_cannot_take_stairs(
    building: str, room: str, office_free: bool, room_free: bool, place: str
) -> None:
    office = Office(building=building, street="Musterweg 3", step_free=office_free)
    hours = OfficeHours(office=office, room=Room(name=room, step_free=room_free) if room else None)
    assert place_of(hours) == place
