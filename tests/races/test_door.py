"""One ticket on two devices at the same moment; the race has a control without its lock."""

import datetime
import threading

import pytest
from django.db import IntegrityError
from django.utils import timezone

from forums.door import attendance
from forums.door.half_days import half_days_of
from forums.models import Attendance, Registration
from partnership.models import LogEntry, Person
from tests.event_factories import make_event, make_part, make_registration
from tests.personas import World, build_world
from tests.races.test_two_people import behind
from tests.threads import Job, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def registration(world: World) -> Registration:
    """Of an event of yesterday, so that the hour of the test does not matter."""
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    event = make_event(organiser=world.ihk, day=yesterday)
    return make_registration(event, make_part(event))


def scanning(registration: Registration, person: Person) -> Job:
    half_day = half_days_of(registration.bookings.get().part)[0]
    return lambda: attendance.note_attendance(
        registration_id=registration.pk, half_day=half_day, way=Attendance.Way.QR, actor=person
    )


def test_one_ticket_on_two_devices_is_one_attendance(world: World, registration: Registration) -> None:
    answers = behind(registration, scanning(registration, world.bert), scanning(registration, world.karl))
    assert [len(answer) for answer in answers] == [1, 0]  # type: ignore[arg-type]
    assert Attendance.objects.count() == 1
    assert LogEntry.objects.filter(act="attendance.noted").count() == 1


def test_without_the_lock_one_of_them_would_fail(
    world: World, registration: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: both have looked before one of them writes; the constraint is the last word."""
    barrier = threading.Barrier(2)

    def read_without_lock(registration_id: int) -> Registration:
        return Registration.objects.select_related("event__organiser").get(pk=registration_id)

    def both_have_looked(*_args: object, **_options: object) -> bool:
        barrier.wait(20)
        return False

    monkeypatch.setattr(attendance, "lock_registration", read_without_lock)
    monkeypatch.setattr(attendance, "_is_late", both_have_looked)
    answers = at_once(scanning(registration, world.bert), scanning(registration, world.karl))
    assert [type(answer) for answer in answers].count(IntegrityError) == 1
    assert Attendance.objects.count() == 1
