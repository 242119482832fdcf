"""What officers enter is saved entry by entry, and nobody overwrites what they have not seen."""

import pytest

from consultations.models import Finding, VisitReport
from consultations.visit_reports import texts, writing
from consultations.visit_reports.drafts import NoChecklist, Released, begin_log
from consultations.visit_reports.text_blocks import BLOCKS, OPENINGS
from consultations.visit_reports.writing import Advice, FreeTitle, Observation, SavedMeanwhile
from partnership.administration.changes import ChangedMeanwhile
from partnership.models import LogEntry
from partnership.refusals import Refusal
from tests.consultations.checklist_steps import make_in_force
from tests.consultations.visit_log_steps import ADVICE, MARKER, begun, item_of, note_down, visit_of_today
from tests.personas import World
from tests.visit_factories import make_report, make_visit, make_visit_request

pytestmark = pytest.mark.django_db
State = Finding.State
FLAWLESS = Observation(state=State.IN_ORDER)


def test_a_log_takes_the_checklist_in_force(world: World) -> None:
    report = begun(world)
    assert report.checklist.number == 1
    assert report.begun_by == world.paula
    assert LogEntry.objects.filter(act="visit_log.begun", organisation=world.police).count() == 1


def test_beginning_notes_that_the_visit_takes_place(world: World) -> None:
    report = begun(world)
    report.visit.appointment.refresh_from_db()
    report.visit.request.refresh_from_db()
    assert (report.visit.appointment.state, report.visit.request.state) == ("attended", "visited")


def test_whoever_begins_second_gets_the_first_ones_draft(world: World) -> None:
    report = begun(world)
    assert begin_log(visit_id=report.visit_id, actor=world.pia) == report


def test_without_a_checklist_it_is_said_what_to_do(world: World) -> None:
    with pytest.raises(NoChecklist, match="Die Leitung setzt"):
        begin_log(visit_id=visit_of_today(world).pk, actor=world.paula)


def test_it_does_not_begin_before_the_day(world: World) -> None:
    make_in_force(world)
    request = make_visit_request(
        police=world.police,
    )
    visit = make_visit(request=request, officer=world.pia)
    with pytest.raises(Refusal, match="zu früh"):
        begin_log(visit_id=visit.pk, actor=world.paula)


def test_a_cancelled_visit_has_no_log(world: World) -> None:
    make_in_force(world)
    visit = visit_of_today(world, state="cancelled", cancelled_by="firm")
    with pytest.raises(Refusal, match="abgesagt"):
        begin_log(visit_id=visit.pk, actor=world.paula)


def test_after_a_release_nothing_begins_anew(world: World) -> None:
    visit = visit_of_today(world)
    make_report(visit=visit, checklist=make_in_force(world), state=VisitReport.State.RELEASED)
    with pytest.raises(Released):
        begin_log(visit_id=visit.pk, actor=world.paula)


def test_an_entry_is_saved_with_what_is_advised(world: World) -> None:
    finding = note_down(begun(world), severity=3, place="Hoftür", advice=[ADVICE])
    assert (finding.version, finding.saved_by) == (1, world.paula)
    assert [row.text for row in finding.recommendations.all()] == ["Bauen Sie ein Schloss ein."]


def test_an_outdated_entry_is_not_written(world: World) -> None:
    report = begun(world)
    note_down(report, note="Von Pia", actor=world.pia)
    with pytest.raises(SavedMeanwhile):
        note_down(report, note="Von Paula")
    assert report.findings.get().note == "Von Pia"


def test_saving_the_same_again_changes_nothing(world: World) -> None:
    report = begun(world)
    first = note_down(report)
    again = note_down(report, seen=1)
    assert (again.version, again.saved_at) == (1, first.saved_at)
    assert LogEntry.objects.filter(act="visit_log.saved").count() == 1


def test_what_is_no_flaw_has_neither_severity_nor_advice(world: World) -> None:
    report = begun(world)
    note_down(report, severity=3, advice=[ADVICE])
    finding = note_down(report, seen=1, state=State.IN_ORDER, severity=3, advice=[ADVICE])
    assert finding.severity is None
    assert not finding.recommendations.exists()


def test_a_recommendation_keeps_its_key_through_changes(world: World) -> None:
    report = begun(world)
    first = note_down(report, advice=[ADVICE]).recommendations.get()
    changed = Advice(text="Sofort ein Schloss.", priority=1, recommendation_id=first.pk)
    finding = note_down(report, seen=1, advice=[changed])
    row = finding.recommendations.get()
    assert (row.key, row.text, row.version) == (first.key, "Sofort ein Schloss.", 2)
    assert finding.version == 2


def test_it_is_known_where_in_the_library_it_comes_from(world: World) -> None:
    report = begun(world)
    wording = item_of(report, "T2").wordings.get()
    own = Advice(text="Anders", priority=2, wording_id=wording.pk)
    assert note_down(report, advice=[own]).recommendations.get().wording == wording
    elsewhere = Advice(text="Anders", priority=2, wording_id=wording.pk)
    assert note_down(report, "T1", advice=[elsewhere]).recommendations.get().wording is None


def test_the_rest_of_an_area_at_one_click(world: World) -> None:
    report = begun(world)
    finding = note_down(report, "T2")
    number = writing.set_rest(
        report_id=report.pk, area_id=item_of(report, "T1").area_id, state="not_applicable", actor=world.paula
    )
    assert number == 1
    assert report.findings.get(item__code="T1").state == State.NOT_APPLICABLE
    assert report.findings.get(item__code="T2") == finding
    assert not report.findings.filter(item__code="W1").exists()


def test_nothing_is_in_order_without_looking(world: World) -> None:
    report = begun(world)
    area = item_of(report, "T1").area_id
    with pytest.raises(Refusal):
        writing.set_rest(report_id=report.pk, area_id=area, state="in_order", actor=world.paula)


def add_free(report: VisitReport, title: str) -> Finding:
    return writing.add_free_finding(
        report_id=report.pk, free=FreeTitle(title=title), observation=FLAWLESS, actor=report.begun_by
    )


def test_free_findings_have_an_order_and_go_again(world: World) -> None:
    report = begun(world)
    first, second = add_free(report, "Rolltor"), add_free(report, "Hund")
    writing.move_free_finding(finding_id=second.pk, up=True, actor=world.paula)
    assert [row.title for row in report.findings.all()] == ["Hund", "Rolltor"]
    with pytest.raises(SavedMeanwhile):
        writing.remove_free_finding(finding_id=first.pk, seen=2, actor=world.paula)
    writing.remove_free_finding(finding_id=first.pk, seen=1, actor=world.paula)
    assert [row.title for row in report.findings.all()] == ["Hund"]


def test_a_free_finding_that_is_gone_is_said_to_be_gone(world: World) -> None:
    row = add_free(begun(world), "Rolltor")
    row.delete()
    with pytest.raises(Refusal, match="inzwischen entfernt"):
        writing.change_free_finding(
            finding_id=9, seen=1, free=FreeTitle(title="x"), observation=FLAWLESS, actor=world.paula
        )


def test_a_released_report_takes_no_entry(world: World) -> None:
    report = begun(world)
    VisitReport.objects.filter(pk=report.pk).delete()
    released = make_report(visit=report.visit, checklist=report.checklist, state="released")
    released.begun_by = world.paula
    with pytest.raises(Released):
        note_down(released)


def test_the_first_words_fit_the_reason(world: World) -> None:
    report = begun(world)
    assert texts.first_words(report)["summary"] == OPENINGS["general"]
    texts.save_texts(report_id=report.pk, seen=1, summary="Gut.", next_steps="", actor=world.paula)
    report.refresh_from_db()
    assert texts.first_words(report) == {"summary": "Gut.", "next_steps": ""}


def test_of_two_who_write_the_summary_the_second_reads_first(world: World) -> None:
    report = begun(world)
    texts.save_texts(report_id=report.pk, seen=1, summary="Gut.", next_steps="", actor=world.pia)
    with pytest.raises(ChangedMeanwhile):
        texts.append_block(
            report_id=report.pk,
            seen=1,
            texts={"summary": "Schlecht.", "next_steps": ""},
            block=BLOCKS[0],
            actor=world.paula,
        )


def test_a_block_comes_after_what_was_typed(world: World) -> None:
    report = begun(world)
    typed = {"summary": "Guten Tag.", "next_steps": ""}
    texts.append_block(report_id=report.pk, seen=1, texts=typed, block=BLOCKS[0], actor=world.paula)
    report.refresh_from_db()
    assert report.summary == f"Guten Tag.\n{BLOCKS[0].text}"


def test_the_log_says_where_and_never_what(world: World) -> None:
    report = begun(world)
    note_down(report, place=MARKER, advice=[Advice(text=MARKER, priority=1)])
    writing.add_free_finding(
        report_id=report.pk, free=FreeTitle(title=MARKER), observation=FLAWLESS, actor=world.paula
    )
    details = str(list(LogEntry.objects.values_list("detail", flat=True)))
    assert "T2" in details
    assert MARKER not in details
