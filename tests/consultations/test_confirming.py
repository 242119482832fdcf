"""The firm's yes."""

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from consultations import booking, desk_booking
from consultations.access import appointment_behind
from consultations.expiry import expire_due
from consultations.models import Appointment, OfficeHours
from consultations.placing import TooLate
from consultations.taking_time import SlotTaken
from partnership.models import OutgoingMail, SecretLink
from tests import factories
from tests.consultations.steps import MINUTE, book, cancel_all, hold, last_act, run_out, state_of, token_in
from tests.personas import World

State = Appointment.State
Purpose = SecretLink.Purpose


def yes(appointment: Appointment) -> tuple[Appointment, str]:
    return booking.confirm(appointment_id=appointment.pk)


def set_start(appointment: Appointment, *, minutes_from_now: int) -> None:
    start = timezone.now() + minutes_from_now * MINUTE
    period = DateTimeTZRange(start, start + 45 * MINUTE)
    Appointment.objects.filter(pk=appointment.pk).update(period=period)


def test_confirming_makes_it_an_appointment_and_gives_a_link_to_manage_it(world: World) -> None:
    booked = book(world.hours)
    confirmed, token = yes(booked)
    assert (confirmed.state, state_of(booked)) == (State.CONFIRMED, State.CONFIRMED)
    assert confirmed.confirmed_at is not None
    assert appointment_behind(token, purpose=Purpose.MANAGE) == booked


def test_the_link_of_the_mail_leads_to_the_page_that_confirms(world: World) -> None:
    booked = book(world.hours)
    token = token_in(OutgoingMail.objects.get())
    assert appointment_behind(token, purpose=Purpose.CONFIRM) == booked
    assert appointment_behind(token, purpose=Purpose.MANAGE) is None


def test_links_end_a_day_after_the_appointment(world: World) -> None:
    confirmed, _token = yes(book(world.hours))
    ends = {link.expires_at - confirmed.ends_at for link in SecretLink.objects.all()}
    assert [end.total_seconds() for end in ends] == [24 * 3600]


def test_confirming_twice_changes_nothing(world: World) -> None:
    booked = book(world.hours)
    first, _token = yes(booked)
    again, token = yes(booked)
    assert token == ""
    assert again.confirmed_at == first.confirmed_at


def test_confirming_is_in_the_log_with_the_person_it_made(world: World) -> None:
    confirmed, _token = yes(book(world.hours))
    entry = last_act()
    assert (entry.act, entry.thing) == ("appointment.confirmed", confirmed)
    assert (entry.actor, entry.organisation) == (confirmed.person, world.ihk)


@pytest.mark.parametrize("scanned", [False, True])
def test_a_late_yes_counts_while_the_time_is_free(world: World, scanned: bool) -> None:
    booked = book(world.hours)
    run_out(booked)
    if scanned:
        expire_due()
    assert yes(booked)[0].state == State.CONFIRMED


def test_a_late_yes_to_a_time_that_is_taken_is_refused(world: World) -> None:
    booked = book(world.hours)
    run_out(booked)
    hold(world.hours)
    with pytest.raises(SlotTaken):
        yes(booked)
    assert state_of(booked) == State.EXPIRED


def test_of_two_bookings_of_one_time_one_is_confirmed(world: World) -> None:
    first = book(world.hours)
    run_out(first)
    second = book(world.hours, contact_email="bob@elektro.example")
    yes(second)
    with pytest.raises(SlotTaken):
        yes(first)


def test_a_booking_that_the_desk_has_cancelled_stays_cancelled(world: World) -> None:
    booked = book(world.hours)
    desk_booking.cancel_by_desk(appointment_id=booked.pk, reason="Krankheit", actor=world.bert)
    with pytest.raises(TooLate, match="abgesagt"):
        yes(booked)


def test_a_booking_of_cancelled_hours_stays_cancelled(world: World) -> None:
    booked = book(world.hours)
    cancel_all(world.hours, actor=world.bert)
    with pytest.raises(TooLate, match="abgesagt"):
        yes(booked)


def test_an_expired_booking_of_cancelled_hours_comes_too_late(world: World) -> None:
    expired = factories.make_appointment(hours=world.hours, state=State.EXPIRED)
    OfficeHours.objects.filter(pk=world.hours.pk).update(state=OfficeHours.State.CANCELLED)
    with pytest.raises(TooLate, match="nicht mehr bestätigt"):
        yes(expired)


def test_after_the_talk_has_begun_a_yes_comes_too_late(world: World) -> None:
    booked = book(world.hours)
    set_start(booked, minutes_from_now=-1)
    with pytest.raises(TooLate, match="nicht mehr bestätigt"):
        yes(booked)


def test_nobody_is_told_that_a_talk_was_cancelled_that_took_place(world: World) -> None:
    attended = factories.make_appointment(hours=world.hours, state=State.ATTENDED)
    set_start(attended, minutes_from_now=-60)
    with pytest.raises(TooLate, match="nicht mehr bestätigt"):
        yes(attended)


def test_shortly_before_the_talk_a_yes_still_counts(world: World) -> None:
    booked = book(world.hours)
    set_start(booked, minutes_from_now=5)
    assert yes(booked)[0].state == State.CONFIRMED
