"""A freed time goes to those who wait: in order, with a hold, three times at most, and nobody is flooded."""

import datetime

import pytest
from django.utils import timezone

from consultations import booking, desk_booking
from consultations.expiry import delete_old_holds, expire_due
from consultations.models import (
    Appointment,
    FreedTime,
    OfficeHours,
    PassedOver,
    PhoneTask,
    Waiting,
    WaitingOffer,
)
from consultations.placing import TooLate
from consultations.queries import booked_in, free_times
from consultations.taking_time import SlotTaken
from consultations.waiting.answers import accept_offer, decline_offer
from consultations.waiting.line import leave
from partnership.models import Firm, OutgoingMail, Person
from tests import factories
from tests.consultations.conftest import MailsOf
from tests.consultations.steps import (
    MINUTE,
    book,
    cancel_all,
    confirm,
    details,
    hold,
    move,
    run_out,
    start_of,
    state_of,
)
from tests.consultations.test_absences import away
from tests.personas import World

State = Appointment.State
Outcome = WaitingOffer.Outcome
Reason = PassedOver.Reason
DAY = datetime.timedelta(days=1)


@pytest.fixture
def hours(world: World) -> OfficeHours:
    """Four weeks ahead, so that a quarter of the time left is longer than a weekend with holidays."""
    return factories.make_hours(
        office=world.office,
        police=world.police,
        officers=[world.pia],
        partnership=world.partnership,
        day=timezone.localdate() + 28 * DAY,
    )


def free(hours: OfficeHours, index: int = 0) -> Appointment:
    """A firm books the time and cancels."""
    return booking.cancel_by_firm(appointment_id=confirm(hours, index).pk)


def the_offer() -> WaitingOffer:
    return WaitingOffer.objects.get(outcome="")


def lapse(offer: WaitingOffer) -> None:
    before = timezone.now() - MINUTE
    Appointment.objects.filter(pk=offer.appointment_id).update(held_until=before)
    WaitingOffer.objects.filter(pk=offer.pk).update(expires_at=before)
    expire_due()


def is_free(hours: OfficeHours, index: int = 0) -> bool:
    times = free_times(partnership=hours.partnership)
    return any((t.hours.pk, t.starts_at) == (hours.pk, start_of(hours, index)) for t in times)


def reasons() -> list[tuple[Waiting, str]]:
    return [(passed.waiting, passed.reason) for passed in PassedOver.objects.order_by("pk")]


# who is asked


def test_the_first_in_line_is_asked(world: World, hours: OfficeHours, mails_of: MailsOf) -> None:
    first = factories.make_waiting(office=world.office)
    factories.make_waiting(office=world.office)
    mails = mails_of(lambda: free(hours))
    offer = the_offer()
    assert (offer.waiting, offer.number, offer.freed.starts_at) == (first, 1, start_of(hours))
    assert [m.kind for m in mails if m.to_email == first.contact_email] == ["waiting_offer"]
    assert not is_free(hours)


def test_nobody_waits_and_nothing_is_written(world: World, hours: OfficeHours, mails_of: MailsOf) -> None:
    factories.make_waiting(office=world.hwk_office)
    factories.make_waiting(office=world.office, state=Waiting.State.UNCONFIRMED)
    factories.make_waiting(office=world.office, state=Waiting.State.LEFT)
    assert "waiting_offer" not in [mail.kind for mail in mails_of(lambda: free(hours))]
    assert not FreedTime.objects.exists()
    assert is_free(hours)


def test_the_desks_cancellation_frees_a_time_too(world: World, hours: OfficeHours) -> None:
    factories.make_waiting(office=world.office)
    booked = confirm(hours)
    desk_booking.cancel_by_desk(appointment_id=booked.pk, reason="Irrtum", actor=world.bert)
    assert the_offer().freed.starts_at == start_of(hours)


def test_a_move_frees_the_old_time(world: World, hours: OfficeHours) -> None:
    factories.make_waiting(office=world.office)
    moved = confirm(hours, 0)
    move(moved, hours, 1)
    assert the_offer().freed.starts_at == start_of(hours, 0)


def test_the_desks_move_does_as_well(world: World, hours: OfficeHours) -> None:
    factories.make_waiting(office=world.office)
    moved = confirm(hours, 0)
    desk_booking.move_for_caller(
        appointment_id=moved.pk, hours_id=hours.pk, starts_at=start_of(hours, 2), actor=world.bert
    )
    assert the_offer().freed.starts_at == start_of(hours, 0)


def test_a_booking_that_nobody_confirmed_frees_its_time(world: World, hours: OfficeHours) -> None:
    factories.make_waiting(office=world.office)
    run_out(book(hours))
    expire_due()
    assert the_offer().freed.starts_at == start_of(hours)


def test_a_hold_that_ran_out_frees_nothing_but_for_the_public(world: World, hours: OfficeHours) -> None:
    factories.make_waiting(office=world.office)
    run_out(hold(hours))
    expire_due()
    assert not WaitingOffer.objects.exists()
    assert is_free(hours)


def test_between_the_end_and_the_scan_the_public_cannot_take_it(world: World, hours: OfficeHours) -> None:
    factories.make_waiting(office=world.office)
    run_out(book(hours))
    assert not is_free(hours)
    with pytest.raises(SlotTaken):
        hold(hours)


def test_where_nobody_waits_whoever_wants_the_time_next_gets_it(hours: OfficeHours) -> None:
    run_out(book(hours))
    assert is_free(hours)
    assert hold(hours).state == State.HELD


def test_a_cancelled_day_is_offered_to_nobody(world: World, hours: OfficeHours) -> None:
    factories.make_waiting(office=world.office)
    confirm(hours)
    cancel_all(hours, actor=world.bert)
    assert not WaitingOffer.objects.exists()


def test_a_time_beside_the_grid_is_offered_to_nobody(world: World, hours: OfficeHours) -> None:
    factories.make_waiting(office=world.office)
    booked = confirm(hours)
    OfficeHours.objects.filter(pk=hours.pk).update(slot_minutes=30)
    booking.cancel_by_firm(appointment_id=booked.pk)
    assert not WaitingOffer.objects.exists()


def test_a_time_after_booking_has_closed_is_offered_to_nobody(world: World, hours: OfficeHours) -> None:
    factories.make_waiting(office=world.office)
    booked = confirm(hours)
    OfficeHours.objects.filter(pk=hours.pk).update(booking_closes_at=timezone.now() - MINUTE)
    booking.cancel_by_firm(appointment_id=booked.pk)
    assert not WaitingOffer.objects.exists()


# who is passed over, and why


def test_whose_wishes_do_not_suit_is_passed_over(world: World, hours: OfficeHours) -> None:
    picky = factories.make_waiting(office=world.office, part_of_day=Waiting.PartOfDay.AFTERNOON)
    second = factories.make_waiting(office=world.office)
    free(hours)
    assert the_offer().waiting == second
    assert reasons() == [(picky, Reason.WISH)]


def test_who_has_an_appointment_that_day_is_passed_over(world: World, hours: OfficeHours) -> None:
    waiting = factories.make_waiting(office=world.office)
    factories.make_appointment(hours=hours, index=3, contact_email=waiting.contact_email)
    free(hours)
    assert reasons() == [(waiting, Reason.OWN_DAY)]
    assert is_free(hours)


def test_who_has_an_open_offer_gets_no_second(world: World, hours: OfficeHours) -> None:
    waiting = factories.make_waiting(office=world.office)
    free(hours, 0)
    free(hours, 1)
    assert the_offer().freed.starts_at == start_of(hours, 0)
    assert reasons() == [(waiting, Reason.OPEN_OFFER)]
    assert is_free(hours, 1)


def test_after_three_messages_in_seven_days_somebody_else_is_asked(world: World, hours: OfficeHours) -> None:
    first = factories.make_waiting(office=world.office)
    for index in range(3):
        free(hours, index)
        decline_offer(offer_id=the_offer().pk)
    free(hours, 3)
    assert reasons() == [(first, Reason.MESSAGES)]
    WaitingOffer.objects.update(offered_at=timezone.now() - 8 * DAY)
    free(hours, 3)
    assert the_offer().waiting == first


def test_a_storm_of_cancellations_floods_nobody(world: World) -> None:
    line = [factories.make_waiting(office=world.office) for _number in range(50)]
    for number in range(20):
        hours = factories.make_hours(
            office=world.office,
            police=world.police,
            officers=[factories.make_person()],
            partnership=world.partnership,
            day=timezone.localdate() + (28 + number) * DAY,
        )
        free(hours)
        for _turn in range(3):
            for offer in WaitingOffer.objects.filter(outcome="")[: number % 3]:
                lapse(offer)
    sent = {w: OutgoingMail.objects.filter(to_email=w.contact_email).count() for w in line}
    assert max(sent.values()) <= 3
    assert sum(sent.values()) >= 20
    assert max(freed.offers.count() for freed in FreedTime.objects.all()) <= 3


# how an offer ends


def test_yes_is_a_confirmed_appointment_with_its_mail(
    world: World, hours: OfficeHours, mails_of: MailsOf
) -> None:
    waiting = factories.make_waiting(office=world.office)
    free(hours)
    mails = mails_of(lambda: accept_offer(offer_id=the_offer().pk))
    appointment = Appointment.objects.get(offer__outcome=Outcome.ACCEPTED)
    assert (appointment.state, appointment.held_until) == (State.CONFIRMED, None)
    assert appointment.person == Person.objects.get(email=waiting.contact_email)
    assert [(m.kind, m.to_email) for m in mails] == [("booking_confirmed", waiting.contact_email)]
    waiting.refresh_from_db()
    assert waiting.state == Waiting.State.SERVED


def test_yes_twice_is_one_appointment_and_one_mail(
    world: World, hours: OfficeHours, mails_of: MailsOf
) -> None:
    factories.make_waiting(office=world.office)
    free(hours)
    offer = the_offer()
    accept_offer(offer_id=offer.pk)

    def again() -> None:
        _appointment, token = accept_offer(offer_id=offer.pk)
        assert token == ""

    assert mails_of(again) == []


def test_no_asks_the_next_and_keeps_the_place(world: World, hours: OfficeHours) -> None:
    first, second = (factories.make_waiting(office=world.office) for _number in range(2))
    free(hours)
    decline_offer(offer_id=the_offer().pk)
    assert (the_offer().waiting, the_offer().number) == (second, 2)
    first.refresh_from_db()
    assert first.state == Waiting.State.WAITING


def test_a_lapsed_offer_goes_to_the_next(world: World, hours: OfficeHours) -> None:
    first, second = (factories.make_waiting(office=world.office) for _number in range(2))
    free(hours)
    lapse(the_offer())
    assert the_offer().waiting == second
    assert first.offers.get().outcome == Outcome.LAPSED


def test_after_three_offers_the_time_is_everybodys(world: World, hours: OfficeHours) -> None:
    for _number in range(5):
        factories.make_waiting(office=world.office)
    free(hours)
    for _number in range(3):
        assert not is_free(hours)
        lapse(the_offer())
    assert is_free(hours)
    assert WaitingOffer.objects.count() == 3


def test_with_nobody_left_the_time_is_everybodys(world: World, hours: OfficeHours) -> None:
    factories.make_waiting(office=world.office)
    free(hours)
    lapse(the_offer())
    assert is_free(hours)


def test_late_is_late_before_the_scan_has_been_by(world: World, hours: OfficeHours) -> None:
    factories.make_waiting(office=world.office)
    free(hours)
    WaitingOffer.objects.update(expires_at=timezone.now() - MINUTE)
    with pytest.raises(TooLate):
        accept_offer(offer_id=the_offer().pk)


def test_an_offer_of_a_day_that_is_cancelled_is_withdrawn(world: World, hours: OfficeHours) -> None:
    waiting = factories.make_waiting(office=world.office)
    free(hours)
    offer = the_offer()
    cancel_all(hours, actor=world.bert)
    offer.refresh_from_db()
    assert offer.outcome == Outcome.WITHDRAWN
    with pytest.raises(TooLate):
        accept_offer(offer_id=offer.pk)
    waiting.refresh_from_db()
    assert waiting.state == Waiting.State.WAITING


def test_an_offer_in_a_place_that_loses_its_officer_is_withdrawn(world: World) -> None:
    factories.make_waiting(office=world.office)
    free(world.hours)
    away(world)
    assert WaitingOffer.objects.get().outcome == Outcome.WITHDRAWN


def test_who_leaves_gives_the_open_offer_to_the_next(world: World, hours: OfficeHours) -> None:
    first, second = (factories.make_waiting(office=world.office) for _number in range(2))
    free(hours)
    leave(waiting_id=first.pk)
    assert the_offer().waiting == second
    assert first.offers.get().outcome == Outcome.DECLINED


def test_offers_nobody_took_go_after_a_day(world: World, hours: OfficeHours) -> None:
    factories.make_waiting(office=world.office)
    free(hours)
    lapse(the_offer())
    delete_old_holds(now=timezone.now() + 2 * DAY)
    assert not Appointment.objects.filter(state=State.EXPIRED).exists()
    assert WaitingOffer.objects.get().appointment is None


def test_what_is_offered_is_not_booked(world: World, hours: OfficeHours) -> None:
    factories.make_waiting(office=world.office)
    free(hours)
    assert state_of(Appointment.objects.get(offer__outcome="")) == State.PROPOSED
    assert booked_in([hours], now=timezone.now()) == {}


# callers


def test_who_has_no_address_is_called(world: World, hours: OfficeHours, mails_of: MailsOf) -> None:
    caller = factories.make_waiting(office=world.office, contact_email="", contact_phone="0341 1234567")
    mails = mails_of(lambda: free(hours))
    assert [m.kind for m in mails if m.kind.startswith("waiting")] == []
    task = PhoneTask.objects.get()
    assert (task.reason, task.appointment.firm_name) == (PhoneTask.Reason.OFFERED, caller.firm_name)


def test_the_desk_says_yes_for_a_caller(world: World, hours: OfficeHours) -> None:
    caller = factories.make_waiting(office=world.office, contact_email="", contact_phone="0341 1234567")
    free(hours)
    appointment, _token = accept_offer(offer_id=the_offer().pk, actor=world.bert)
    assert (appointment.state, appointment.person) == (State.CONFIRMED, None)
    assert appointment.firm == Firm.objects.get(name=caller.firm_name)
    assert PhoneTask.objects.get().result == PhoneTask.Result.REACHED


def test_the_call_ends_with_the_offer(world: World, hours: OfficeHours) -> None:
    factories.make_waiting(office=world.office, contact_email="", contact_phone="0341 1234567")
    free(hours)
    lapse(the_offer())
    assert PhoneTask.objects.get().done_at is not None


def test_the_desks_booking_for_somebody_who_waits_ends_the_waiting(world: World, hours: OfficeHours) -> None:
    waiting = factories.make_waiting(office=world.office)
    other = factories.make_waiting(office=world.office)
    desk_booking.book_for_caller(
        hours_id=hours.pk,
        starts_at=start_of(hours),
        details=details(contact_email=waiting.contact_email),
        actor=world.bert,
    )
    waiting.refresh_from_db()
    other.refresh_from_db()
    assert (waiting.state, other.state) == (Waiting.State.SERVED, Waiting.State.WAITING)
