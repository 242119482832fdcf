"""What stands in a calendar feed, and for whom."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from consultations import booking
from consultations.calendar import UID_DOMAIN
from consultations.models import Appointment, Lane, OfficeHours
from partnership.models import LogEntry, Person
from tests import factories
from tests.consultations.feed_steps import Kind, address_of, events_at, summaries, text_of
from tests.consultations.steps import cancel_all, confirm, hold, move, run_out
from tests.personas import World

MARKS = ("Zaunkönig", "Alice", "alice", "0341 000-3000", "Einbruch", "burglary", "Paula", "Pia", "Hofladen")
State = Appointment.State


def address_for(world: World, who: str) -> str:
    """Everybody's widest: the officer's own, the chamber's, a firm's."""
    person: Person = getattr(world, who)
    if who in ("paula", "pia"):
        return address_of(person, Kind.OFFICER)
    if who in ("bert", "hanna"):
        return address_of(person, Kind.CHAMBER, organisation=world.ihk if who == "bert" else world.hwk)
    return address_of(person)


@pytest.fixture
def appointment(world: World) -> Appointment:
    """Alice's, in Paula's hours in the IHK's house; everything that is nobody's business is in it."""
    return factories.make_appointment(
        hours=world.hours,
        person=world.alice,
        firm_name="Hofladen Zaunkönig",
        topic="burglary",
        note="Zaunkönig",
    )


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("alice", True),
        ("carl", False),
        ("paula", True),
        ("pia", False),
        ("lea", False),
        ("bert", True),
        ("hanna", False),
        ("karl", False),
        ("dora", False),
    ],
)
def test_whose_feed_has_the_appointment(
    world: World, appointment: Appointment, who: str, expected: bool
) -> None:
    assert (appointment.reference in text_of(address_for(world, who))) is expected


def test_the_feed_of_a_house_has_that_house_alone(world: World, appointment: Appointment) -> None:
    assert appointment.reference in text_of(address_of(world.bert, Kind.HOUSE, office=world.office))
    other = factories.make_office(world.ihk, name="IHK Borna")
    assert events_at(address_of(world.bert, Kind.HOUSE, office=other)) == []


@pytest.mark.parametrize("who", ["alice", "paula", "bert"])
def test_time_place_number_and_link_and_nothing_else(
    world: World, appointment: Appointment, who: str
) -> None:
    text = text_of(address_for(world, who)).replace("\r\n ", "")
    assert [mark for mark in MARKS if mark in text] == []
    assert "LOCATION:IHK-Regionalbüro Grimma\\, Raum 2.14\\, Musterstraße 1\\, 04668 Grimma" in text
    page = f"/konto/termine/{appointment.reference}/" if who == "alice" else "/arbeitsplatz/termine/"
    assert page in text


def test_the_entry_is_the_one_of_the_mails_calendar_file(world: World) -> None:
    appointment = move(confirm(world.hours), world.hours, 2)
    assert appointment.person is not None
    (event,) = events_at(address_of(appointment.person))
    assert event.uid.value == f"{appointment.reference}@{UID_DOMAIN}"
    assert event.sequence.value == "1"
    assert event.dtstart.value.astimezone(datetime.UTC) == appointment.starts_at


def test_what_is_cancelled_says_so_and_stays_thirty_days(world: World) -> None:
    cancelled = booking.cancel_by_firm(appointment_id=confirm(world.hours).pk)
    assert cancelled.person is not None
    address = address_of(cancelled.person)
    (event,) = events_at(address)
    assert (event.status.value, event.sequence.value, event.transp.value) == ("CANCELLED", "1", "TRANSPARENT")
    assert event.summary.value.startswith("Abgesagt: ")
    LogEntry.objects.update(at=timezone.now() - datetime.timedelta(days=31))
    assert events_at(address) == []


def test_what_waits_for_its_confirmation_is_tentative_until_it_runs_out(world: World) -> None:
    waiting = factories.make_appointment(hours=world.hours, state=State.UNCONFIRMED)
    address = address_of(world.paula, Kind.OFFICER)
    assert sorted(e.status.value for e in events_at(address)) == ["CONFIRMED", "TENTATIVE"]
    run_out(waiting)
    assert [e.status.value for e in events_at(address)] == ["CONFIRMED"]


@pytest.mark.parametrize("state", [State.EXPIRED, State.HELD])
def test_held_and_expired_ones_are_in_no_feed(world: World, state: str) -> None:
    hold(world.hours)
    factories.make_appointment(hours=world.hours, index=1, state=state, person=world.alice)
    assert len(events_at(address_for(world, "bert"))) == 1
    assert events_at(address_for(world, "alice")) == []


def test_who_did_not_come_stays_as_if_nothing_was(world: World, appointment: Appointment) -> None:
    address = address_for(world, "bert")
    before = [e.status.value for e in events_at(address)]
    Appointment.objects.update(state=State.MISSED)
    assert [e.status.value for e in events_at(address)] == before


def test_office_hours_are_days_for_staff_and_busy_for_the_officer_alone(world: World) -> None:
    (own,) = events_at(address_of(world.paula, Kind.OFFICER))
    (chambers,) = events_at(address_for(world, "bert"))
    assert own.summary.value == "Sprechtag, IHK-Regionalbüro Grimma"
    assert own.dtstart.value.astimezone(datetime.UTC) == world.hours.starts_at
    assert (own.transp.value, chambers.transp.value) == ("OPAQUE", "TRANSPARENT")
    assert own.uid.value == chambers.uid.value


def test_a_day_that_waits_for_a_yes_is_tentative(world: World) -> None:
    address = address_of(world.paula, Kind.OFFICER)
    Lane.objects.update(asked_at=timezone.now(), agreed_at=None)
    assert [e.status.value for e in events_at(address)] == ["TENTATIVE"]
    OfficeHours.objects.update(state=OfficeHours.State.DRAFT)
    assert [e.status.value for e in events_at(address_for(world, "bert"))] == ["TENTATIVE"]


def test_a_cancelled_day_says_so_with_a_higher_sequence(world: World) -> None:
    address = address_for(world, "bert")
    assert [e.sequence.value for e in events_at(address)] == ["0"]
    cancel_all(world.hours, actor=world.bert)
    assert [(e.status.value, e.sequence.value) for e in events_at(address)] == [("CANCELLED", "1")]


def test_what_is_long_over_or_far_ahead_is_left_out(world: World) -> None:
    today = timezone.localdate()
    for days in (-40, -20, 300, 600):
        factories.make_hours(
            office=world.hwk_office,
            police=world.police,
            officers=[world.pia],
            day=today + datetime.timedelta(days=days),
        )
    assert len(events_at(address_for(world, "hanna"))) == 2


def test_a_firms_feed_speaks_the_language_in_which_it_was_made(
    world: World, appointment: Appointment
) -> None:
    address = address_of(world.alice, language="en")
    assert summaries(address) == ["Police consultation, IHK-Regionalbüro Grimma"]
    assert f"/en/konto/termine/{appointment.reference}/" in text_of(address).replace("\r\n ", "")


def test_another_directorates_officer_and_a_second_chamber_see_nothing(
    world: World, appointment: Appointment
) -> None:
    police = factories.make_police(world.partnership, name="Polizeidirektion Chemnitz")
    factories.make_post(world.carl, "officer", organisation=police)
    assert events_at(address_of(world.carl, Kind.OFFICER)) == []


@pytest.mark.parametrize("count", [1, 30])
def test_statements_do_not_grow_with_the_events(
    world: World, client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        hours = factories.make_hours(
            office=factories.make_office(world.ihk, name=f"Haus {number}"),
            police=world.police,
            officers=[factories.make_person()],
        )
        factories.make_appointment(hours=hours)
    address = address_for(world, "bert")
    client.get(address)
    with django_assert_num_queries(5):
        client.get(address)
