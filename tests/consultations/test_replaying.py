"""After a restore: what had been erased is erased again, and nothing else."""

import datetime
import json
import os
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db.models import Model
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from consultations.models import Appointment, Concern
from consultations.retention import HELD_APPOINTMENT
from partnership.erasing import ask_for_erasure, carry_out_part
from partnership.models import ErasedThing, ErasureRequest, Firm, FirmContact, Person
from partnership.retention.erasure_list import Erased, list_files, read_lines, write_down
from partnership.retention.holds import place_hold
from partnership.retention.replaying import Report, replay
from partnership.retention.running import run_when_due
from tests import factories
from tests.personas import World

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
Act = Callable[[], object]
Committed = Callable[[Act], None]


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.ERASURE_LIST_DIR = tmp_path / "liste"
    return tmp_path / "liste"


@pytest.fixture
def committed(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Committed:
    """Runs an act with what follows its commit."""

    def run(act: Act) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            act()

    return run


@pytest.fixture
def past(world: World) -> Appointment:
    """Alice came last week, and speaks for a firm."""
    day = timezone.localdate() - 7 * DAY
    hours = factories.make_hours(office=world.office, police=world.police, officers=[world.pia], day=day)
    return factories.make_appointment(
        hours=hours,
        state=Appointment.State.ATTENDED,
        person=world.alice,
        firm=factories.make_firm(world.alice),
        note="Tor",
        contact_email=world.alice.email,
    )


class Backup:
    """Rows as a dump has them; `restore` puts them in again as they were."""

    def __init__(self, *models: type[Model]) -> None:
        self.text = serializers.serialize("json", [row for model in models for row in model.objects.all()])  # type: ignore[attr-defined]

    def restore(self) -> None:
        for row in serializers.deserialize("json", self.text):
            row.save()


def back_up() -> Backup:
    return Backup(Person, Firm, FirmContact, Appointment, Concern, ErasureRequest)


def erase_alice(world: World) -> None:
    request = ask_for_erasure(person=world.alice, partnership=world.partnership)
    carry_out_part(part_id=request.parts.get(organisation=world.ihk).pk, actor=world.bert)
    carry_out_part(part_id=request.parts.get(organisation=None).pk, actor=world.karl)


def left_of_alice(world: World) -> list[int]:
    return [
        Person.objects.filter(pk=world.alice.pk).count(),
        FirmContact.objects.count(),
        Firm.objects.count(),
        Appointment.objects.filter(contact_email=world.alice.email).count(),
        Concern.objects.exclude(note="").count(),
    ]


def erased_by(report: Report) -> dict[str, int]:
    return {f"{r.rule} {r.thing.partition('.')[2]}": r.erased for r in report.results if r.erased}


def test_what_a_request_erased_is_erased_again(world: World, past: Appointment, committed: Committed) -> None:
    backup = back_up()
    committed(lambda: erase_alice(world))
    assert left_of_alice(world) == [0, 0, 0, 0, 0]
    backup.restore()
    assert left_of_alice(world) == [1, 1, 1, 1, 1]
    report = replay(list_files())
    assert left_of_alice(world) == [0, 0, 0, 0, 0]
    assert erased_by(report) == {
        "request appointment": 1,
        "request firmcontact": 1,
        "request person": 1,
        "request firm": 1,
    }


def test_twice_changes_nothing(world: World, past: Appointment, committed: Committed) -> None:
    backup = back_up()
    committed(lambda: erase_alice(world))
    backup.restore()
    committed(lambda: replay(list_files()))
    assert erased_by(replay(list_files())) == {}


def test_a_request_that_is_open_in_the_backup_closes_with_its_person(
    world: World, past: Appointment, committed: Committed
) -> None:
    request = ask_for_erasure(person=world.alice, partnership=world.partnership, reason="Ende")
    backup = back_up()

    def decide() -> None:
        for part in request.parts.order_by("pk"):
            carry_out_part(part_id=part.pk, actor=world.bert)

    committed(decide)
    backup.restore()
    replay(list_files())
    request.refresh_from_db()
    assert (request.person, request.reason, request.state) == (None, "", "carried_out")


def test_what_the_backup_has_as_coming_is_cancelled_with_it(
    world: World, past: Appointment, committed: Committed
) -> None:
    coming = factories.make_appointment(
        hours=world.hours, state="unconfirmed", person=world.alice, contact_email=world.alice.email
    )
    backup = back_up()
    Appointment.objects.filter(pk=coming.pk).update(state="cancelled")
    committed(lambda: erase_alice(world))
    backup.restore()
    replay(list_files())
    coming.refresh_from_db()
    assert (coming.state, coming.contact_email) == ("cancelled", "")


def test_what_a_rule_erased_is_erased_again(world: World, past: Appointment, committed: Committed) -> None:
    Appointment.objects.update(created_at=timezone.now() - 500 * DAY)
    period = past.period
    past.period = type(period)(period.lower - 400 * DAY, period.upper - 400 * DAY)
    past.save(update_fields=["period"])
    backup = Backup(Appointment, Concern)
    committed(run_when_due)
    backup.restore()
    assert erased_by(replay(list_files())) == {"appointments appointment": 1, "concerns concern": 1}
    past.refresh_from_db()
    assert (past.contact_email, past.concern.note) == ("", "")


def test_a_line_whose_erasure_never_happened_erases_nothing_that_is_not_due(
    world: World, past: Appointment
) -> None:
    """The transaction was cut off after the file was written: its rows are still whole."""
    write_down([Erased(Appointment, past.pk)], rule="appointments")
    ErasedThing.objects.all().delete()
    report = replay(list_files())
    past.refresh_from_db()
    assert past.contact_email
    assert [(r.found, r.erased) for r in report.results] == [(1, 0)]


def test_a_request_of_which_it_is_not_known_is_named_and_left_to_somebody(
    world: World, past: Appointment
) -> None:
    write_down([Erased(Appointment, past.pk)], rule=ErasedThing.REQUEST)
    report = replay(list_files())
    assert [(line.thing, line.key) for line in report.uncertain] == [("consultations.appointment", past.pk)]
    past.refresh_from_db()
    assert past.contact_email
    assert erased_by(replay(list_files(), with_uncertain=True)) == {"request appointment": 1}


def test_a_key_that_was_given_again_is_somebody_elses(
    world: World, past: Appointment, committed: Committed
) -> None:
    """After a restore the database counts on from the backup's last key."""
    key = past.pk
    committed(lambda: write_down([Erased(Appointment, key)], rule=ErasedThing.REQUEST))
    Appointment.objects.filter(pk=key).update(created_at=timezone.now() + datetime.timedelta(seconds=1))
    report = replay(list_files())
    assert [(r.found, r.erased) for r in report.results] == [(1, 0)]


def test_what_is_held_stays(world: World, past: Appointment, committed: Committed) -> None:
    committed(lambda: write_down([Erased(Appointment, past.pk)], rule=ErasedThing.REQUEST))
    place_hold(
        holdable=HELD_APPOINTMENT,
        key=past.pk,
        organisation=world.ihk,
        reason="Klage",
        until=timezone.localdate() + DAY,
        actor=world.bert,
    )
    assert erased_by(replay(list_files())) == {}


def test_a_dry_run_counts_and_leaves_everything(
    world: World, past: Appointment, committed: Committed
) -> None:
    committed(lambda: write_down([Erased(Appointment, past.pk)], rule=ErasedThing.REQUEST))
    said = command("--dry-run")
    assert said == "request, consultations.appointment: 1 genannt, 1 wieder da, 1 zu löschen\n"
    past.refresh_from_db()
    assert past.contact_email


def test_a_write_that_was_cut_off_spoils_no_other_line(
    world: World, past: Appointment, committed: Committed
) -> None:
    write_down([Erased(Appointment, past.pk)], rule="appointments")
    [file] = list_files()
    os.truncate(file, file.stat().st_size - 20)
    committed(lambda: write_down([Erased(Appointment, past.pk)], rule=ErasedThing.REQUEST))
    lines, unreadable = read_lines([file])
    assert ([line.rule for line in lines], unreadable) == (["request"], 1)
    assert command().endswith("nicht lesbare Zeilen: 1\n")


def test_several_files_are_one_list(world: World, past: Appointment, committed: Committed) -> None:
    """Of several machines; the confirmation may even stand in another one."""
    committed(lambda: write_down([Erased(Appointment, past.pk)], rule=ErasedThing.REQUEST))
    [file] = list_files()
    first, done = [line for line in file.read_text().splitlines() if line]
    (file.parent / "2026-anderswo.jsonl").write_text(done)
    file.write_text(first)
    assert erased_by(replay(list_files())) == {"request appointment": 1}


def test_lines_name_nobody(world: World, past: Appointment, committed: Committed) -> None:
    committed(lambda: erase_alice(world))
    text = "".join(file.read_text() for file in list_files())
    assert set().union(*(json.loads(line) for line in text.splitlines() if line)) == {
        *("at", "rule", "part", "block", "thing", "key"),
        "done",
    }
    assert "Alice" not in text
    assert "example" not in text


def test_without_a_list_the_command_says_so(folder: Path) -> None:
    with pytest.raises(CommandError, match="keine Löschliste"):
        command()
    with pytest.raises(CommandError, match="gibt es nicht"):
        command(str(folder / "nichts.jsonl"))


def test_unknown_rules_are_named(world: World) -> None:
    write_down([Erased(Appointment, 1)], rule="older_rule")
    assert "unbekannt: older_rule: consultations.appointment" in command()


def command(*arguments: Any) -> str:
    said = StringIO()
    call_command("replay_erasures", *arguments, stdout=said)
    return said.getvalue()
