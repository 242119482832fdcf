"""A sick officer, deputies and firms at the same moment; each race has a control without its lock."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from consultations import absences, booking, deputies
from consultations.models import Appointment, Claim, Lane
from consultations.taking_time import SlotTaken, TimeClash
from partnership.models import Person, Post
from partnership.refusals import Refusal
from tests import factories
from tests.consultations.steps import book, details, hold, state_of
from tests.consultations.test_absences import away, lane_of
from tests.personas import World, build_world
from tests.races.test_two_people import behind, refusals
from tests.threads import Job, at_once, in_background

pytestmark = pytest.mark.django_db(transaction=True)
State = Appointment.State


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def otto(world: World) -> Person:
    person = factories.make_person(name="Otto Officer")
    factories.make_post(person, Post.Role.OFFICER, organisation=world.police)
    return person


def putting(lane: Lane, deputy: Person, actor: Person) -> Job:
    return lambda: deputies.put_deputy(lane_id=lane.pk, deputy=deputy, actor=actor, is_agreed=True)


def office_claims(world: World, *people: Person) -> int:
    return Claim.objects.filter(hours=world.hours, officer__in=people).count()


def no_lock(*_keys: Any, **_rows: Any) -> None:
    return None


@pytest.mark.parametrize("deputy_first", [True, False])
def test_a_deputy_is_put_while_falling_ill(world: World, deputy_first: bool) -> None:
    away(world)
    jobs = [putting(lane_of(world.hours), world.pia, world.lea), lambda: away(world, world.pia)]
    answers = behind(world.pia, *(jobs if deputy_first else jobs[::-1]))
    assert refusals(answers) == ([] if deputy_first else [TimeClash])
    assert lane_of(world.hours).officer is None
    assert office_claims(world, world.pia) == 0


def test_without_the_officers_lock_a_sick_deputy_would_sit_there(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the absence has looked for its office hours, then the deputy is put."""
    away(world)
    has_looked, is_put = threading.Event(), threading.Event()
    claim: Callable[..., None] = absences.claim_absence

    def claim_later(absence: Any) -> None:
        has_looked.set()
        is_put.wait(20)
        claim(absence)

    for module in (absences, deputies):
        monkeypatch.setattr(module, "lock_officers_and_rooms", no_lock)
    monkeypatch.setattr(absences, "claim_absence", claim_later)
    falling_ill = in_background(lambda: away(world, world.pia))
    has_looked.wait(20)
    putting(lane_of(world.hours), world.pia, world.lea)()
    is_put.set()
    assert refusals([falling_ill.result(30)]) == []
    assert lane_of(world.hours).officer == world.pia


def test_two_people_put_two_deputies(world: World, otto: Person) -> None:
    away(world)
    lane = lane_of(world.hours)
    answers = behind(world.hours, putting(lane, world.pia, world.lea), putting(lane, otto, world.bert))
    assert refusals(answers) == [Refusal]
    assert office_claims(world, world.pia, otto) == 1


def test_without_the_hours_lock_two_deputies_would_be_taken_for_one_place(
    world: World, otto: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: both have looked before one of them writes."""
    away(world)
    lane, barrier = lane_of(world.hours), threading.Barrier(2)
    find: Callable[[Lane], Any] = deputies.find_deputies

    def find_and_wait(lane: Lane) -> Any:
        found = find(lane)
        barrier.wait(20)
        return found

    monkeypatch.setattr(deputies, "lock_hours", no_lock)
    monkeypatch.setattr(deputies, "find_deputies", find_and_wait)
    answers = at_once(putting(lane, world.pia, world.lea), putting(lane, otto, world.bert))
    assert refusals(answers) == []
    assert office_claims(world, world.pia, otto) == 2


@pytest.mark.parametrize("absence_first", [True, False])
def test_a_firm_books_while_the_officer_falls_ill(world: World, absence_first: bool) -> None:
    held = hold(world.hours)
    jobs: list[Job] = [
        lambda: away(world),
        lambda: booking.book(held_id=held.pk, hours_id=world.hours.pk, details=details()),
    ]
    answers = behind(world.hours, *(jobs if absence_first else jobs[::-1]))
    assert refusals(answers) == ([SlotTaken] if absence_first else [])
    assert state_of(held) == (State.EXPIRED if absence_first else State.UNCONFIRMED)


@pytest.mark.parametrize("absence_first", [True, False])
def test_a_firm_chooses_a_time_while_the_officer_falls_ill(world: World, absence_first: bool) -> None:
    jobs: list[Job] = [lambda: away(world), lambda: hold(world.hours)]
    answers = behind(world.hours, *(jobs if absence_first else jobs[::-1]))
    assert refusals(answers) == ([SlotTaken] if absence_first else [])
    assert not Appointment.objects.filter(state=State.HELD).exists()


def test_without_the_hours_lock_a_firm_would_hold_a_time_with_nobody(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the firm has found the place, then its officer falls ill."""
    has_found, is_away = threading.Event(), threading.Event()
    find: Callable[..., Lane] = booking.free_lane

    def find_and_wait(*args: Any, **kwargs: Any) -> Lane:
        lane = find(*args, **kwargs)
        has_found.set()
        is_away.wait(20)
        return lane

    monkeypatch.setattr(booking, "free_lane", find_and_wait)
    monkeypatch.setattr(absences, "lock_hours_unread", no_lock)
    choosing = in_background(lambda: hold(world.hours))
    has_found.wait(20)
    away(world)
    is_away.set()
    assert refusals([choosing.result(30)]) == []
    assert Appointment.objects.get().state == State.HELD
    assert lane_of(world.hours).officer is None


@pytest.mark.parametrize("deputy_first", [True, False])
def test_a_deputy_comes_while_the_desk_gives_the_day_up(world: World, deputy_first: bool) -> None:
    away(world)
    lane = lane_of(world.hours)
    jobs: list[Job] = [
        putting(lane, world.pia, world.lea),
        lambda: deputies.leave_empty(lane_id=lane.pk, ways=[], reason="Fällt aus", actor=world.bert),
    ]
    answers = behind(world.hours, *(jobs if deputy_first else jobs[::-1]))
    assert refusals(answers) == [Refusal]
    assert office_claims(world, world.pia) == (1 if deputy_first else 0)


def test_a_firm_books_while_the_desk_gives_the_day_up(world: World) -> None:
    """What was booked before the officer fell ill is confirmed afterwards: it is not lost."""
    booked = book(world.hours)
    away(world)
    lane = lane_of(world.hours)
    answers = behind(
        world.hours,
        lambda: booking.confirm(appointment_id=booked.pk),
        lambda: deputies.leave_empty(lane_id=lane.pk, ways=[], reason="Fällt aus", actor=world.bert),
    )
    assert refusals(answers) == [Refusal]
    assert state_of(booked) == State.CONFIRMED
