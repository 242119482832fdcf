"""The report on paper: accessible and archivable at once, two to eight pages, nothing but what was sealed."""

from collections.abc import Callable

import pytest

from consultations.checklists.versions import adopt_first_contents, put_in_force
from consultations.models import Finding, ReportFile, VisitReport
from consultations.visit_reports.pdf import pdf_of_report, render_report
from tests import visit_factories
from tests.consultations.report_steps import add_photo, make_draft, make_visit, release
from tests.pdf_ua import faults_of_pdf, pages_of
from tests.personas import World

pytestmark = pytest.mark.django_db
ARCHIVE = "3a"


def test_it_is_accessible_and_archivable_at_once(world: World) -> None:
    pdf = pdf_of_report(release(world, make_draft(world, with_photo=True)))
    assert faults_of_pdf(pdf) == []
    assert faults_of_pdf(pdf, profile=ARCHIVE) == []


def fill_whole_checklist(world: World) -> VisitReport:
    """All 54 items of the portal's own checklist, a flaw with a photo at every other one."""
    draft = adopt_first_contents(police_id=world.police.pk, actor=world.lea)
    checklist = put_in_force(checklist_id=draft.pk, seen=draft.version, actor=world.lea)
    report = visit_factories.make_report(
        visit=make_visit(world), checklist=checklist, summary="Vieles ist gut. " * 20
    )
    for number, item in enumerate(checklist.items.order_by("area__order", "order")):
        state = [Finding.State.IN_ORDER, Finding.State.WEAK, Finding.State.MISSING][number % 3]
        finding = visit_factories.make_finding(report=report, item=item, state=state, note="Gesehen am Tor.")
        if number % 3 and (wording := item.wordings.first()):
            visit_factories.make_recommendation(
                finding=finding, text=wording.text, standard=wording.standard, priority=wording.priority
            )
            if number % 6 == 1:
                add_photo(finding)
    return report


@pytest.mark.parametrize("make", [make_draft, fill_whole_checklist])
def test_it_takes_two_to_eight_pages(world: World, make: Callable[[World], VisitReport]) -> None:
    assert 2 <= pages_of(pdf_of_report(release(world, make(world)))) <= 8


def test_large_print_is_another_file_and_both_are_kept(world: World) -> None:
    report = release(world)
    normal, large = pdf_of_report(report), pdf_of_report(report, is_large=True)
    assert pages_of(large) >= pages_of(normal)
    assert faults_of_pdf(large) == []
    assert ReportFile.objects.count() == 2
    assert pdf_of_report(report) == normal


def test_a_third_partys_copy_names_it_and_is_not_kept(world: World) -> None:
    report = release(world)
    pdf = render_report(report, for_whom='Kim "\\} Muster, Versicherung')
    assert faults_of_pdf(pdf, profile=ARCHIVE) == []
    assert not ReportFile.objects.exists()
