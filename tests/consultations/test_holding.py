"""Choosing a time holds it for ten minutes, for one browser session."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from consultations import booking
from consultations.models import Appointment, Lane, OfficeHours
from consultations.offers import choice_value
from consultations.queries import free_times
from consultations.taking_time import SlotTaken
from tests import factories
from tests.consultations.steps import MINUTE, book, hold, run_out, start_of, state_of
from tests.personas import World

State = Appointment.State
DAY = datetime.timedelta(days=1)


def free_clocks(world: World, own: Appointment | None = None) -> list[datetime.datetime]:
    times = free_times(partnership=world.partnership, own_hold_id=own.pk if own else None)
    return [time.starts_at for time in times]


def test_a_time_is_held_for_ten_minutes(world: World) -> None:
    held = hold(world.hours)
    assert held.state == State.HELD
    assert held.starts_at == start_of(world.hours)
    assert held.held_until is not None
    assert 9.9 < (held.held_until - timezone.now()) / MINUTE <= 10


def test_nobody_else_gets_a_held_time(world: World) -> None:
    hold(world.hours)
    with pytest.raises(SlotTaken):
        hold(world.hours)
    assert start_of(world.hours) not in free_clocks(world)


def test_choosing_the_same_time_again_prolongs_it(world: World) -> None:
    held = hold(world.hours)
    run_out(held)
    again = hold(world.hours, held=held)
    assert again == held
    assert again.held_until is not None
    assert again.held_until > timezone.now() + 9 * MINUTE


def test_choosing_another_time_gives_up_the_first(world: World) -> None:
    held = hold(world.hours)
    again = hold(world.hours, 1, held=held)
    assert again == held
    assert again.starts_at == start_of(world.hours, 1)
    assert start_of(world.hours) in free_clocks(world)


def test_a_taken_time_leaves_what_was_held_before(world: World) -> None:
    held = hold(world.hours)
    book(world.hours, 1)
    with pytest.raises(SlotTaken):
        hold(world.hours, 1, held=held)
    held.refresh_from_db()
    assert (held.state, held.starts_at) == (State.HELD, start_of(world.hours))


def test_a_time_in_another_house_takes_the_hold_along(world: World) -> None:
    elsewhere = factories.make_hours(office=world.hwk_office, police=world.police, officers=[world.pia])
    held = hold(elsewhere, held=hold(world.hours))
    assert held.host == world.hwk
    assert Appointment.objects.count() == 1


def test_after_back_the_own_time_can_be_chosen_again(world: World) -> None:
    held = hold(world.hours)
    assert start_of(world.hours) in free_clocks(world, own=held)


def test_what_has_run_out_makes_room_at_once(world: World) -> None:
    old = hold(world.hours)
    run_out(old)
    new = hold(world.hours)
    assert state_of(old) == State.EXPIRED
    assert state_of(new) == State.HELD


def test_a_booking_that_nobody_confirmed_in_time_makes_room_at_once(world: World) -> None:
    booked = book(world.hours)
    run_out(booked)
    hold(world.hours)
    assert state_of(booked) == State.EXPIRED


def test_a_booking_is_not_taken_along_by_its_session(world: World) -> None:
    booked = book(world.hours)
    held = hold(world.hours, 1, held=booked)
    assert held != booked
    assert state_of(booked) == State.UNCONFIRMED


def test_two_officers_hold_two_talks_at_the_same_time(world: World) -> None:
    Lane.objects.create(hours=world.hours, officer=world.pia, number=2)
    first, second = hold(world.hours), hold(world.hours)
    assert first.lane != second.lane
    with pytest.raises(SlotTaken):
        hold(world.hours)


def test_a_lane_without_an_officer_takes_nobody(world: World) -> None:
    world.hours.lanes.update(officer=None)
    with pytest.raises(SlotTaken):
        hold(world.hours)


@pytest.mark.parametrize(
    "change",
    [
        {"state": OfficeHours.State.DRAFT},
        {"state": OfficeHours.State.AGREED},
        {"state": OfficeHours.State.CANCELLED},
        {"booking_closes_at": timezone.now() - MINUTE},
        {"booking_opens_at": timezone.now() + DAY},
    ],
)
def test_hours_that_are_not_open_take_nobody(world: World, change: dict[str, object]) -> None:
    OfficeHours.objects.filter(pk=world.hours.pk).update(**change)
    with pytest.raises(SlotTaken):
        hold(world.hours)


def test_hours_that_do_not_exist_take_nobody(world: World) -> None:
    with pytest.raises(SlotTaken):
        booking.hold(hours_id=world.hours.pk + 1000, starts_at=start_of(world.hours))


@pytest.mark.parametrize("off", [MINUTE, -DAY, 180 * MINUTE])
def test_only_the_times_of_the_day_can_be_held(world: World, off: datetime.timedelta) -> None:
    with pytest.raises(SlotTaken):
        booking.hold(hours_id=world.hours.pk, starts_at=start_of(world.hours) + off)


def test_a_time_that_has_begun_cannot_be_held(world: World) -> None:
    """The day has begun, booking is still open for its later times."""
    now = timezone.localtime()
    begun = factories.make_hours(
        office=world.office,
        police=world.police,
        officers=[world.pia],
        day=now.date() - DAY,
        booking_closes_at=timezone.now() + DAY,
    )
    with pytest.raises(SlotTaken):
        hold(begun)


def test_numbers_are_not_confused_on_the_telephone(world: World) -> None:
    reference = hold(world.hours).reference
    assert reference.startswith("G-")
    assert not set(reference[2:]) & set("01OIL")
    assert len(reference) == 8


def test_a_first_visitors_double_click_is_one_hold(world: World) -> None:
    first = booking.hold(hours_id=world.hours.pk, starts_at=world.hours.starts_at, held_by="ein Browser")
    second = booking.hold(hours_id=world.hours.pk, starts_at=world.hours.starts_at, held_by="ein Browser")
    assert second.pk == first.pk
    with pytest.raises(SlotTaken):
        booking.hold(hours_id=world.hours.pk, starts_at=world.hours.starts_at, held_by="ein anderer")


def test_both_requests_of_a_double_click_go_on(world: World) -> None:
    """Neither has a session yet; the form's cookie is all they share."""
    visitor = Client(enforce_csrf_checks=True)
    page = visitor.get("/beratung/")
    data = {
        "csrfmiddlewaretoken": page.context["csrf_token"],
        "zeit": choice_value(page.context["found"].times[0]),
    }
    answers = []
    for _click in range(2):
        visitor.cookies.pop("sitzung", None)
        answers.append(visitor.post("/beratung/waehlen/", data).status_code)
    assert answers == [302, 302]
    assert Appointment.objects.filter(state=State.HELD).count() == 1
