"""What is noted during a visit, the report about it, and what became of the advice."""

import datetime

from django.urls import reverse
from django.utils import timezone

from consultations.models import VisitReport
from consultations.numbers.counting import quarter_of
from consultations.visit_reports.drafts import begin_log
from consultations.visit_reports.sharing import open_to_third_party
from consultations.visit_reports.writing import FreeTitle, Observation, add_free_finding
from partnership.links import issue_link
from partnership.models import SecretLink
from tests.browser.addresses import Paths, under
from tests.consultations.report_steps import KIM, make_draft, release
from tests.consultations.uptake_steps import make_told, tell
from tests.consultations.visit_log_steps import ADVICE, note_down, visit_of_today
from tests.personas import World

Purpose = SecretLink.Purpose
A_DAY = datetime.timedelta(days=1)

PAGES = {
    "visitor": ["consultations:report", "consultations:uptake", "consultations:uptake_quiet"],
    "alice": [
        *("own_reports:reports", "own_reports:report", "own_reports:share", "own_reports:digest"),
        "own_reports:uptake",
    ],
    "paula": [
        *("appointments:visit_log", "appointments:visit_log_texts", "appointments:visit_log_item"),
        *("appointments:visit_log_free_new", "appointments:visit_log_free"),
        "appointments:visit_log_free_remove",
        *("appointments:visit_reports", "appointments:visit_report_release", "appointments:visit_report"),
        *("appointments:visit_report_correct", "appointments:visit_report_reader"),
        "appointments:visit_report_digest",
    ],
    "lea": ["appointments:uptake_numbers"],
}
QUERIES = {"appointments:visit_reports": ["", "?stand=fehlt&suche=Muster"]}
NO_PAGES = {
    # acts
    *("appointments:visit_log_begin", "appointments:visit_log_rest", "appointments:visit_log_free_move"),
    *("appointments:visit_report_discard", "appointments:visit_report_reader_end", "own_reports:share_end"),
    "own_reports:uptake_quiet",
    # files
    *("appointments:visit_report_pdf", "own_reports:pdf", "consultations:report_pdf"),
    *("appointments:uptake_csv", "appointments:uptake_xlsx"),
}


def paths(world: World) -> Paths:
    return {**_visit_log(world), **_report(world), **_uptake(world)}


def _visit_log(world: World) -> Paths:
    """Half written, with a free finding beside what the checklist asks."""
    report = begin_log(visit_id=visit_of_today(world, officer=world.pia).pk, actor=world.pia)
    note_down(report, severity=3, place="Hoftür", advice=[ADVICE])
    free = add_free_finding(
        report_id=report.pk,
        free=FreeTitle(title="Rolltor"),
        observation=Observation(state="missing", advice=[ADVICE]),
        actor=world.pia,
    )
    visit, start = report.visit.appointment.reference, "appointments:visit_log"
    return {
        **under(start, ("", "_texts", "_free_new"), visit),
        **under(start, ("_item",), visit, report.findings.get(item__code="T2").item_id),
        **under(start, ("_free", "_free_remove"), visit, free.pk),
        "appointments:visit_report_release": reverse("appointments:visit_report_release", args=[visit]),
    }


def _report(world: World) -> Paths:
    """Released for Alice's firm, with a photo, a confirmed recipient and a third party."""
    report = release(world, make_draft(world, with_photo=True), recipients=[KIM])
    tomorrow = timezone.now() + A_DAY
    third = open_to_third_party(
        report_id=report.pk,
        name="Toni",
        email="toni@versicherung.example",
        until=tomorrow.date(),
        person=world.alice,
    )
    visit = report.visit.appointment.reference
    link = issue_link(thing=third, purpose=Purpose.REPORT, expires_at=tomorrow)
    return {
        **under("appointments:visit_report", ("", "_correct", "_reader"), visit),
        **under("own_reports:", ("report", "share", "uptake"), visit),
        "consultations:report": reverse("consultations:report", args=[link]),
    }


def _uptake(world: World) -> Paths:
    """Alice has told what became of one piece of advice, Kim is asked; five visits are counted."""
    report = VisitReport.objects.get(visit__readers__person=world.alice)
    tell(world, report)
    since = timezone.localdate() - quarter_of(timezone.localdate())
    for number in range(5):
        make_told(world, days_ago=since.days + 10 + number, told=["done", "declined", "", ""])
    kim = report.visit.readers.get(kind="recipient")
    tomorrow = timezone.now() + A_DAY
    asked = issue_link(thing=kim, purpose=Purpose.UPTAKE, expires_at=tomorrow)
    return under("consultations:uptake", ("", "_quiet"), asked)
