"""Content of the mails about reports. None says anything of what a report says, and none has it attached."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation

from consultations.models import ReportReader, Visit, VisitReport
from partnership.current import absolute_url
from partnership.links import issue_link, revoke_links
from partnership.models import Partnership, Person, SecretLink
from partnership.outbox import queue_mail
from partnership.times import at_wall_time, berlin_day, long_date, long_day

LINK_LASTS = datetime.timedelta(days=90)
"""A recipient's; later ones ask the firm, or police."""
QUESTION_LASTS = datetime.timedelta(days=180)
Kind = ReportReader.Kind


def tell_ready(report: VisitReport, readers: Sequence[ReportReader]) -> None:
    """To whoever asked for the visit, who signs in, and to confirmed recipients, who read by a code."""
    firm = next((reader for reader in readers if reader.kind == Kind.FIRM), None)
    person = firm.person if firm else None
    if firm and person:
        with translation.override(firm.language):
            path = reverse("own_reports:report", args=[report.visit.appointment.reference])
            content = _facts(report) | {"page": absolute_url(_partnership(report), path)}
        _queue(report, "report_ready", content, name=person.name, email=person.email, language=firm.language)
    for reader in readers:
        if reader.kind == Kind.RECIPIENT and not (person and person.email == reader.email):
            tell_recipient(report, reader)


def tell_recipient(report: VisitReport, reader: ReportReader) -> None:
    with translation.override(reader.language):
        end = timezone.now() + LINK_LASTS
        content = _facts(report) | {"report_url": _link(report, reader, end=end)}
    _queue(report, "report_ready", content, name=reader.name, email=reader.email, language=reader.language)


def tell_shared(report: VisitReport, reader: ReportReader) -> None:
    assert reader.until is not None
    with translation.override(reader.language):
        end = at_wall_time(reader.until + datetime.timedelta(days=1), datetime.time())
        content = _facts(report) | {
            "report_url": _link(report, reader, end=end),
            "firm": (report.content or {})["firm"]["name"],
            "until": long_date(reader.until),
        }
    _queue(report, "report_shared", content, name=reader.name, email=reader.email, language=reader.language)


def ask_about_uptake(report: VisitReport, reader: ReportReader) -> None:
    """The firm signs in; whom police has confirmed follows the link and types a code."""
    revoke_links(thing=reader, purpose=SecretLink.Purpose.UPTAKE)
    token = issue_link(
        thing=reader, purpose=SecretLink.Purpose.UPTAKE, expires_at=timezone.now() + QUESTION_LASTS
    )
    with translation.override(reader.language):
        unsubscribe = reverse("consultations:uptake_quiet", args=[token])
        content = _facts(report) | {"unsubscribe_url": absolute_url(_partnership(report), unsubscribe)}
        if reader.kind == Kind.FIRM:
            path = reverse("own_reports:uptake", args=[report.visit.appointment.reference])
            content["page"] = absolute_url(_partnership(report), path)
        else:
            path = reverse("consultations:uptake", args=[token])
            content["uptake_url"] = absolute_url(_partnership(report), path)
    person = reader.person if reader.kind == Kind.FIRM else None
    _queue(
        report,
        "uptake_asked",
        content,
        name=person.name if person else reader.name,
        email=person.email if person else reader.email,
        language=reader.language,
    )


def tell_missing(
    partnership: Partnership, *, person: Person, visits: Iterable[Visit], is_lead: bool = False
) -> None:
    """To the officer who was there, a week later to the lead. In German, with firm and day."""
    content = {
        "is_lead": is_lead,
        "rows": [
            {
                "day": long_date(berlin_day(visit.appointment.starts_at)),
                "firm": visit.appointment.firm_name,
                "officer": str(visit.officer),
                "reference": visit.appointment.reference,
            }
            for visit in visits
        ],
        "page": absolute_url(partnership, reverse("appointments:visit_reports") + "?stand=fehlt"),
    }
    queue_mail(
        partnership=partnership,
        kind="report_missing",
        to_name=person.name,
        to_email=person.email,
        content=content,
    )


def _facts(report: VisitReport) -> dict[str, Any]:
    visited = berlin_day(report.visit.appointment.starts_at)
    return {
        "number": report.reference,
        "day": long_day(visited),
        "police": report.police.name,
        "is_correction": report.number > 1,
    }


def _link(report: VisitReport, reader: ReportReader, *, end: datetime.datetime) -> str:
    """A new one; those before end."""
    revoke_links(thing=reader)
    token = issue_link(thing=reader, purpose=SecretLink.Purpose.REPORT, expires_at=end)
    return absolute_url(_partnership(report), reverse("consultations:report", args=[token]))


def _partnership(report: VisitReport) -> Partnership:
    return report.visit.request.partnership


def _queue(
    report: VisitReport, kind: str, content: dict[str, Any], *, name: str, email: str, language: str
) -> None:
    queue_mail(
        partnership=_partnership(report),
        kind=kind,
        to_name=name,
        to_email=email,
        language=language,
        content=content,
        thing=report,
    )
