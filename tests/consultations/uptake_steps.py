"""A released report whose firm tells what became of the advice."""

import datetime
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils import timezone

from consultations.models import ReportReader, Uptake, VisitReport
from consultations.visit_reports.content import all_advice
from consultations.visit_reports.uptake import Told, tell_uptake
from consultations.visit_reports.uptake_asking import ask_due
from partnership.models import OutgoingMail
from partnership.times import at_wall_time, today
from tests import visit_factories
from tests.consultations.checklist_steps import item, make_in_force
from tests.consultations.report_steps import KIM, release
from tests.personas import World

DONE = Told(state="done", done_on=today())
WHY = "Der Vermieter von Quitten lehnt ab"
DECLINED = Told(state="declined", reason=WHY)
A_DAY = datetime.timedelta(days=1)


def keys(report: VisitReport) -> list[UUID]:
    return [UUID(advice["key"]) for advice, _point in all_advice(report.content or {})]


def tell(world: World, report: VisitReport, told: Told = DONE, **fields: Any) -> Uptake:
    return tell_uptake(report_id=report.pk, key=keys(report)[0], told=told, person=world.alice, **fields)


def days_after(report: VisitReport, days: int, hour: int = 10) -> datetime.datetime:
    assert report.released_at is not None
    return at_wall_time(timezone.localdate(report.released_at) + days * A_DAY, datetime.time(hour))


def make_told(
    world: World, *, days_ago: int, told: list[str], area: str = "T2", **request: Any
) -> VisitReport:
    """A visit and its report of that day, with a piece of advice for each of `told`; '' is nothing told."""
    checklist = world.police.checklists.filter(state="in_force").first() or make_in_force(world)
    start = at_wall_time(today() - days_ago * A_DAY, datetime.time(9))
    visit = visit_factories.make_visit(
        request=visit_factories.make_visit_request(police=world.police, **request),
        officer=world.paula,
        state="attended",
        starts_at=start,
    )
    report = visit_factories.make_report(visit=visit, checklist=checklist)
    finding = visit_factories.make_finding(report=report, item=item(checklist, area))
    advice = [visit_factories.make_recommendation(finding=finding) for _state in told]
    VisitReport.objects.filter(pk=report.pk).update(
        state="released",
        reference=f"{visit.pk}",
        released_at=start,
        content={},
        salt="0" * 64,
        digest=f"{visit.pk:064}",
    )
    for row, state in zip(advice, told, strict=True):
        if state:
            fields = {"done_on": today()} if state == "done" else {"reason": WHY}
            Uptake.objects.create(visit=visit, key=row.key, state=state, told_at=start + A_DAY, **fields)
    report.refresh_from_db()
    return report


def asked(report: VisitReport, days: int, **moment: Any) -> list[str]:
    """Who gets the mail in a scan so many days after the release."""
    before = list(OutgoingMail.objects.values_list("pk", flat=True))
    ask_due(now=days_after(report, days, **moment))
    mails = OutgoingMail.objects.filter(kind="uptake_asked").exclude(pk__in=before)
    return sorted(mails.values_list("to_email", flat=True))


def without_account(world: World) -> VisitReport:
    """Read by Kim only, whom the officer has confirmed on site."""
    report = release(world, recipients=[KIM])
    ReportReader.objects.filter(kind=ReportReader.Kind.FIRM).update(person=None)
    return report


def path_in(mail: OutgoingMail, name: str) -> str:
    path: str = mail.content[name].split("/", 3)[3]
    return f"/{path}"


def last_question() -> OutgoingMail:
    return OutgoingMail.objects.filter(kind="uptake_asked").latest("pk")


def _ask(world: World, language: str) -> None:
    report = release(world, recipients=[KIM])
    ReportReader.objects.update(language=language)
    ask_due(now=days_after(report, 92))


UPTAKE_ACTS: dict[str, Callable[[World, str], object]] = {"uptake_asked": _ask}
