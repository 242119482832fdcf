"""Two contacts of a firm, two clicks on one booking. Each race has a control without its guard."""

import threading
from typing import Any

import pytest

from consultations import claiming
from consultations.models import Appointment
from partnership import firm_contacts
from partnership.models import Firm, FirmContact, LogEntry, Person
from partnership.refusals import Refusal
from tests import factories
from tests.personas import World, build_world
from tests.races.test_two_people import behind, refusals
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def firm(world: World) -> Firm:
    return factories.make_firm(world.alice, world.carl)


@pytest.fixture
def booked(world: World, firm: Firm) -> Appointment:
    return factories.make_appointment(hours=world.hours, contact_email=world.alice.email)


def remove(firm: Firm, *, by: Person, whom: Person) -> None:
    contact = FirmContact.objects.get(firm=firm, person=whom)
    firm_contacts.remove_contact(firm_id=firm.pk, contact_id=contact.pk, actor=by)


def meet_after(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    """Nobody goes on from this function before both have come through it."""
    original, barrier = getattr(module, name), threading.Barrier(2)

    def through(*args: Any, **kwargs: Any) -> Any:
        answer = original(*args, **kwargs)
        barrier.wait(timeout=60)
        return answer

    monkeypatch.setattr(module, name, through)


def read_firm(firm_id: int) -> Firm:
    return Firm.objects.select_related("chamber").get(pk=firm_id)


def read_appointment(appointment_id: int) -> Appointment:
    return Appointment.objects.select_related("host").get(pk=appointment_id)


def test_two_who_remove_each_other_leave_one(world: World, firm: Firm) -> None:
    answers = behind(
        firm,
        lambda: remove(firm, by=world.alice, whom=world.carl),
        lambda: remove(firm, by=world.carl, whom=world.alice),
    )
    assert refusals(answers) == [Refusal]
    assert firm.contacts.get().person == world.alice


def test_without_the_lock_nobody_is_left(world: World, firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(firm_contacts, "lock_firm", read_firm)
    meet_after(monkeypatch, firm_contacts, "own_contact")
    at_once(
        lambda: remove(firm, by=world.alice, whom=world.carl),
        lambda: remove(firm, by=world.carl, whom=world.alice),
    )
    assert not firm.contacts.exists()


def test_two_who_leave_at_once_leave_one(world: World, firm: Firm) -> None:
    answers = behind(
        firm,
        lambda: firm_contacts.leave_firm(firm_id=firm.pk, actor=world.alice),
        lambda: firm_contacts.leave_firm(firm_id=firm.pk, actor=world.carl),
    )
    assert refusals(answers) == [Refusal]
    assert firm.contacts.count() == 1


def claim(world: World, booked: Appointment) -> object:
    return claiming.claim_booking(appointment_id=booked.pk, person=world.alice)


def test_a_double_click_claims_once(world: World, booked: Appointment) -> None:
    answers = behind(world.hours, lambda: claim(world, booked), lambda: claim(world, booked))
    assert refusals(answers) == []
    assert LogEntry.objects.filter(act="appointment.claimed").count() == 1


def test_without_the_lock_it_is_claimed_twice(
    world: World, booked: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claiming, "lock_appointment", read_appointment)
    meet_after(monkeypatch, claiming, "is_claimable")
    at_once(lambda: claim(world, booked), lambda: claim(world, booked))
    assert LogEntry.objects.filter(act="appointment.claimed").count() == 2
