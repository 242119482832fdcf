"""Two nightly runs at once, one that is killed, and somebody who holds what is due."""

import datetime
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from consultations.models import Appointment
from consultations.retention import HELD_APPOINTMENT, KINDS
from partnership.demo.processes import Family
from partnership.models import ErasedThing, OutgoingMail, RetentionHold, RetentionRun
from partnership.outbox import queue_mail
from partnership.refusals import Refusal
from partnership.retention import running
from partnership.retention.erasure_list import list_files, read_lines
from partnership.retention.holds import place_hold
from partnership.retention.kinds import Erasable
from partnership.retention.running import Bounds, run_when_due
from tests import factories
from tests.personas import World, build_world
from tests.races.locks import holding, wait_until_waiting
from tests.races.processes import database_url
from tests.threads import at_once, in_background

pytestmark = pytest.mark.django_db(transaction=True)
DAY = datetime.timedelta(days=1)
APPOINTMENTS = next(kind for kind in KINDS if kind.key == "appointments")


@pytest.fixture
def world(settings: Any, tmp_path: Any) -> World:
    settings.ERASURE_LIST_DIR = tmp_path / "liste"
    return build_world()


def old_appointments(world: World, count: int) -> list[Appointment]:
    found = []
    for number in range(count):
        day = timezone.localdate() - (400 + number) * DAY
        hours = factories.make_hours(
            office=world.office, police=world.police, officers=[factories.make_person()], day=day
        )
        found.append(factories.make_appointment(hours=hours, state="attended", note="Tor"))
    return found


def old_mails(world: World, count: int) -> None:
    for number in range(count):
        queue_mail(
            partnership=world.partnership,
            kind="booking_confirmed",
            to_email=f"a{number}@b.example",
            content={"firm": "Muster"},
        )
    OutgoingMail.objects.update(state="sent", sent_at=timezone.now() - 40 * DAY)


def listed(rule: str) -> list[int]:
    return sorted(ErasedThing.objects.filter(rule=rule).values_list("object_id", flat=True))


def test_two_runs_at_once_erase_everything_once(world: World) -> None:
    old_mails(world, 40)
    keys = sorted(a.pk for a in old_appointments(world, 6))
    RetentionRun.objects.create(night=running.night_of(timezone.now()))
    bounds = Bounds(batch=5)
    answers = at_once(lambda: run_when_due(bounds=bounds), lambda: run_when_due(bounds=bounds))
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    run_when_due()
    assert listed("appointments") == keys
    assert listed("mails") == sorted(OutgoingMail.objects.values_list("pk", flat=True))
    tallies = RetentionRun.objects.get().tallies
    assert (tallies.get(kind="mails").erased, tallies.get(kind="appointments").erased) == (40, 6)


def test_the_control_without_the_lock_things_are_erased_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_appointments(world, 1)
    RetentionRun.objects.create(night=running.night_of(timezone.now()))
    both_have_read = threading.Barrier(2)
    owners = Erasable.owners

    def read_at_once(erasable: Erasable, rows: Any) -> Any:
        found = owners(erasable, rows)
        if found:
            both_have_read.wait(timeout=60)
        return found

    def read_without_lock(rows: Any, limit: int) -> list[int]:
        return list(rows.values_list("pk", flat=True)[:limit])

    monkeypatch.setattr(Erasable, "owners", read_at_once)
    monkeypatch.setattr(running, "all_kinds", lambda: [APPOINTMENTS])
    object.__setattr__(APPOINTMENTS.erasable, "lock", read_without_lock)
    try:
        at_once(run_when_due, run_when_due)
    finally:
        object.__setattr__(APPOINTMENTS.erasable, "lock", LOCK)
    assert len(listed("appointments")) == 2


LOCK = APPOINTMENTS.erasable.lock


RUN = "import django; django.setup(); from partnership.retention.running import run_when_due; run_when_due()"


def test_killed_in_the_middle_the_next_one_goes_on_and_the_list_is_whole(
    world: World, settings: Any, family: Family, tmp_path: Path
) -> None:
    """The process dies in a batch that waits for a row; those before it have committed."""
    old = old_appointments(world, 2)
    keys = sorted(appointment.pk for appointment in old)
    env = {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "partnership.settings",
        "ERASURE_LIST_DIR": str(settings.ERASURE_LIST_DIR),
    }
    with holding(old[1]):
        killed = family.start("run", [sys.executable, "-c", RUN], log=tmp_path / "run.log", env=env)
        wait_until_waiting(1)
        killed.process.kill()
        killed.process.wait()
    assert (listed("concerns"), listed("appointments")) == (keys, [])
    run_when_due(now=timezone.now() + datetime.timedelta(minutes=15))
    assert listed("appointments") == keys
    lines, unreadable = read_lines(list_files())
    certain = {(line.rule, line.key) for line in lines if line.is_certain}
    assert certain == set(ErasedThing.objects.values_list("rule", "object_id"))
    assert unreadable == 0


def test_hours_in_somebodys_hands_wait_for_the_next_go(world: World) -> None:
    first, second = old_appointments(world, 2)
    assert first.lane is not None
    with holding(first.lane.hours):
        run = run_when_due()
    assert listed("appointments") == [second.pk]
    assert (run.finished_at, run.tallies.get(kind="appointments").left) == (None, 1)
    run_when_due()
    assert listed("appointments") == sorted([first.pk, second.pk])


def test_whoever_keeps_something_while_it_goes_is_told(world: World) -> None:
    """Both want the hours' lock: either it is kept, or it is gone and that is said."""
    [old] = old_appointments(world, 1)

    def keep() -> RetentionHold:
        return place_hold(
            holdable=HELD_APPOINTMENT,
            key=old.pk,
            organisation=world.ihk,
            reason="Klage",
            until=timezone.localdate() + DAY,
            actor=world.bert,
        )

    answers = at_once(keep, run_when_due)
    old.refresh_from_db()
    if isinstance(answers[0], Refusal):
        assert old.emptied_at is not None
        assert not RetentionHold.objects.exists()
    else:
        assert old.emptied_at is None


def test_a_hold_that_is_just_being_placed_is_waited_for(world: World) -> None:
    [old] = old_appointments(world, 1)
    kept = threading.Event()
    look = threading.Event()

    def keep() -> None:
        with transaction.atomic():
            place_hold(
                holdable=HELD_APPOINTMENT,
                key=old.pk,
                organisation=world.ihk,
                reason="Klage",
                until=timezone.localdate() + DAY,
                actor=world.bert,
            )
            kept.set()
            look.wait(timeout=60)

    keeping = in_background(keep)
    kept.wait(timeout=60)
    run_when_due()
    look.set()
    assert keeping.result(timeout=60) is None
    old.refresh_from_db()
    assert old.emptied_at is None
    run_when_due()
    old.refresh_from_db()
    assert old.emptied_at is None
    connection.close()
