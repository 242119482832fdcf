"""Two devices write one log, somebody releases it meanwhile: nothing is overwritten or comes too late."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from consultations.models import Finding, VisitReport
from consultations.visit_reports import drafts
from consultations.visit_reports.drafts import Released, begin_log, lock_draft
from consultations.visit_reports.writing import SavedMeanwhile
from tests.consultations.checklist_steps import make_in_force
from tests.consultations.visit_log_steps import begun, note_down, visit_of_today
from tests.personas import World, build_world
from tests.races.locks import holding, own_connection, wait_until_waiting
from tests.threads import at_once, in_background

pytestmark = pytest.mark.django_db(transaction=True)
WITHOUT_LOCK = "SELECT * FROM consultations_visitreport WHERE id = %s"


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows.all())


def release(report: VisitReport) -> None:
    """What a release does to the row, under the lock that it takes."""
    with transaction.atomic():
        lock_draft(report.pk)
        VisitReport.objects.filter(pk=report.pk).update(
            state=VisitReport.State.RELEASED,
            released_at=timezone.now(),
            reference="2026-1",
            content={},
            salt="0" * 64,
            digest="0" * 64,
        )


def save_while_it_is_released(report: VisitReport) -> object:
    with holding(report):
        first = in_background(lambda: release(report))
        wait_until_waiting(1)
        second = in_background(lambda: note_down(report))
        wait_until_waiting(2)
    assert first.result(timeout=30) is None
    return second.result(timeout=30)


def test_nothing_is_saved_into_what_is_being_released(world: World) -> None:
    report = begun(world)
    assert isinstance(save_while_it_is_released(report), Released)
    assert not report.findings.exists()


def test_control_without_the_lock_it_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    report = begun(world)
    monkeypatch.setattr(drafts, "SHARED", WITHOUT_LOCK)
    assert isinstance(save_while_it_is_released(report), Finding)
    assert report.findings.exists()


def test_entries_do_not_wait_for_each_other(world: World) -> None:
    report = begun(world)
    with own_connection() as somebody:
        somebody.execute("SELECT 1 FROM consultations_visitreport WHERE id = %s FOR SHARE", [report.pk])
        assert isinstance(in_background(lambda: note_down(report)).result(timeout=30), Finding)


def test_control_what_concerns_the_whole_log_waits(world: World) -> None:
    report = begun(world)
    with own_connection() as somebody:
        somebody.execute("SELECT 1 FROM consultations_visitreport WHERE id = %s FOR SHARE", [report.pk])
        releasing = in_background(lambda: release(report))
        wait_until_waiting(1)
    assert releasing.result(timeout=30) is None


def save_twice_at_once(report: VisitReport) -> list[object]:
    finding = note_down(report, note="zuerst")
    with holding(finding):
        both = [
            in_background(lambda note=note: note_down(report, seen=1, note=note)) for note in ("Paula", "Pia")
        ]
        wait_until_waiting(2)
    return [one.result(timeout=30) for one in both]


def test_of_two_devices_one_is_told(world: World) -> None:
    report = begun(world)
    found = save_twice_at_once(report)
    assert sorted(type(one).__name__ for one in found) == ["Finding", "SavedMeanwhile"]
    assert report.findings.get().version == 2


def test_control_without_the_lock_one_overwrites_the_other(world: World, no_locks: None) -> None:
    found = save_twice_at_once(begun(world))
    assert [type(one).__name__ for one in found] == ["Finding", "Finding"]


def test_two_who_find_the_same_item_new(world: World) -> None:
    report = begun(world)
    found = at_once(*[lambda: note_down(report)] * 2)
    assert sorted(type(one) for one in found if isinstance(one, Exception)) == [SavedMeanwhile]
    assert report.findings.count() == 1


def test_two_who_begin_write_one_log(world: World) -> None:
    make_in_force(world)
    visit = visit_of_today(world)
    found = at_once(*[lambda: begin_log(visit_id=visit.pk, actor=world.paula)] * 2)
    assert found == [VisitReport.objects.get()] * 2


def test_control_without_the_lock_one_of_them_fails(world: World, no_locks: None) -> None:
    checklist = make_in_force(world)
    visit = visit_of_today(world, state="attended")
    with holding(checklist):
        both = [in_background(lambda: begin_log(visit_id=visit.pk, actor=world.paula)) for _n in range(2)]
        wait_until_waiting(2)
    assert any(isinstance(one.result(timeout=30), IntegrityError) for one in both)
