"""Which times are proposed for a visit, and why those."""

import datetime

import pytest
from django.utils import timezone

from consultations.absences import plan_absence
from consultations.claims import claim_time
from consultations.models import Claim, TravelPlan, VisitRequest
from consultations.visits.officer_days import days_of
from consultations.visits.proposals import DayProposed, propose
from partnership.times import at_wall_time, berlin
from partnership.working_days import is_working_day, next_working_day
from tests import factories
from tests.consultations import planning_steps as steps
from tests.personas import World

HALF = datetime.timedelta(minutes=30)


@pytest.fixture
def request_(world: World) -> VisitRequest:
    steps.make_station(world)
    return steps.taken(world)


def proposed(world: World, request: VisitRequest, **options: bool) -> list[DayProposed]:
    return propose(request=request, officer=world.pia, now=timezone.now(), **options)


def tomorrow() -> datetime.date:
    return next_working_day(timezone.localdate())


def clocks(day: DayProposed) -> list[str]:
    return [berlin(fit.period.lower).strftime("%H:%M") for fit in day.fits]


def test_a_free_day_is_proposed_from_its_first_minute_to_its_last(
    world: World, request_: VisitRequest
) -> None:
    """Leave at 8, 45 minutes, 10 to arrive; back before 17."""
    first = proposed(world, request_)[0]
    assert (first.day, clocks(first)) == (tomorrow(), ["09:00", "14:30"])
    fit = first.fits[0]
    assert (fit.before.minutes, fit.after.minutes, fit.detour_km) == (45, 45, 70)


def test_starts_are_on_quarter_hours_of_working_days(world: World, request_: VisitRequest) -> None:
    for day in proposed(world, request_):
        assert is_working_day(day.day)
        assert all(berlin(fit.period.lower).minute % 15 == 0 for fit in day.fits)
        assert all(fit.is_good for fit in day.fits)


def test_what_the_officer_has_to_do_is_left_alone(world: World, request_: VisitRequest) -> None:
    start = at_wall_time(tomorrow(), datetime.time(8))
    end = start + datetime.timedelta(hours=5)
    claim_time(kind=Claim.Kind.ABSENCE, starts_at=start, ends_at=end, officer=world.pia)
    first = next(day for day in proposed(world, request_) if day.day == tomorrow())
    assert all(fit.blocked.lower >= end for fit in first.fits)


def test_an_absent_officer_has_no_times(world: World, request_: VisitRequest) -> None:
    plan_absence(
        officer=world.pia,
        starts_at=timezone.now() + datetime.timedelta(minutes=1),
        ends_at=timezone.now() + datetime.timedelta(days=60),
        actor=world.pia,
    )
    assert proposed(world, request_) == []


def test_days_near_come_first_and_say_why(world: World, request_: VisitRequest) -> None:
    day = next_working_day(next_working_day(tomorrow()))
    steps.stand(world, "10:00", day=day, city="Grimma")
    first = proposed(world, request_)[0]
    assert (first.day, first.near) == (day, "Grimma")
    assert min(fit.detour_km for fit in first.fits) <= 6


def test_office_hours_have_a_place_too(world: World, request_: VisitRequest) -> None:
    """In the house in Grimma all morning: the way from there is short."""
    house = factories.make_office(
        world.hwk, name="HWK Grimma", city="Grimma", latitude=51.2386, longitude=12.7253
    )
    day = next_working_day(tomorrow())
    hours = factories.make_hours(
        office=house, police=world.police, officers=[world.pia], partnership=world.partnership, day=day
    )
    first = proposed(world, request_)[0]
    assert (first.day, first.near) == (day, "Grimma")
    assert all(fit.period.lower >= hours.ends_at or fit.period.upper <= hours.starts_at for fit in first.fits)


def test_offered_times_of_the_same_request_are_no_place(world: World) -> None:
    steps.make_station(world)
    request = steps.taken(world)
    steps.offer(world, "09:30", request=request)
    day = days_of(world.pia, [steps.a_day()], plan=TravelPlan(police=world.police))[steps.a_day()]
    fit = day.fit(request, steps.at("14:00"))
    assert fit.coming_from == "Leipzig"


def test_wishes_are_heeded_unless_one_looks_past_them(world: World, request_: VisitRequest) -> None:
    request_.weekdays, request_.part_of_day = [1], "afternoon"
    days = proposed(world, request_)
    assert {day.day.weekday() for day in days} == {1}
    assert all(berlin(fit.period.lower).hour >= 12 for day in days for fit in day.fits)
    assert len(proposed(world, request_, heeds_wishes=False)) == 15


def test_the_firms_first_day_is_heeded(world: World, request_: VisitRequest) -> None:
    request_.not_before = steps.a_day(3)
    assert min(day.day for day in proposed(world, request_)) == steps.a_day(3)


def test_holidays_are_no_days(world: World, request_: VisitRequest) -> None:
    request_.not_before = datetime.date(2027, 5, 5)
    days = [day.day for day in proposed(world, request_)]
    assert datetime.date(2027, 5, 6) not in days  # Ascension Day
    assert datetime.date(2027, 5, 7) in days


def test_a_place_too_far_for_a_day_is_not_proposed(world: World) -> None:
    steps.make_station(world)
    TravelPlan.objects.create(police=world.police, day_from=datetime.time(10), day_to=datetime.time(15))
    request = steps.taken(world, **steps.FAR)
    assert proposed(world, request) == []


def test_a_request_without_coordinates_is_proposed_all_the_same(world: World) -> None:
    request = steps.taken(world, latitude=None, longitude=None)
    fit = proposed(world, request)[0].fits[0]
    assert (fit.before.minutes, fit.after.minutes) == (30, 30)


def test_the_number_of_statements_does_not_grow(
    world: World, request_: VisitRequest, django_assert_num_queries: object
) -> None:
    for number in range(1, 7):
        steps.stand(world, "10:00", day=steps.a_day(number))
    with django_assert_num_queries(3):  # type: ignore[operator]
        proposed(world, request_)
