"""Cancelling: the firm until its deadline, the desk until the talk begins."""

import datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from consultations import booking, desk_booking
from consultations.access import appointment_behind
from consultations.models import Appointment
from consultations.placing import TooLate
from consultations.queries import free_times
from partnership.models import OutgoingMail, SecretLink
from tests import factories
from tests.consultations.steps import MINUTE, book, confirm, last_act, start_of, token_in
from tests.personas import World

State = Appointment.State
By = Appointment.CancelledBy
HOUR = datetime.timedelta(hours=1)


def by_firm(appointment: Appointment) -> Appointment:
    return booking.cancel_by_firm(appointment_id=appointment.pk)


def by_desk(appointment: Appointment, world: World) -> Appointment:
    return desk_booking.cancel_by_desk(appointment_id=appointment.pk, reason="Krankheit", actor=world.bert)


def begin_in(appointment: Appointment, wait: datetime.timedelta) -> None:
    start = timezone.now() + wait
    period = DateTimeTZRange(start, start + 45 * MINUTE)
    Appointment.objects.filter(pk=appointment.pk).update(period=period)


def test_a_firm_cancels_and_its_time_is_free(world: World) -> None:
    cancelled = by_firm(confirm(world.hours))
    cancelled.refresh_from_db()
    assert (cancelled.state, cancelled.cancelled_by) == (State.CANCELLED, By.FIRM)
    assert start_of(world.hours) in [t.starts_at for t in free_times(partnership=world.partnership)]


def test_the_calendar_sequence_rises_so_that_calendars_take_it_out(world: World) -> None:
    assert by_firm(confirm(world.hours)).calendar_sequence == 1


def test_cancelling_twice_changes_nothing(world: World) -> None:
    appointment = confirm(world.hours)
    by_firm(appointment)
    assert by_firm(appointment).calendar_sequence == 1


def test_the_page_behind_the_link_stays_to_say_that_it_is_cancelled(world: World) -> None:
    appointment = confirm(world.hours)
    token = token_in(OutgoingMail.objects.get(kind="booking_confirmed"))
    by_firm(appointment)
    assert appointment_behind(token, purpose=SecretLink.Purpose.MANAGE) == appointment


def test_after_the_deadline_the_firm_is_told_whom_to_call(world: World) -> None:
    appointment = confirm(world.hours)
    begin_in(appointment, 23 * HOUR)
    with pytest.raises(TooLate, match=world.office.phone):
        by_firm(appointment)


def test_the_deadline_is_the_partnerships(world: World) -> None:
    world.partnership.change_deadline_hours = 2
    world.partnership.save()
    appointment = confirm(world.hours)
    begin_in(appointment, 3 * HOUR)
    assert by_firm(appointment).state == State.CANCELLED


@pytest.mark.parametrize("state", [State.EXPIRED, State.ATTENDED, State.MISSED])
def test_what_does_not_stand_any_more_cannot_be_cancelled(world: World, state: State) -> None:
    gone = factories.make_appointment(hours=world.hours, state=state)
    with pytest.raises(TooLate, match="steht nicht mehr an"):
        by_firm(gone)
    with pytest.raises(TooLate, match="steht nicht mehr an"):
        by_desk(gone, world)


def test_the_desk_cancels_with_a_reason_until_the_talk_begins(world: World) -> None:
    appointment = confirm(world.hours)
    begin_in(appointment, 5 * MINUTE)
    cancelled = by_desk(appointment, world)
    assert (cancelled.cancelled_by, cancelled.cancel_reason) == (By.DESK, "Krankheit")


def test_after_the_talk_has_begun_the_desk_cannot_cancel(world: World) -> None:
    appointment = confirm(world.hours)
    begin_in(appointment, -MINUTE)
    with pytest.raises(TooLate, match="schon begonnen"):
        by_desk(appointment, world)


def test_the_desk_cancels_what_is_not_confirmed_yet(world: World) -> None:
    assert by_desk(book(world.hours), world).state == State.CANCELLED


def test_a_cancellation_is_in_the_log_with_who_it_was(world: World) -> None:
    appointment = confirm(world.hours)
    by_desk(appointment, world)
    entry = last_act()
    assert (entry.act, entry.actor, entry.organisation) == ("appointment.cancelled", world.bert, world.ihk)
    assert entry.detail == {"by": "desk"}


def test_the_firms_own_cancellation_is_the_persons(world: World) -> None:
    appointment = by_firm(confirm(world.hours))
    assert last_act().actor == appointment.person
