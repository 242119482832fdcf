"""From a held time to a booking that waits for its confirmation."""

import datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from consultations import booking
from consultations.booking import HoldLost
from consultations.expiry import expire_due
from consultations.models import Appointment, OfficeHours
from consultations.placing import TooLate
from consultations.taking_time import SlotTaken
from partnership.models import OutgoingMail
from partnership.refusals import Refusal
from tests import factories
from tests.consultations.steps import MINUTE, book, confirm, details, hold, last_act, run_out, state_of
from tests.personas import World

State = Appointment.State


def book_held(held: Appointment, hours: OfficeHours, **changes: object) -> Appointment:
    return booking.book(held_id=held.pk, hours_id=hours.pk, details=details(**changes))


def test_a_booking_waits_for_its_confirmation(world: World) -> None:
    held = hold(world.hours)
    booked = book_held(held, world.hours, contact_email=" Alice@Tischlerei.Example ", page_language="en")
    booked.refresh_from_db()
    assert booked == held
    assert (booked.state, booked.held_until) == (State.UNCONFIRMED, None)
    assert booked.confirm_by is not None
    assert (booked.firm_name, booked.contact_email) == ("Tischlerei Muster", "alice@tischlerei.example")
    assert (booked.partnership, booked.host, booked.police) == (world.partnership, world.ihk, world.police)


def test_what_is_confided_stands_apart_from_what_the_chamber_reads(world: World) -> None:
    booked = book(world.hours, note="Der Hof ist dunkel", topic="burglary", accessibility_need="stufenlos")
    assert booked.concern.note == "Der Hof ist dunkel"
    assert (booked.concern.topic, booked.concern.accessibility_need) == ("burglary", "stufenlos")
    assert "Der Hof" not in str([getattr(booked, f.attname) for f in booked._meta.concrete_fields])


def test_chamber_and_number_are_kept_as_given(world: World) -> None:
    booked = book(world.hours, chamber=world.hwk, membership_number="4711")
    assert (booked.chamber, booked.membership_number) == (world.hwk, "4711")
    assert booked.host == world.ihk


def test_booking_is_in_the_log_of_the_host(world: World) -> None:
    booked = book(world.hours)
    entry = last_act()
    assert (entry.act, entry.thing, entry.organisation) == ("appointment.booked", booked, world.ihk)


def test_a_hold_that_ran_out_still_counts_while_nobody_else_came(world: World) -> None:
    held = hold(world.hours)
    run_out(held)
    assert book_held(held, world.hours).state == State.UNCONFIRMED


def test_even_after_the_scan_it_counts_while_the_time_is_free(world: World) -> None:
    held = hold(world.hours)
    run_out(held)
    expire_due()
    assert book_held(held, world.hours).state == State.UNCONFIRMED


def test_a_time_taken_meanwhile_is_gone(world: World) -> None:
    held = hold(world.hours)
    run_out(held)
    hold(world.hours)
    with pytest.raises(SlotTaken):
        book_held(held, world.hours)
    assert state_of(held) == State.EXPIRED


def test_a_double_click_books_once(world: World) -> None:
    held = hold(world.hours)
    book_held(held, world.hours)
    with pytest.raises(HoldLost):
        book_held(held, world.hours)
    assert Appointment.objects.count() == OutgoingMail.objects.count() == 1


def test_without_a_hold_there_is_nothing_to_book(world: World) -> None:
    with pytest.raises(HoldLost):
        booking.book(held_id=0, hours_id=world.hours.pk, details=details())


def test_a_hold_is_booked_only_in_its_own_hours(world: World) -> None:
    elsewhere = factories.make_hours(office=world.hwk_office, police=world.police, officers=[world.pia])
    with pytest.raises(HoldLost):
        book_held(hold(world.hours), elsewhere)


def test_somebody_elses_expired_booking_is_no_hold(world: World) -> None:
    expired = factories.make_appointment(hours=world.hours, state=State.EXPIRED)
    with pytest.raises(HoldLost):
        book_held(expired, world.hours)


@pytest.mark.parametrize(
    "change",
    [{"state": OfficeHours.State.CANCELLED}, {"booking_closes_at": timezone.now() - MINUTE}],
)
def test_hours_that_closed_meanwhile_take_no_booking(world: World, change: dict[str, object]) -> None:
    held = hold(world.hours)
    OfficeHours.objects.filter(pk=world.hours.pk).update(**change)
    with pytest.raises(SlotTaken):
        book_held(held, world.hours)


def test_a_time_that_has_begun_meanwhile_is_refused(world: World) -> None:
    held = hold(world.hours)
    begun = timezone.now() - MINUTE
    Appointment.objects.filter(pk=held.pk).update(period=DateTimeTZRange(begun, begun + 45 * MINUTE))
    with pytest.raises(TooLate):
        book_held(held, world.hours)


def test_a_third_unconfirmed_booking_of_one_address_is_refused(world: World) -> None:
    book(world.hours, 0)
    book(world.hours, 1, contact_email="ALICE@tischlerei.example")
    held = hold(world.hours, 2)
    with pytest.raises(Refusal, match="zwei Termine"):
        book_held(held, world.hours, contact_email="Alice@Tischlerei.example")
    assert state_of(held) == State.HELD


def test_other_addresses_are_not_held_back(world: World) -> None:
    book(world.hours, 0)
    book(world.hours, 1)
    assert book(world.hours, 2, contact_email="bob@elektro.example").state == State.UNCONFIRMED


def test_confirmed_bookings_do_not_count_against_an_address(world: World) -> None:
    for index in range(3):
        confirm(world.hours, index)
    assert book(world.hours, 3).state == State.UNCONFIRMED


def test_bookings_that_ran_out_do_not_count_even_before_the_scan(world: World) -> None:
    run_out(book(world.hours, 0))
    run_out(book(world.hours, 1))
    assert book(world.hours, 2).state == State.UNCONFIRMED


def test_a_booking_outlives_its_hold(world: World) -> None:
    booked = book(world.hours)
    expire_due(now=timezone.now() + datetime.timedelta(minutes=29))
    assert state_of(booked) == State.UNCONFIRMED
