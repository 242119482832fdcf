"""What the public can book now."""

import datetime
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from consultations.models import Appointment, Lane, Language, OfficeHours, Topic
from consultations.queries import free_times, nearest_times
from partnership.times import clock
from tests import factories
from tests.consultations.steps import MINUTE, book, confirm, hold, run_out
from tests.personas import World

State = Appointment.State
DAY = datetime.timedelta(days=1)


def clocks(world: World, **asked: Any) -> list[str]:
    return [clock(time.starts_at) for time in free_times(partnership=world.partnership, **asked)]


@pytest.fixture
def elsewhere(world: World) -> OfficeHours:
    return factories.make_hours(
        office=world.hwk_office,
        police=world.police,
        officers=[world.pia],
        starts=datetime.time(8),
        ends=datetime.time(9, 30),
        topics=[Topic.CYBER],
        languages=[Language.POLISH],
    )


def test_all_times_of_public_hours_earliest_first(world: World, elsewhere: OfficeHours) -> None:
    assert clocks(world) == ["8:00", "8:45", "9:00", "9:45", "10:30", "11:15"]


@pytest.mark.parametrize("state", [State.HELD, State.UNCONFIRMED, State.CONFIRMED, State.ATTENDED])
def test_a_taken_time_is_not_offered(world: World, state: State) -> None:
    factories.make_appointment(hours=world.hours, state=state, index=1)
    assert clocks(world) == ["9:00", "10:30", "11:15"]


@pytest.mark.parametrize("state", [State.CANCELLED, State.EXPIRED, State.MISSED])
def test_a_time_given_back_is_offered_again(world: World, state: State) -> None:
    factories.make_appointment(hours=world.hours, state=state, index=1)
    assert "9:45" in clocks(world)


def test_what_has_run_out_is_offered_without_waiting_for_the_scan(world: World) -> None:
    held, booked = hold(world.hours, 0), book(world.hours, 1)
    run_out(held)
    run_out(booked)
    assert len(clocks(world)) == 4


def test_the_own_hold_is_offered_and_no_other(world: World) -> None:
    own = hold(world.hours, 0)
    hold(world.hours, 1)
    confirm(world.hours, 2)
    assert clocks(world, own_hold_id=own.pk) == ["9:00", "11:15"]


def test_several_free_officers_make_one_time(world: World) -> None:
    Lane.objects.create(hours=world.hours, officer=world.pia, number=2)
    assert len(clocks(world)) == 4
    confirm(world.hours)
    assert len(clocks(world)) == 4
    confirm(world.hours, contact_email="bob@elektro.example")
    assert len(clocks(world)) == 3


def test_a_lane_without_an_officer_is_not_offered(world: World) -> None:
    world.hours.lanes.update(officer=None)
    assert clocks(world) == []


@pytest.mark.parametrize("state", [OfficeHours.State.DRAFT, OfficeHours.State.AGREED])
def test_hours_that_are_not_public_are_not_offered(world: World, state: str) -> None:
    OfficeHours.objects.update(state=state)
    assert clocks(world) == []


def test_times_are_offered_while_booking_is_open(world: World) -> None:
    opens, closes = timezone.now() - DAY, timezone.now() + DAY
    OfficeHours.objects.update(booking_opens_at=opens, booking_closes_at=closes)
    assert clocks(world, now=opens - MINUTE) == clocks(world, now=closes) == []
    assert len(clocks(world, now=opens)) == 4


def test_times_that_have_begun_are_not_offered(world: World) -> None:
    OfficeHours.objects.update(booking_closes_at=world.hours.ends_at)
    assert clocks(world, now=world.hours.starts_at + 45 * MINUTE) == ["10:30", "11:15"]


def test_filters_by_topic_language_house_and_last_day(world: World, elsewhere: OfficeHours) -> None:
    assert clocks(world, language=Language.POLISH) == ["8:00", "8:45"]
    assert clocks(world, topic=Topic.BURGLARY) == ["9:00", "9:45", "10:30", "11:15"]
    assert clocks(world, office_ids=[world.hwk_office.pk]) == ["8:00", "8:45"]
    assert clocks(world, until=world.hours.day - DAY) == []


def test_partnerships_do_not_mix(world: World) -> None:
    assert free_times(partnership=factories.make_partnership()) == []


@pytest.mark.parametrize("day", [datetime.date(2027, 3, 28), datetime.date(2027, 10, 31)])
def test_wall_clock_times_on_the_days_when_clocks_change(world: World, day: datetime.date) -> None:
    factories.make_hours(office=world.hwk_office, police=world.police, officers=[world.pia], day=day)
    now = datetime.datetime.combine(day - DAY, datetime.time(12), tzinfo=datetime.UTC)
    found = clocks(world, now=now, office_ids=[world.hwk_office.pk])
    assert found == ["9:00", "9:45", "10:30", "11:15"]


@pytest.mark.parametrize("days", [1, 30])
def test_as_many_statements_for_one_day_as_for_thirty(
    world: World, django_assert_num_queries: DjangoAssertNumQueries, days: int
) -> None:
    for number in range(days):
        day = factories.a_week_ahead() + number * DAY
        factories.make_hours(office=world.hwk_office, police=world.police, officers=[world.pia], day=day)
    with django_assert_num_queries(2):
        times = free_times(partnership=world.partnership)
        assert {time.hours.office.city for time in times} == {"Grimma", "Leipzig"}


def test_near_times_are_of_the_same_house_first_then_near_in_time(
    world: World, elsewhere: OfficeHours
) -> None:
    times = free_times(partnership=world.partnership)
    lost = world.hours.starts_at
    assert [clock(t.starts_at) for t in nearest_times(times, to=lost, office=world.office)] == [
        "9:00",
        "9:45",
        "10:30",
        "11:15",
    ]
    near = nearest_times(times, to=lost, office=world.hwk_office, count=3)
    assert [(clock(t.starts_at), t.hours.office.city) for t in near] == [
        ("8:00", "Leipzig"),
        ("8:45", "Leipzig"),
        ("9:00", "Grimma"),
    ]


def test_without_free_times_none_is_near(world: World) -> None:
    assert nearest_times([], to=timezone.now(), office=world.office) == []
