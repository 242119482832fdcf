"""A house closes while firms book and desks plan; two people take one call. Each with its control."""

from typing import Any

import pytest
from django.db import transaction

from consultations import closing, phone_tasks
from consultations.closing import Closed, close_office
from consultations.displaced import Way
from consultations.models import Appointment, Claim, OfficeHours, PhoneTask
from consultations.office_hours import plan_hours
from consultations.phone_tasks import ask_for_call, finish_call, take_call, what_was_seen
from consultations.taking_time import SlotTaken, TimeClash
from partnership.models import OfficeClosure, Person, Post
from partnership.refusals import Refusal
from tests import factories
from tests.consultations.steps import hold, state_of
from tests.consultations.test_office_hours import make_plan
from tests.personas import World, build_world
from tests.races.locks import holding, wait_until_waiting
from tests.races.test_two_people import behind, refusals
from tests.threads import Job, in_background

pytestmark = pytest.mark.django_db(transaction=True)

State = Appointment.State


@pytest.fixture
def world() -> World:
    return build_world()


def close(world: World, *ways: Way) -> Closed:
    return close_office(
        office_id=world.office.pk,
        starts=world.hours.day,
        ends=world.hours.day,
        reason="Wasserschaden",
        ways=ways,
        actor=world.bert,
    )


@pytest.mark.parametrize("house_first", [True, False])
def test_a_house_closes_while_a_firm_chooses_a_time(world: World, house_first: bool) -> None:
    jobs: list[Job] = [lambda: close(world), lambda: hold(world.hours)]
    answers = behind(world.hours, *(jobs if house_first else jobs[::-1]))
    assert refusals(answers) == ([SlotTaken] if house_first else [])
    assert not Appointment.objects.filter(state=State.HELD).exists()


def book_while_closing(world: World) -> tuple[object, Appointment]:
    """A booking is made while the closing waits: for its lock, or, without it, with its list already read."""
    with holding(world.hours):
        closing_job = in_background(lambda: close(world))
        wait_until_waiting(1)
        booked = factories.make_appointment(hours=world.hours)
    return closing_job.result(timeout=30), booked


def test_a_booking_made_at_the_last_moment_is_not_lost(world: World) -> None:
    answer, booked = book_while_closing(world)
    assert refusals([answer]) == [Refusal]
    assert "Tischlerei Muster" in str(answer)
    assert state_of(booked) == State.CONFIRMED
    assert OfficeHours.objects.get().state == OfficeHours.State.PUBLIC


def test_control_without_the_lock_a_booking_is_left_in_a_closed_house(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "lock_hours", lambda *_keys: None)
    answer, booked = book_while_closing(world)
    assert isinstance(answer, Closed)
    assert state_of(booked) == State.CONFIRMED
    assert OfficeHours.objects.get().state == OfficeHours.State.CANCELLED


@pytest.mark.parametrize("house_first", [True, False])
def test_a_house_closes_while_a_desk_plans_a_day_in_it(world: World, house_first: bool) -> None:
    plan = make_plan(world, officers=[world.pia])
    jobs: list[Job] = [
        lambda: close_office(
            office_id=world.office.pk,
            starts=plan.day,
            ends=plan.day,
            reason="Sturm",
            ways=[],
            actor=world.bert,
        ),
        lambda: plan_hours(plan=plan, actor=world.bert),
    ]
    answers = behind(world.room, *(jobs if house_first else jobs[::-1]))
    assert refusals(answers) == ([TimeClash] if house_first else [])
    standing = OfficeHours.objects.filter(day=plan.day).exclude(state=OfficeHours.State.CANCELLED)
    assert not standing.exists()
    assert Claim.objects.filter(kind=Claim.Kind.CLOSURE).count() == 1


def test_two_people_close_one_house(world: World) -> None:
    answers = behind(world.office, lambda: close(world), lambda: close(world))
    assert refusals(answers) == [Refusal]
    assert OfficeClosure.objects.count() == 1


@pytest.fixture
def task(world: World) -> PhoneTask:
    appointment = factories.make_appointment(hours=world.hours, contact_email="", calendar_sequence=1)
    with transaction.atomic():
        return ask_for_call(appointment=appointment, reason=PhoneTask.Reason.MOVED)


@pytest.fixture
def berta(world: World) -> Person:
    person = factories.make_person(name="Berta Beispiel")
    factories.make_post(person, Post.Role.DESK, organisation=world.ihk)
    return person


def both_take(task: PhoneTask, *people: Person) -> list[object]:
    jobs: list[Job] = [lambda p=p: take_call(task_id=task.pk, actor=p) for p in people]  # type: ignore[misc]
    return behind(task, *jobs)


def test_two_people_take_one_call(world: World, task: PhoneTask, berta: Person) -> None:
    assert refusals(both_take(task, world.bert, berta)) == [Refusal]
    task.refresh_from_db()
    assert task.taken_by == world.bert


class Unlocked:
    """The table, whose rows nobody locks."""

    @property
    def objects(self) -> Any:
        rows: Any = PhoneTask.objects.all()
        rows.select_for_update = lambda **_options: PhoneTask.objects.all()
        return rows


def test_control_without_the_lock_both_call(
    world: World, task: PhoneTask, berta: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(phone_tasks, "PhoneTask", Unlocked())
    assert refusals(both_take(task, world.bert, berta)) == []


@pytest.mark.parametrize("changed_first", [True, False])
def test_a_call_ends_while_what_it_says_changes(world: World, task: PhoneTask, changed_first: bool) -> None:
    """Whoever has said the old words is told so, or the firm is called once more."""
    seen = what_was_seen(task)
    jobs: list[Job] = [
        lambda: change_to_cancelled(task, world.bert),
        lambda: finish_call(task_id=task.pk, result=PhoneTask.Result.REACHED, seen=seen, actor=world.bert),
    ]
    answers = behind(task, *(jobs if changed_first else jobs[::-1]))
    assert refusals(answers) == ([Refusal] if changed_first else [])
    assert PhoneTask.objects.get(done_at=None).reason == PhoneTask.Reason.CANCELLED


def change_to_cancelled(task: PhoneTask, actor: Person) -> object:
    with transaction.atomic():
        return ask_for_call(
            appointment=Appointment.objects.get(pk=task.appointment_id),
            reason=PhoneTask.Reason.CANCELLED,
            actor=actor,
        )
