"""Series against bookings and against each other, each with its control: the same race without the lock."""

import threading
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from consultations import booking, changing, series
from consultations.changing import Change, change_hours
from consultations.clashes import Wanted, refuse_clashes
from consultations.models import Appointment, OfficeHours, OfficeHoursSeries
from consultations.series import cancel_series
from consultations.slots import holds
from consultations.taking_time import SlotTaken, TimeClash
from partnership.refusals import Refusal
from tests.consultations.steps import details, hold, start_of
from tests.consultations.test_changing import ELEVEN, read
from tests.consultations.test_series import days_of, plan, public
from tests.personas import World, build_world
from tests.races.locks import wait_until_waiting
from tests.races.test_two_people import behind, refusals
from tests.threads import Job, answer_of, in_background

pytestmark = pytest.mark.django_db(transaction=True)
Patch = pytest.MonkeyPatch


@pytest.fixture
def world() -> World:
    return build_world()


def read_without_lock(*hours_ids: int) -> dict[int, OfficeHours]:
    rows = OfficeHours.objects.select_related("office__organisation", "room", "partnership")
    return {hours.pk: hours for hours in rows.filter(pk__in=hours_ids).order_by("pk")}


def between(patch: Patch, module: Any, name: str, job: Job, *, waits: bool) -> list[Any]:
    """`job` begins when the act has looked and is about to write; it waits for the lock, or gets through."""
    original = getattr(module, name)
    begun: list[Any] = []

    def with_somebody_in_between(*args: Any, **kwargs: Any) -> Any:
        pool = ThreadPoolExecutor(1)
        begun.append(pool.submit(answer_of, job))
        pool.shutdown(wait=False)
        if waits:
            wait_until_waiting(1)
        else:
            begun[0].result(timeout=30)
        return original(*args, **kwargs)

    patch.setattr(module, name, with_somebody_in_between)
    return begun


def shorten(hours: OfficeHours, world: World) -> None:
    change_hours(hours_id=hours.pk, change=Change(values={"ends": ELEVEN}), actor=world.bert)


def outside(hours: OfficeHours) -> list[Appointment]:
    now = read(hours)
    return [
        a
        for a in Appointment.objects.filter(lane__hours=now, state__in=Appointment.BLOCKING)
        if not holds(now, a.starts_at, a.ends_at)
    ]


def test_a_day_gets_shorter_while_the_public_chooses(world: World, monkeypatch: Patch) -> None:
    job = between(monkeypatch, changing, "_write_hours", lambda: hold(world.hours, 3), waits=True)
    shorten(world.hours, world)
    assert refusals([job[0].result(30)]) == [SlotTaken]
    assert outside(world.hours) == []


def test_control_without_the_lock_a_hold_stands_outside_the_hours(world: World, monkeypatch: Patch) -> None:
    monkeypatch.setattr(changing, "lock_hours", read_without_lock)
    between(monkeypatch, changing, "_write_hours", lambda: hold(world.hours, 3), waits=False)
    shorten(world.hours, world)
    assert len(outside(world.hours)) == 1


@pytest.mark.parametrize("desk_first", [True, False])
def test_a_day_gets_shorter_while_a_firm_books(world: World, desk_first: bool) -> None:
    held = hold(world.hours, 3)
    jobs: list[Job] = [
        lambda: shorten(world.hours, world),
        lambda: booking.book(held_id=held.pk, hours_id=world.hours.pk, details=details()),
    ]
    answers = behind(world.hours, *(jobs if desk_first else jobs[::-1]))
    assert refusals(answers) == [SlotTaken if desk_first else Refusal]
    assert outside(world.hours) == []


def cancel(row: OfficeHoursSeries, world: World) -> None:
    cancel_series(series_id=row.pk, first_day=row.first_day, ways=[], reason="Umbau", actor=world.bert)


def test_a_series_is_cancelled_while_the_public_chooses(world: World, monkeypatch: Patch) -> None:
    row = public(world)
    day = days_of(row)[2]
    job = between(monkeypatch, series, "close_locked", lambda: hold(day), waits=True)
    cancel(row, world)
    assert refusals([job[0].result(30)]) == [SlotTaken]
    assert not Appointment.objects.filter(state__in=Appointment.BLOCKING).exists()


def test_control_without_the_lock_a_booking_survives_in_a_cancelled_day(
    world: World, monkeypatch: Patch
) -> None:
    """The desk has settled what it saw; a firm books before the days are closed."""
    row = public(world)
    day = days_of(row)[2]

    def book_for_caller() -> object:
        from consultations.desk_booking import book_for_caller

        return book_for_caller(hours_id=day.pk, starts_at=start_of(day), details=details(), actor=world.bert)

    monkeypatch.setattr(series, "lock_hours", read_without_lock)
    between(monkeypatch, series, "close_locked", book_for_caller, waits=False)
    cancel(row, world)
    assert read(day).state == OfficeHours.State.CANCELLED
    assert Appointment.objects.filter(state=Appointment.State.CONFIRMED).count() == 1


def two_plans(world: World) -> list[Job]:
    """Two houses want the same officer on the same days."""
    return [
        lambda: plan(world, room=None),
        lambda: plan(world, office=world.hwk_office, room=None),
    ]


def test_two_desks_plan_one_officer_for_a_series(world: World) -> None:
    answers = behind(world.pia, *two_plans(world))
    assert refusals(answers) == [TimeClash]
    (refused,) = [a for a in answers if isinstance(a, TimeClash)]
    assert "Pia Beispiel am" in refused.sentence
    assert OfficeHoursSeries.objects.count() == 1


def test_control_without_the_lock_both_find_the_officer_free(world: World, monkeypatch: Patch) -> None:
    """Only the constraint is left, after a deadlock on the way perhaps."""
    both = threading.Barrier(2)
    found_free: set[int] = set()

    def look_together(wanted: Iterable[Wanted], *, without: Collection[int] = ()) -> None:
        refuse_clashes(wanted, without=without)
        if threading.get_ident() not in found_free:
            found_free.add(threading.get_ident())
            both.wait(timeout=60)

    free: Callable[..., None] = lambda **_owners: None  # noqa: E731
    monkeypatch.setattr(series, "lock_officers_and_rooms", free)
    monkeypatch.setattr(series, "refuse_clashes", look_together)
    running = [in_background(job) for job in two_plans(world)]
    answers = [job.result(timeout=30) for job in running]
    assert len(found_free) == 2
    assert refusals(answers) == [TimeClash]
