"""Offers from the waiting list and other things at once; each race has a control without its lock."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError

from consultations import booking, expiry
from consultations.expiry import expire_due
from consultations.models import Appointment, OfficeHours, PassedOver, Waiting, WaitingOffer
from consultations.placing import TooLate
from consultations.waiting import offers
from consultations.waiting.answers import accept_offer
from partnership.models import OutgoingMail
from tests import factories
from tests.consultations.steps import confirm
from tests.personas import World, build_world
from tests.races.test_two_people import behind, refusals
from tests.threads import Job, answer_of

pytestmark = pytest.mark.django_db(transaction=True)

State = Appointment.State
Outcome = WaitingOffer.Outcome


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def offer(world: World) -> WaitingOffer:
    factories.make_waiting(office=world.office)
    booking.cancel_by_firm(appointment_id=confirm(world.hours).pk)
    return WaitingOffer.objects.get()


def just_over(offer: WaitingOffer) -> datetime.datetime:
    return offer.expires_at + datetime.timedelta(seconds=1)


def meanwhile(job: Job) -> None:
    """Somebody else does it, from the first to the last step, while this one stands still."""
    with ThreadPoolExecutor(1) as pool:
        assert not isinstance(pool.submit(answer_of, job).result(timeout=30), Exception)


def ending_of(offer: WaitingOffer) -> tuple[str, str]:
    offer.refresh_from_db()
    assert offer.appointment is not None
    return offer.outcome, offer.appointment.state


@pytest.mark.parametrize("yes_first", [True, False])
def test_a_yes_at_the_moment_the_offer_expires(world: World, offer: WaitingOffer, yes_first: bool) -> None:
    jobs: list[Any] = [lambda: accept_offer(offer_id=offer.pk), lambda: expire_due(now=just_over(offer))]
    answers = behind(world.hours, *(jobs if yes_first else jobs[::-1]))
    assert refusals(answers) == ([] if yes_first else [TooLate])
    accepted, lapsed = (Outcome.ACCEPTED, State.CONFIRMED), (Outcome.LAPSED, State.EXPIRED)
    assert ending_of(offer) == (accepted if yes_first else lapsed)
    told = OutgoingMail.objects.filter(kind="booking_confirmed", to_email=offer.waiting.contact_email)
    assert told.exists() == yes_first


def test_control_without_the_lock_an_accepted_offer_lapses(
    offer: WaitingOffer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the scan has read the offer, then it is accepted."""
    expire = expiry._expire

    def expire_late(appointment: Appointment, *, now: datetime.datetime) -> Any:
        meanwhile(lambda: accept_offer(offer_id=offer.pk))
        return expire(appointment, now=now)

    monkeypatch.setattr(expiry, "lock_hours_unread", lambda *_keys: None)
    monkeypatch.setattr(expiry, "_expire", expire_late)
    expire_due(now=just_over(offer))
    told = OutgoingMail.objects.filter(kind="booking_confirmed", to_email=offer.waiting.contact_email)
    assert (told.exists(), ending_of(offer)) == (True, (Outcome.LAPSED, State.EXPIRED))


@pytest.fixture
def two_days(world: World) -> list[Appointment]:
    """The same house, two days, a booking on each; one waits."""
    other = factories.make_hours(
        office=world.office,
        police=world.police,
        officers=[world.pia],
        partnership=world.partnership,
        day=world.hours.day + datetime.timedelta(days=1),
    )
    booked = [confirm(hours) for hours in (world.hours, other)]
    factories.make_waiting(office=world.office)
    return booked


def test_two_times_become_free_and_one_waits(two_days: list[Appointment]) -> None:
    first, second = two_days
    answers = behind(
        Waiting.objects.get(),
        lambda: booking.cancel_by_firm(appointment_id=first.pk),
        lambda: booking.cancel_by_firm(appointment_id=second.pk),
    )
    assert refusals(answers) == []
    assert WaitingOffer.objects.get().freed.starts_at == first.starts_at
    assert PassedOver.objects.get().reason == PassedOver.Reason.OPEN_OFFER


def test_control_without_the_lock_the_second_cancellation_fails(
    two_days: list[Appointment], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: both have read the line before one of them offers; the database has the last word."""
    first, second = two_days
    offer = offers._offer

    def read_unlocked(office_id: int) -> list[Waiting]:
        rows = Waiting.objects.filter(office=office_id, state=Waiting.State.WAITING)
        return list(rows.select_related("office", "partnership"))

    def offer_late(waiting: Waiting, freed: Any, lane: Any, **rest: Any) -> WaitingOffer:
        monkeypatch.setattr(offers, "_offer", offer)
        meanwhile(lambda: booking.cancel_by_firm(appointment_id=second.pk))
        return offer(waiting, freed, lane, **rest)

    monkeypatch.setattr(offers, "_lock_line", read_unlocked)
    monkeypatch.setattr(offers, "_offer", offer_late)
    with pytest.raises(IntegrityError):
        booking.cancel_by_firm(appointment_id=first.pk)


def test_two_answers_at_once_are_one_appointment(world: World, offer: WaitingOffer) -> None:
    answers = behind(
        world.hours, lambda: accept_offer(offer_id=offer.pk), lambda: accept_offer(offer_id=offer.pk)
    )
    assert refusals(answers) == []
    assert (
        OutgoingMail.objects.filter(kind="booking_confirmed").count() == 2
    )  # whoever gave it up had one, too
    assert OfficeHours.objects.count() == 1
