"""Many say yes to the last place, one address registers twice; each race has a control without its lock."""

import threading
from typing import Any

import pytest

from forums.models import EventPart, PartBooking, Registration
from forums.registering import bookings, registering
from forums.registering.confirming import confirm
from forums.registering.registering import register
from forums.seats import NoPlaceLeft, free_places
from partnership.models import OutgoingMail
from partnership.refusals import Refusal
from tests.event_factories import make_event, make_part, make_registration
from tests.forums.registering_steps import entry_of, make_forum
from tests.personas import World, build_world
from tests.threads import Job, at_once

pytestmark = pytest.mark.django_db(transaction=True)

CLIENTS = 50
State = PartBooking.State


@pytest.fixture
def world() -> World:
    return build_world()


def last_place(world: World, *, clients: int) -> tuple[EventPart, list[Job]]:
    """One place, and so many who have not said yes yet."""
    event = make_event(organiser=world.ihk)
    part = make_part(event, site=1)
    keys = [make_registration(event, part, state="unconfirmed").pk for _number in range(clients)]
    return part, [lambda key=key: confirm(registration_id=key) for key in keys]


def meet_after(function: Any, *, people: int) -> Any:
    """Nobody goes on before all have the answer."""
    barrier = threading.Barrier(people)

    def answer(*args: Any, **kwargs: Any) -> Any:
        found = function(*args, **kwargs)
        barrier.wait(timeout=60)
        return found

    return answer


def failures(answers: list[object]) -> list[object]:
    return [answer for answer in answers if isinstance(answer, Exception)]


def test_fifty_say_yes_to_the_last_place(world: World) -> None:
    part, jobs = last_place(world, clients=CLIENTS)
    assert failures(at_once(*jobs)) == []
    states = PartBooking.objects.filter(part=part).values_list("state", flat=True)
    assert sorted(states) == [State.CONFIRMED] + [State.WAITLISTED] * (CLIENTS - 1)
    assert free_places(part, "site") == 0
    told = OutgoingMail.objects.filter(kind="event_registered")
    assert [told.filter(content__is_certain=is_certain).count() for is_certain in (True, False)] == [
        1,
        CLIENTS - 1,
    ]


def test_control_without_the_lock_somebody_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have seen the place free. The database lets one in, and the other gets no place in line."""
    _part, jobs = last_place(world, clients=2)
    monkeypatch.setattr(bookings, "lock_parts_of_event", lambda _event_id: {})
    monkeypatch.setattr(bookings, "open_places", meet_after(bookings.open_places, people=2))
    (refused,) = failures(at_once(*jobs))
    assert isinstance(refused, NoPlaceLeft)


def registering_twice(world: World) -> list[Job]:
    event, _talk, doors, locks = make_forum(world)
    return [lambda part=part: register(entry=entry_of(event, part)) for part in (doors, locks)]


def test_one_address_registers_twice_at_once(world: World) -> None:
    assert failures(at_once(*registering_twice(world))) == []
    standing = Registration.objects.filter(state__in=Registration.STANDING)
    assert (standing.count(), Registration.objects.count()) == (1, 2)


def test_control_without_the_lock_a_stranger_would_learn_of_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registering, "lock_address", lambda _email: None)
    monkeypatch.setattr(registering, "lock_standing", meet_after(registering.lock_standing, people=2))
    (refused,) = failures(at_once(*registering_twice(world)))
    assert isinstance(refused, Refusal)
    assert "schon jemand angemeldet" in refused.sentence
