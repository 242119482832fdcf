"""What runs out makes room; old holds go."""

import datetime

from django.utils import timezone

from consultations import tasks
from consultations.expiry import delete_old_holds, expire_due
from consultations.models import Appointment
from partnership.models import LogEntry
from tests import factories
from tests.consultations.steps import MINUTE, book, confirm, hold, last_act, run_out, state_of
from tests.personas import World

State = Appointment.State
DAY = datetime.timedelta(days=1)


def test_the_scan_expires_what_has_run_out_and_nothing_else(world: World) -> None:
    old_hold, hold_in_time = hold(world.hours, 0), hold(world.hours, 1)
    old_booking, confirmed = book(world.hours, 2), confirm(world.hours, 3)
    run_out(old_hold)
    run_out(old_booking)
    assert expire_due() == 2
    assert state_of(old_hold) == state_of(old_booking) == State.EXPIRED
    assert (state_of(hold_in_time), state_of(confirmed)) == (State.HELD, State.CONFIRMED)


def test_the_scan_goes_through_all_houses(world: World) -> None:
    elsewhere = factories.make_hours(office=world.hwk_office, police=world.police, officers=[world.pia])
    appointments = [hold(world.hours), hold(elsewhere)]
    assert expire_due(now=timezone.now() + 11 * MINUTE) == 2
    assert {state_of(appointment) for appointment in appointments} == {State.EXPIRED}


def test_a_second_scan_finds_nothing(world: World) -> None:
    run_out(hold(world.hours))
    assert [expire_due(), expire_due()] == [1, 0]


def test_a_booking_that_expired_is_in_the_log_and_a_hold_is_not(world: World) -> None:
    booked, held = book(world.hours), hold(world.hours, 1)
    entries = LogEntry.objects.count()
    run_out(booked)
    run_out(held)
    expire_due()
    assert (last_act().act, last_act().thing) == ("appointment.expired", booked)
    assert LogEntry.objects.count() == entries + 1


def test_a_confirmed_appointment_never_expires(world: World) -> None:
    confirmed = confirm(world.hours)
    expire_due(now=timezone.now() + 300 * DAY)
    assert state_of(confirmed) == State.CONFIRMED


def test_holds_that_expired_a_day_ago_are_deleted(world: World) -> None:
    held = hold(world.hours)
    expire_due(now=timezone.now() + 11 * MINUTE)
    assert delete_old_holds() == 0
    assert delete_old_holds(now=timezone.now() + DAY + 11 * MINUTE) == 1
    assert not Appointment.objects.filter(pk=held.pk).exists()


def test_a_booking_that_expired_is_not_deleted_with_them(world: World) -> None:
    booked = book(world.hours)
    run_out(booked)
    expire_due()
    assert delete_old_holds(now=timezone.now() + 300 * DAY) == 0


def test_the_schedule_runs_both(world: World) -> None:
    held = hold(world.hours)
    run_out(held)
    tasks.expire_due()
    assert state_of(held) == State.EXPIRED
    Appointment.objects.filter(pk=held.pk).update(held_until=timezone.now() - 2 * DAY)
    tasks.delete_old_holds()
    assert not Appointment.objects.exists()
