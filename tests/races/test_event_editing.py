"""Two desks change the same event, and somebody registers while it is called off."""

import datetime
import threading
from typing import Any

import pytest

from forums.events import ending, locking
from forums.models import Event, Mode, Registration
from forums.registering import registering
from forums.registering.registering import Entry, register
from partnership.administration.changes import ChangedMeanwhile
from tests.event_factories import make_event, make_part
from tests.forums.events.steps import change, values_of
from tests.personas import World, build_world
from tests.races.test_two_people import behind, refusals
from tests.threads import Job, at_once, in_background

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def event(world: World) -> Event:
    event = make_event(organiser=world.ihk)
    make_part(event)
    return event


def renaming(event: Event, world: World, title: str) -> Job:
    values = values_of(event, title=title)
    return lambda: change(Event.objects.get(pk=event.pk), world, seen=1, **values)


def test_two_who_change_an_event_do_not_overwrite_each_other(world: World, event: Event) -> None:
    answers = behind(event, renaming(event, world, "Zuerst"), renaming(event, world, "Danach"))
    assert refusals(answers) == [ChangedMeanwhile]
    event.refresh_from_db()
    assert (event.title, event.version) == ("Zuerst", 2)


@pytest.fixture
def without_the_events_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: both have looked before one of them writes."""
    barrier = threading.Barrier(2)

    def look_and_wait(event_id: int) -> Event:
        found = Event.objects.select_related("organiser", "office", "partnership").get(pk=event_id)
        barrier.wait(timeout=60)
        return found

    monkeypatch.setattr(locking, "lock_event", look_and_wait)


@pytest.mark.usefixtures("without_the_events_lock")
def test_without_the_lock_they_would(world: World, event: Event) -> None:
    answers = at_once(renaming(event, world, "Zuerst"), renaming(event, world, "Danach"))
    assert refusals(answers) == []


def registering_of(world: World, event: Event) -> Job:
    part = event.parts.get()
    world.alice.last_login = event.created_at
    entry = Entry(event=event, parts={part.pk: Mode.SITE}, name="Alice", email=world.alice.email)
    return lambda: register(entry=entry, person=world.alice)


def cancelling(world: World, event: Event) -> Job:
    return lambda: ending.cancel_event(event_id=event.pk, reason="Sturm", actor=world.bert)


def standing() -> int:
    return Registration.objects.filter(state__in=Registration.STANDING).count()


@pytest.mark.parametrize("first", ["register", "cancel"])
def test_nobody_stays_registered_for_what_is_called_off(world: World, event: Event, first: str) -> None:
    jobs = [registering_of(world, event), cancelling(world, event)]
    answers = behind(event.parts.get(), *(jobs if first == "register" else reversed(jobs)))
    assert len(refusals(answers)) == (first == "cancel")
    assert standing() == 0


def test_without_the_parts_lock_somebody_would(
    world: World, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: who registers has seen that the event is announced, and writes after it was called off."""
    looked, called_off = threading.Event(), threading.Event()
    look = registering.refuse_closed

    def look_and_wait(event: Event, *, now: datetime.datetime) -> None:
        look(event, now=now)
        looked.set()
        called_off.wait(timeout=60)

    def lock_nothing(_event_id: int) -> dict[int, Any]:
        return {}

    monkeypatch.setattr(registering, "refuse_closed", look_and_wait)
    monkeypatch.setattr(ending, "lock_parts_of_event", lock_nothing)
    registered = in_background(registering_of(world, event))
    assert looked.wait(timeout=60)
    cancelling(world, event)()
    called_off.set()
    assert isinstance(registered.result(timeout=30), Registration)
    assert standing() == 1
