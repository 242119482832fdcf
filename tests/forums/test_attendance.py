"""Who was there, noted for parts and half-days."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from forums.door.attendance import note_attendance, undo_attendance
from forums.door.attended import parts_attended, parts_attended_in
from forums.door.half_days import HalfDay
from forums.models import Attendance, Event, EventPart, PartBooking, Registration
from partnership.models import LogEntry
from partnership.refusals import Refusal
from partnership.times import at_wall_time
from tests.event_factories import make_booking, make_event, make_part, make_registration
from tests.personas import World

DAY = datetime.date(2026, 11, 24)
MORNING, AFTERNOON = HalfDay(DAY, "am"), HalfDay(DAY, "pm")


def clock(hour: int, minute: int = 0, *, days: int = 0) -> datetime.datetime:
    return at_wall_time(DAY + datetime.timedelta(days=days), datetime.time(hour, minute))


@pytest.fixture
def event(world: World, monkeypatch: pytest.MonkeyPatch) -> Event:
    """From 9 to 16 o'clock; now it is five to nine."""
    monkeypatch.setattr(timezone, "now", lambda: clock(8, 55))
    return make_event(organiser=world.ihk, day=DAY)


@pytest.fixture
def talk(event: Event) -> EventPart:
    return make_part(event, starts_at=clock(9), ends_at=clock(12))


@pytest.fixture
def workshop(event: Event) -> EventPart:
    return make_part(event, starts_at=clock(13), ends_at=clock(16))


def note(
    world: World, registration: Registration, half_day: HalfDay = MORNING, **given: Any
) -> list[Attendance]:
    return note_attendance(
        registration_id=registration.pk, half_day=half_day, way="qr", actor=world.bert, **given
    )


def test_it_is_noted_for_the_parts_of_the_half_day(
    world: World, event: Event, talk: EventPart, workshop: EventPart
) -> None:
    registration = make_registration(event, talk, workshop)
    (noted,) = note(world, registration)
    assert (noted.booking.part, noted.day, noted.half, noted.way) == (talk, DAY, "am", "qr")
    entry = LogEntry.objects.get()
    assert (entry.act, entry.organisation, entry.actor) == ("attendance.noted", world.ihk, world.bert)


def test_a_second_tap_changes_nothing(world: World, event: Event, talk: EventPart) -> None:
    registration = make_registration(event, talk)
    note(world, registration)
    assert note(world, registration) == []
    assert (Attendance.objects.count(), LogEntry.objects.count()) == (1, 1)


def test_a_part_of_the_whole_day_is_noted_for_each_half(world: World, event: Event) -> None:
    day_long = make_part(event)
    registration = make_registration(event, day_long)
    note(world, registration)
    (found,) = parts_attended(registration)
    assert (found.attended, found.missed, found.is_whole) == ([MORNING], [AFTERNOON], False)
    note(world, registration, AFTERNOON)
    assert [found.is_whole for found in parts_attended(registration)] == [True]


@pytest.mark.parametrize(
    ("moment", "is_late"),
    [(clock(9), False), (clock(9, 10), False), (clock(9, 11), True), (clock(12, 5), False)],
)
def test_late_is_who_comes_more_than_ten_minutes_after_the_beginning(
    world: World, talk: EventPart, monkeypatch: pytest.MonkeyPatch, moment: datetime.datetime, is_late: bool
) -> None:
    """What is entered when the part is over says nothing about it."""
    monkeypatch.setattr(timezone, "now", lambda: moment)
    (noted,) = note(world, make_registration(talk.event, talk))
    assert noted.is_late is is_late


def test_nobody_is_late_in_the_second_half_of_a_part(
    world: World, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: clock(14))
    (noted,) = note(world, make_registration(event, make_part(event)), AFTERNOON)
    assert not noted.is_late


def test_who_waits_is_not_noted(world: World, event: Event, talk: EventPart, workshop: EventPart) -> None:
    registration = make_registration(event, workshop)
    make_booking(registration, talk, state=PartBooking.State.WAITLISTED)
    with pytest.raises(Refusal, match=r"keinen Platz: Di 24\.11\., Vormittag"):
        note(world, registration)


def test_who_has_cancelled_is_not_noted(world: World, event: Event, talk: EventPart) -> None:
    registration = make_registration(event, talk, state=Registration.State.CANCELLED)
    with pytest.raises(Refusal, match="gilt nicht mehr"):
        note(world, registration)


@pytest.mark.parametrize("state", [Event.State.CANCELLED, Event.State.CLOSED])
def test_a_door_that_is_shut(world: World, event: Event, talk: EventPart, state: str) -> None:
    registration = make_registration(event, talk)
    Event.objects.update(state=state, cancelled_at=timezone.now(), held_at=None)
    with pytest.raises(Refusal, match="ist abge"):
        note(world, registration)


def test_not_before_the_day_and_afterwards_from_a_paper_list(
    world: World, event: Event, talk: EventPart, monkeypatch: pytest.MonkeyPatch
) -> None:
    registration = make_registration(event, talk)
    monkeypatch.setattr(timezone, "now", lambda: clock(9, days=-1))
    with pytest.raises(Refusal, match="erst am Tag"):
        note(world, registration)
    monkeypatch.setattr(timezone, "now", lambda: clock(9, days=1))
    assert len(note(world, registration)) == 1


def test_taking_it_back_is_logged(world: World, event: Event, talk: EventPart) -> None:
    registration = make_registration(event, talk)
    note(world, registration)
    given: dict[str, Any] = {"registration_id": registration.pk, "half_day": MORNING, "actor": world.paula}
    assert [undo_attendance(**given), undo_attendance(**given)] == [1, 0]
    assert not Attendance.objects.exists()
    undone = LogEntry.objects.filter(act="attendance.undone").values_list("actor", "detail")
    assert list(undone) == [(world.paula.pk, {"half_day": "2026-11-24-am", "parts": [talk.pk]})]


def test_many_are_read_in_one_statement(
    world: World, event: Event, talk: EventPart, workshop: EventPart, django_assert_num_queries: Any
) -> None:
    registrations = [make_registration(event, talk, workshop) for _number in range(5)]
    for registration in registrations:
        note(world, registration)
    with django_assert_num_queries(1):
        found = parts_attended_in([registration.pk for registration in registrations])
    assert {pk: [row.part for row in rows] for pk, rows in found.items()} == {
        registration.pk: [talk] for registration in registrations
    }


def test_checking_in_takes_as_many_statements_with_three_hundred_others(
    world: World, event: Event, talk: EventPart, workshop: EventPart, django_assert_max_num_queries: Any
) -> None:
    registration = make_registration(event, talk, workshop)
    note(world, make_registration(event, talk))
    with django_assert_max_num_queries(9):
        note(world, registration)
