"""Moving gives up the old time only with the new one taken."""

import datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from consultations import booking
from consultations.access import appointment_behind
from consultations.models import Appointment, Lane, OfficeHours
from consultations.placing import TooLate
from consultations.queries import free_times
from consultations.taking_time import SlotTaken
from partnership.models import OutgoingMail, SecretLink
from partnership.refusals import Refusal
from tests import factories
from tests.consultations.steps import (
    MINUTE,
    book,
    confirm,
    hold,
    last_act,
    move,
    run_out,
    start_of,
    state_of,
    token_in,
)
from tests.personas import World

State = Appointment.State
MANAGE = SecretLink.Purpose.MANAGE


@pytest.fixture
def appointment(world: World) -> Appointment:
    return confirm(world.hours)


@pytest.fixture
def elsewhere(world: World) -> OfficeHours:
    return factories.make_hours(office=world.hwk_office, police=world.police, officers=[world.pia])


def stands_at(appointment: Appointment, hours: OfficeHours, index: int) -> bool:
    now = Appointment.objects.select_related("lane").get(pk=appointment.pk)
    assert now.lane is not None
    return (now.state, now.lane.hours_id, now.starts_at) == (
        State.CONFIRMED,
        hours.pk,
        start_of(hours, index),
    )


def test_the_new_time_is_taken_and_the_old_one_free(world: World, appointment: Appointment) -> None:
    move(appointment, world.hours, 2)
    assert stands_at(appointment, world.hours, 2)
    free = [time.starts_at for time in free_times(partnership=world.partnership)]
    assert start_of(world.hours, 0) in free
    assert start_of(world.hours, 2) not in free


def test_moving_to_another_house_changes_the_host(appointment: Appointment, elsewhere: OfficeHours) -> None:
    moved = move(appointment, elsewhere)
    moved.refresh_from_db()
    assert stands_at(appointment, elsewhere, 0)
    assert (moved.host, moved.reference) == (elsewhere.office.organisation, appointment.reference)


def test_the_calendar_sequence_rises_with_every_move(world: World, appointment: Appointment) -> None:
    sequences = [move(appointment, world.hours, index).calendar_sequence for index in (1, 2, 3)]
    assert sequences == [1, 2, 3]


def test_earlier_links_end_and_the_new_one_opens(world: World, appointment: Appointment) -> None:
    earlier = token_in(OutgoingMail.objects.get(kind="booking_confirmed"))
    moved, token = booking.move(
        appointment_id=appointment.pk, hours_id=world.hours.pk, starts_at=start_of(world.hours, 1)
    )
    assert appointment_behind(earlier, purpose=MANAGE) is None
    assert appointment_behind(token, purpose=MANAGE) == moved
    assert SecretLink.objects.get().expires_at == moved.ends_at + datetime.timedelta(days=1)


def test_a_taken_time_leaves_the_old_one_with_everything_that_belongs_to_it(
    world: World, appointment: Appointment
) -> None:
    token = token_in(OutgoingMail.objects.get(kind="booking_confirmed"))
    book(world.hours, 1, contact_email="bob@elektro.example")
    with pytest.raises(SlotTaken):
        move(appointment, world.hours, 1)
    assert stands_at(appointment, world.hours, 0)
    appointment.refresh_from_db()
    assert appointment.calendar_sequence == 0
    assert appointment_behind(token, purpose=MANAGE) == appointment


def test_a_time_whose_hold_has_run_out_can_be_moved_to(world: World, appointment: Appointment) -> None:
    held = hold(world.hours, 1)
    run_out(held)
    move(appointment, world.hours, 1)
    assert state_of(held) == State.EXPIRED


def test_a_time_held_by_somebody_cannot_be_moved_to(world: World, appointment: Appointment) -> None:
    hold(world.hours, 1)
    with pytest.raises(SlotTaken):
        move(appointment, world.hours, 1)


def test_the_own_time_is_no_move(world: World, appointment: Appointment) -> None:
    with pytest.raises(Refusal, match="schon Ihre Zeit"):
        move(appointment, world.hours, 0)


def test_the_same_clock_in_another_house_is_a_move(
    world: World, appointment: Appointment, elsewhere: OfficeHours
) -> None:
    assert start_of(elsewhere) == start_of(world.hours)
    move(appointment, elsewhere, 0)
    assert stands_at(appointment, elsewhere, 0)


def test_moving_back_into_a_day_with_two_officers_finds_the_free_lane(
    world: World, appointment: Appointment
) -> None:
    second = Lane.objects.create(hours=world.hours, officer=world.pia, number=2)
    factories.make_appointment(hours=world.hours, index=1)
    assert move(appointment, world.hours, 1).lane == second


@pytest.mark.parametrize(
    "change",
    [{"state": OfficeHours.State.CANCELLED}, {"booking_closes_at": timezone.now() - MINUTE}],
)
def test_hours_that_are_not_open_cannot_be_moved_to(
    appointment: Appointment, elsewhere: OfficeHours, change: dict[str, object]
) -> None:
    OfficeHours.objects.filter(pk=elsewhere.pk).update(**change)
    with pytest.raises(SlotTaken):
        move(appointment, elsewhere)


def test_hours_that_do_not_exist_cannot_be_moved_to(world: World, appointment: Appointment) -> None:
    with pytest.raises(SlotTaken):
        booking.move(
            appointment_id=appointment.pk, hours_id=world.hours.pk + 1000, starts_at=start_of(world.hours, 1)
        )


def test_hours_of_another_partnership_cannot_be_moved_to(world: World, appointment: Appointment) -> None:
    """Its sender, its privacy notice and the entry in calendars belong to one partnership."""
    other = factories.make_partnership()
    office = factories.make_office(factories.make_chamber(other))
    hours = factories.make_hours(
        office=office, police=factories.make_police(other), officers=[world.pia], partnership=other
    )
    with pytest.raises(SlotTaken):
        move(appointment, hours)


@pytest.mark.parametrize("state", [State.CANCELLED, State.EXPIRED, State.ATTENDED, State.MISSED])
def test_what_does_not_stand_any_more_cannot_be_moved(world: World, state: State) -> None:
    gone = factories.make_appointment(hours=world.hours, state=state)
    with pytest.raises(TooLate, match="steht nicht mehr an"):
        move(gone, world.hours, 1)


def test_after_the_deadline_the_firm_is_told_whom_to_call(world: World, appointment: Appointment) -> None:
    start = timezone.now() + datetime.timedelta(hours=23)
    period = DateTimeTZRange(start, start + 45 * MINUTE)
    Appointment.objects.filter(pk=appointment.pk).update(period=period)
    with pytest.raises(TooLate, match=world.office.phone):
        move(appointment, world.hours, 1)


def test_a_move_is_in_the_log_with_both_times(world: World, appointment: Appointment) -> None:
    move(appointment, world.hours, 1)
    entry = last_act()
    assert (entry.act, entry.actor) == ("appointment.moved", appointment.person)
    assert entry.detail["from"].endswith("9:00 Uhr")
    assert entry.detail["to"].endswith("9:45 Uhr")
