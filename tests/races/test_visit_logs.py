"""Two devices write one log, somebody releases it meanwhile: nothing is overwritten or comes too late."""

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from consultations.models import Finding, VisitReport
from consultations.visit_reports import drafts
from consultations.visit_reports.drafts import Released, begin_log
from consultations.visit_reports.releasing import release_report
from consultations.visit_reports.writing import SavedMeanwhile
from tests.consultations.checklist_steps import make_in_force
from tests.consultations.report_steps import seen
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


def release(report: VisitReport, words: str) -> VisitReport:
    """`words` is the fingerprint of what was read before."""
    actor = report.visit.officer
    return release_report(report_id=report.pk, seen=words, despite_lacks=True, actor=actor)


def save_while_it_is_released(report: VisitReport) -> object:
    words = seen(report)
    with holding(report):
        first = in_background(lambda: release(report, words))
        wait_until_waiting(1)
        second = in_background(lambda: note_down(report))
        wait_until_waiting(2)
    assert isinstance(first.result(timeout=30), VisitReport)
    return second.result(timeout=30)


def test_nothing_is_saved_into_what_is_being_released(world: World) -> None:
    report = begun(world)
    assert isinstance(save_while_it_is_released(report), Released)
    assert not report.findings.exists()


def test_nothing_is_released_that_was_saved_after_it_was_read(world: World) -> None:
    """Whoever releases waits for the entry, and is then told to read again."""
    report = begun(world)
    words = seen(report)
    with holding(report):
        saving = in_background(lambda: note_down(report))
        wait_until_waiting(1)
        releasing = in_background(lambda: release(report, words))
        wait_until_waiting(2)
    assert isinstance(saving.result(timeout=30), Finding)
    assert "Inzwischen hat jemand etwas geändert" in str(releasing.result(timeout=30))
    report.refresh_from_db()
    assert report.is_draft


def test_control_without_the_lock_the_database_has_the_last_word(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the entry is written into what is sealed meanwhile, and no sentence says so."""
    report = begun(world)
    monkeypatch.setattr(drafts, "SHARED", WITHOUT_LOCK)
    assert isinstance(save_while_it_is_released(report), IntegrityError)


def test_entries_do_not_wait_for_each_other(world: World) -> None:
    report = begun(world)
    with own_connection() as somebody:
        somebody.execute("SELECT 1 FROM consultations_visitreport WHERE id = %s FOR SHARE", [report.pk])
        assert isinstance(in_background(lambda: note_down(report)).result(timeout=30), Finding)


def test_control_what_concerns_the_whole_log_waits(world: World) -> None:
    report = begun(world)
    words = seen(report)
    with own_connection() as somebody:
        somebody.execute("SELECT 1 FROM consultations_visitreport WHERE id = %s FOR SHARE", [report.pk])
        releasing = in_background(lambda: release(report, words))
        wait_until_waiting(1)
    assert isinstance(releasing.result(timeout=30), VisitReport)


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
