"""A visit that took place, its draft and what becomes of it."""

import datetime
import io
from collections.abc import Callable
from typing import Any

from django.utils import translation
from PIL import Image

from consultations.models import Appointment, Finding, ReportReader, Visit, VisitReport, VisitRequest
from consultations.visit_reports.content import snapshot
from consultations.visit_reports.missing import remind_of_reports
from consultations.visit_reports.releasing import Recipient, release_report
from consultations.visit_reports.sharing import open_to_third_party
from partnership.models import OutgoingMail, Photo, PhotoFile
from partnership.sealed_content import fingerprint
from partnership.times import at_wall_time, today
from tests import visit_factories
from tests.consultations.checklist_steps import item, make_in_force
from tests.personas import World

MARK = "Fliegengitter"
SUMMARY = f"{MARK} fehlen, vieles ist gut gesichert."
KIM = Recipient(name="Kim Quitte", email="Kim@Quitten.example")
RECIPIENT = "kim@quitten.example"


def make_visit(world: World, *, days_ago: int = 1, **fields: Any) -> Visit:
    """Paula was at Alice's."""
    request = visit_factories.make_visit_request(
        police=world.police, person=world.alice, firm_name="Tischlerei Muster", reason="burglary"
    )
    return visit_factories.make_visit(
        request=request,
        officer=world.paula,
        state=Appointment.State.ATTENDED,
        starts_at=at_wall_time(today() - datetime.timedelta(days=days_ago), datetime.time(9)),
        **fields,
    )


def make_draft(world: World, *, with_photo: bool = False, **fields: Any) -> VisitReport:
    """T1 in order, T2 weak with advice, W1 not checked; a gate found freely, missing and without advice."""
    checklist = world.police.checklists.filter(state="in_force").first() or make_in_force(world)
    visit = fields.pop("visit", None) or make_visit(world)
    draft = visit_factories.make_report(
        visit=visit, checklist=checklist, **{"summary": SUMMARY, "next_steps": f"{MARK} einbauen."} | fields
    )
    visit_factories.make_finding(report=draft, item=item(checklist, "T1"), state=Finding.State.IN_ORDER)
    weak = visit_factories.make_finding(
        report=draft,
        item=item(checklist, "T2"),
        state=Finding.State.WEAK,
        severity=3,
        place=f"Hoftür {MARK}",
        note=f"Der Zylinder steht über, {MARK}.",
    )
    visit_factories.make_recommendation(
        finding=weak, priority=1, text=f"Beschlag mit {MARK}.", standard="EN 356 P4A"
    )
    visit_factories.make_finding(
        report=draft, state=Finding.State.MISSING, title=f"Rolltor {MARK}", note=f"Ohne Riegel, {MARK}."
    )
    if with_photo:
        add_photo(weak)
    return draft


def add_photo(finding: Finding, *, state: str = Photo.State.READY) -> Photo:
    """As a worker leaves it."""
    if state != Photo.State.READY:
        return Photo.objects.create(thing=finding, position=1, state=state)
    picture = io.BytesIO()
    Image.new("RGB", (480, 360), "#8a4b00").save(picture, "JPEG")
    photo = Photo.objects.create(
        thing=finding,
        position=1,
        state=state,
        width=480,
        height=360,
        size=len(picture.getvalue()),
        digest="a" * 64,
        caption=f"Zylinder {MARK}",
    )
    PhotoFile.objects.bulk_create(
        PhotoFile(photo=photo, kind=kind, content=picture.getvalue()) for kind in PhotoFile.Size.values
    )
    return photo


def seen(draft: VisitReport) -> str:
    return fingerprint(snapshot(VisitReport.objects.get(pk=draft.pk)))


def release(world: World, draft: VisitReport | None = None, **fields: Any) -> VisitReport:
    draft = draft or make_draft(world)
    given: dict[str, Any] = {"despite_lacks": True, "actor": world.paula}
    return release_report(report_id=draft.pk, seen=seen(draft), **given | fields)


def reading_path(kind: str = "report_ready") -> str:
    """Of the mail that was sent last."""
    mails = OutgoingMail.objects.filter(kind=kind, content__has_key="report_url")
    return "/" + mails.latest("pk").content["report_url"].split("/", 3)[3]


def code_in_mail() -> str:
    code: str = OutgoingMail.objects.filter(kind="sign_in_code").latest("pk").content["sign_in_code"]
    return code


def share(world: World, report: VisitReport, **fields: Any) -> ReportReader:
    """Alice opens it to her insurer for a month."""
    given = {
        "name": "Toni Police",
        "email": "Toni@versicherung.example",
        "until": today() + datetime.timedelta(days=30),
    }
    return open_to_third_party(report_id=report.pk, person=world.alice, **given | fields)


def _ready(world: World, language: str) -> VisitReport:
    draft = make_draft(world)
    VisitRequest.objects.update(page_language=language)
    return release(world, draft, recipients=[KIM])


def _shared(world: World, language: str) -> ReportReader:
    report = release(world)
    with translation.override(language):
        return share(world, report)


def _missing(world: World, _language: str) -> int:
    make_visit(world)
    return remind_of_reports(now=at_wall_time(today(), datetime.time(9)))


REPORT_ACTS: dict[str, Callable[[World, str], object]] = {
    "report_ready": _ready,
    "report_shared": _shared,
    "report_missing": _missing,
}
