"""Scans that run beside each other, and an appointment that moves while its reminder is on the way."""

import datetime

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from consultations.day_notices import send_day_notices
from consultations.models import Reminder
from consultations.reminders import send_due
from partnership import outbox
from partnership.models import OutgoingMail
from partnership.outbox import deliver_mail
from partnership.times import at_wall_time
from tests.consultations.steps import confirm, move
from tests.personas import World, build_world
from tests.races.locks import holding, wait_until_waiting
from tests.smtp import Postbox
from tests.threads import at_once, in_background

pytestmark = pytest.mark.django_db(transaction=True)

State = OutgoingMail.State


@pytest.fixture
def world() -> World:
    return build_world()


def two_scans(world: World, *, both_wait: bool) -> int:
    """The first stands in the middle of its work, before a row of the partnership, when the second begins.
    How many reminders have been written."""
    confirm(world.hours)
    Reminder.objects.filter(kind=Reminder.Kind.WEEK).delete()
    Reminder.objects.update(due_at=timezone.now())
    with holding(world.partnership):
        first = in_background(send_due)
        wait_until_waiting(1)
        second = in_background(send_due)
        if both_wait:
            wait_until_waiting(2)
        else:
            assert second.result(timeout=30) == 0
    assert first.result(timeout=30) == 1
    second.result(timeout=30)
    return OutgoingMail.objects.filter(kind="booking_reminder").count()


def test_two_scans_at_once_remind_once(world: World) -> None:
    assert two_scans(world, both_wait=False) == 1


def test_control_without_the_lock_on_its_row_two_scans_remind_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
    assert two_scans(world, both_wait=True) == 2


def test_two_scans_at_once_write_one_mail_about_a_day(world: World) -> None:
    now = at_wall_time(world.hours.day - datetime.timedelta(days=1), datetime.time(18))
    answers = at_once(*[lambda: send_day_notices(now=now)] * 4)
    assert sorted(map(str, answers)) == ["0", "0", "0", "1"]
    assert OutgoingMail.objects.get().kind == "officer_tomorrow"


def moved_on_the_way(world: World) -> OutgoingMail:
    """A worker reaches for a queued reminder; the firm moves its appointment before the worker has it."""
    appointment = confirm(world.hours)
    Reminder.objects.update(due_at=timezone.now())
    Reminder.objects.filter(kind=Reminder.Kind.WEEK).delete()
    send_due()
    mail = OutgoingMail.objects.get(kind="booking_reminder")
    with holding(mail):
        worker = in_background(lambda: deliver_mail(mail.pk))
        wait_until_waiting(1)
        move(appointment, world.hours, 2)
    assert worker.result(timeout=30) is None
    mail.refresh_from_db()
    return mail


def test_who_moves_between_claim_and_sending_gets_no_reminder_of_the_old_time(
    world: World, postbox: Postbox
) -> None:
    assert moved_on_the_way(world).state == State.WITHDRAWN
    assert postbox.messages == []


def test_control_without_the_last_look_it_would_leave(
    world: World, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(outbox._checks, "booking_reminder")
    assert moved_on_the_way(world).state == State.SENT
    assert len(postbox.messages) == 1
