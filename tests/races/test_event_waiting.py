"""Waiting lists of events and other things at once; each race has a control without its lock."""

from typing import Any

import pytest
from django.utils import timezone

from forums.models import EventPart, Mode, PartBooking, PartPlaces, Registration
from forums.registering import bookings
from forums.registering.cancelling import cancel
from forums.registering.confirming import confirm
from forums.seats import NoPlaceLeft, lock_parts, takes_places
from forums.waiting import offers
from forums.waiting.answers import accept
from forums.waiting.offers import MOST_AT_ONCE, lapse_due, pass_on, pass_on_free_places
from partnership.models import OutgoingMail
from tests.event_factories import make_registration
from tests.forums.waiting_steps import attending, make_full_part, raise_to, someone_waiting, state_of
from tests.personas import World, build_world
from tests.races.test_two_people import behind, refusals
from tests.races.test_waiting import meanwhile
from tests.threads import Job, at_once

pytestmark = pytest.mark.django_db(transaction=True)

State = PartBooking.State


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def offered(world: World) -> PartBooking:
    """Two wait, three days before; the first has the offer."""
    part = make_full_part(world, days=3)
    first, _second = someone_waiting(part), someone_waiting(part)
    cancel(registration_id=attending(part).pk)
    first.refresh_from_db()
    return first


def told(kind: str) -> list[str]:
    return list(OutgoingMail.objects.filter(kind=kind).values_list("to_email", flat=True))


def places_of(part: EventPart) -> PartPlaces:
    return PartPlaces.objects.get(part=part, mode=Mode.SITE)


def read_unlocked(event_id: int) -> dict[int, EventPart]:
    rows = EventPart.objects.filter(event=event_id).select_related("event__partnership", "event__organiser")
    return {part.pk: part for part in rows}


@pytest.mark.parametrize("yes_first", [True, False])
def test_a_yes_at_the_moment_the_offer_expires(offered: PartBooking, yes_first: bool) -> None:
    """Either has the place, never both: who offered it, or the next in line."""
    end = offered.offer_until
    jobs: list[Job] = [lambda: accept(booking_id=offered.pk, now=end), lambda: lapse_due(now=end)]
    answers = behind(offered.part, *(jobs if yes_first else jobs[::-1]))
    second = PartBooking.objects.get(part=offered.part, pk__gt=offered.pk)
    assert refusals(answers) == ([] if yes_first else [NoPlaceLeft])
    states = (State.CONFIRMED, State.WAITLISTED) if yes_first else (State.CANCELLED, State.OFFERED)
    assert (state_of(offered), second.state) == states
    assert told("event_moved_up") == ([offered.registration.email] if yes_first else [])
    assert told("event_offer_lapsed") == ([] if yes_first else [offered.registration.email])


def test_control_without_the_lock_an_accepted_place_lapses(
    offered: PartBooking, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the scan has read the offer, then it is accepted."""
    end_wait = offers.end_wait

    def end_late(*args: Any, **kwargs: Any) -> None:
        meanwhile(lambda: accept(booking_id=offered.pk))
        end_wait(*args, **kwargs)

    monkeypatch.setattr(offers, "lock_parts_of_event", read_unlocked)
    monkeypatch.setattr(offers, "end_wait", end_late)
    lapse_due(now=offered.offer_until)
    assert (told("event_moved_up"), state_of(offered)) == ([offered.registration.email], State.CANCELLED)


@takes_places
def raise_places(part: EventPart, capacity: int) -> None:
    locked = lock_parts([part.pk])[part.pk]
    raise_to(part, capacity)
    pass_on(part=locked, mode=Mode.SITE, now=timezone.now())


@pytest.fixture
def three_hundred(world: World) -> list[PartBooking]:
    """They wait for a part with five places, in this order."""
    part = make_full_part(world, site=5)
    return [someone_waiting(part) for _number in range(300)]


def test_a_hundred_places_more_go_to_the_first_hundred_while_others_come_and_go(
    three_hundred: list[PartBooking],
) -> None:
    """Two scans, whoever raises the capacity, three who cancel and three who are new, all at once."""
    part = three_hundred[0].part
    leaving = list(Registration.objects.filter(bookings__part=part, bookings__state=State.CONFIRMED)[:3])
    new = [make_registration(part.event, part, state=Registration.State.UNCONFIRMED) for _number in range(3)]
    answers = at_once(
        lambda: raise_places(part, 105),
        pass_on_free_places,
        pass_on_free_places,
        *((lambda key=one.pk: cancel(registration_id=key)) for one in leaving),
        *((lambda key=one.pk: confirm(registration_id=key)) for one in new),
    )
    pass_on_free_places()
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    states = dict(PartBooking.objects.filter(part=part).values_list("pk", "state"))
    expected = [State.CONFIRMED] * 103 + [State.WAITLISTED] * 197
    assert [states[booking.pk] for booking in three_hundred] == expected
    assert (places_of(part).taken, places_of(part).capacity) == (105, 105)
    assert sorted(told("event_moved_up")) == sorted(
        booking.registration.email for booking in three_hundred[:103]
    )
    assert PartBooking.objects.filter(registration__in=new, state=State.WAITLISTED).count() == len(new)


def test_a_hundred_more_are_passed_on_in_batches(three_hundred: list[PartBooking]) -> None:
    part = three_hundred[0].part
    raise_places(part, 105)
    assert places_of(part).taken == 5 + MOST_AT_ONCE
    assert pass_on_free_places() == 100 - MOST_AT_ONCE


def test_control_without_the_lock_two_scans_tell_somebody_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the second has passed on the place before the first, which has read the line, does."""
    part = make_full_part(world)
    first = someone_waiting(part)
    raise_to(part, 2)
    move_up = offers._move_up

    def move_up_late(bookings: list[PartBooking]) -> None:
        monkeypatch.setattr(offers, "_move_up", move_up)
        meanwhile(pass_on_free_places)
        move_up(bookings)

    monkeypatch.setattr(offers, "lock_parts_of_event", read_unlocked)
    monkeypatch.setattr(offers, "_move_up", move_up_late)
    pass_on_free_places()
    assert told("event_moved_up") == [first.registration.email] * 2


def confirmations_of(part: EventPart, count: int) -> list[Job]:
    new = [make_registration(part.event, part, state=Registration.State.UNCONFIRMED) for _n in range(count)]
    return [lambda key=one.pk: confirm(registration_id=key) for one in new]  # type: ignore[misc]


def test_cancellations_and_confirmations_at_once_leave_nobody_out(world: World) -> None:
    """Six places, two wait, four cancel, six are new: four of them get a place at most, after the two."""
    part = make_full_part(world, site=6)
    waiting = [someone_waiting(part), someone_waiting(part)]
    leaving = list(Registration.objects.filter(bookings__part=part, bookings__state=State.CONFIRMED)[:4])
    jobs = confirmations_of(part, 6)
    jobs += [lambda key=one.pk: cancel(registration_id=key) for one in leaving]  # type: ignore[misc]
    assert [answer for answer in at_once(*jobs) if isinstance(answer, Exception)] == []
    assert [state_of(booking) for booking in waiting] == [State.CONFIRMED] * 2
    assert places_of(part).free == 0
    assert PartBooking.objects.filter(part=part, state=State.WAITLISTED).count() == 4


def test_control_without_the_lock_somebody_waits_beside_a_free_place(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the one who is new has looked, then a place becomes free, and nobody waits yet."""
    part = make_full_part(world)
    leaving = attending(part)
    (confirmation,) = confirmations_of(part, 1)
    find_open_places = bookings.open_places

    def find_and_stand_still(part: EventPart, mode: str) -> int:
        found = find_open_places(part, mode)
        meanwhile(lambda: cancel(registration_id=leaving.pk))
        return found

    monkeypatch.setattr(bookings, "lock_parts_of_event", read_unlocked)
    monkeypatch.setattr(bookings, "open_places", find_and_stand_still)
    confirmation()
    assert places_of(part).free == 1
    assert PartBooking.objects.filter(part=part, state=State.WAITLISTED).exists()
