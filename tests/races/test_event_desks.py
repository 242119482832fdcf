"""Two desks of one event at the same moment. They meet behind a lock that somebody holds."""

import threading
from functools import partial
from typing import Any

import pytest
from django.db.models import Model

from forums.desk import entering
from forums.desk.entering import PartsFull, enter_caller
from forums.inviting import inviting
from forums.inviting.inviting import list_guests, send_invitations
from forums.inviting.lists import Guest
from forums.models import Event, EventPart, Mode, PartBooking, Registration
from forums.registering.registering import Entry
from partnership.models import OutgoingMail
from tests.event_factories import make_event, make_part
from tests.personas import World, build_world
from tests.races.locks import holding, wait_until_waiting
from tests.threads import Job, at_once, in_background

pytestmark = pytest.mark.django_db(transaction=True)
State = PartBooking.State


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def event(world: World) -> Event:
    return make_event(organiser=world.ihk, partners=(world.hwk,))


@pytest.fixture
def last(event: Event) -> EventPart:
    """A part with one place."""
    return make_part(event, site=1)


def behind(thing: Model, *jobs: Job) -> list[object]:
    with holding(thing):
        futures = []
        for number, job in enumerate(jobs, start=1):
            futures.append(in_background(job))
            wait_until_waiting(number)
    return [future.result(timeout=30) for future in futures]


def callers(world: World, part: EventPart) -> list[Job]:
    """Each desk has somebody on the telephone."""

    def job(name: str, desk: Any) -> Job:
        entry = Entry(event=part.event, parts={part.pk: Mode.SITE}, name=name, phone="0341 000-22")
        return lambda: enter_caller(entry=entry, actor=desk)

    return [job("Ada Arndt", world.bert), job("Bea Busch", world.hanna)]


def test_the_last_place_goes_to_one_caller_and_the_other_desk_is_asked(world: World, last: EventPart) -> None:
    answers = behind(last, *callers(world, last))
    assert {type(answer) for answer in answers} == {Registration, PartsFull}
    assert list(PartBooking.objects.values_list("state", flat=True)) == [State.CONFIRMED]


def test_without_the_lock_a_caller_would_wait_unasked(
    world: World, last: EventPart, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: both have seen the place before one of them takes it."""
    both, look = threading.Barrier(2), entering.open_places

    def look_together(part: EventPart, mode: str) -> int:
        found = look(part, mode)
        both.wait(timeout=60)
        return found

    monkeypatch.setattr(entering, "lock_parts_of_event", lambda _event_id: {})
    monkeypatch.setattr(entering, "open_places", look_together)
    answers = at_once(*callers(world, last))
    assert [type(answer) for answer in answers] == [Registration, Registration]
    assert set(PartBooking.objects.values_list("state", flat=True)) == {State.CONFIRMED, State.WAITLISTED}


def senders(world: World, event: Event) -> list[Job]:
    guests = [Guest(name=f"Gast {n}", email=f"gast{n}@firma.example") for n in range(5)]
    list_guests(event_id=event.pk, guests=guests, actor=world.bert)
    return [partial(send_invitations, event_id=event.pk, actor=desk) for desk in (world.bert, world.hanna)]


def test_two_desks_send_each_invitation_once_between_them(world: World, event: Event) -> None:
    behind(event, *senders(world, event))
    assert OutgoingMail.objects.count() == 5


def test_without_the_lock_each_would_be_sent_twice(
    world: World, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: both have read the list before one of them sends."""
    both, read = threading.Barrier(2), inviting.registered_addresses

    def read_together(event: Event) -> set[str]:
        both.wait(timeout=60)
        return read(event)

    monkeypatch.setattr(inviting, "lock_rows", lambda _model, _keys: None)
    monkeypatch.setattr(inviting, "registered_addresses", read_together)
    at_once(*senders(world, event))
    assert OutgoingMail.objects.count() == 10
