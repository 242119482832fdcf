"""Requests, visits and reports for tests, as they stand when somebody has got that far."""

import datetime
import hashlib
import itertools
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from consultations.models import (
    Appointment,
    Checklist,
    Claim,
    Finding,
    Recommendation,
    Visit,
    VisitMatter,
    VisitReport,
    VisitRequest,
)
from partnership.models import Organisation, Partnership, Person
from partnership.times import at_wall_time
from tests import factories

GRIMMA = (51.2386, 12.7253)
_numbers = itertools.count(1)
State = VisitRequest.State


def make_visit_request(
    *,
    police: Organisation,
    partnership: Partnership | None = None,
    state: str = State.OPEN,
    reason: str = VisitMatter.Reason.GENERAL,
    note: str = "",
    officer: Person | None = None,
    **fields: Any,
) -> VisitRequest:
    """In Grimma, asked for now, whatever the time; the next one made stands behind."""
    number, now = next(_numbers), timezone.now()
    is_asked, is_over = state == State.UNCONFIRMED, state not in VisitRequest.STANDING
    defaults: dict[str, Any] = {
        "partnership": partnership or police.partnerships.get(),
        "reference": f"B-{number:06d}",
        "firm_name": f"Dachdeckerei {number}",
        "contact_name": "Ute Quendel",
        "contact_email": f"ute{number}@dachdeckerei.example",
        "contact_phone": "0341 000-5000",
        "street": "Schlossweg 1",
        "postcode": "04668",
        "city": "Grimma",
        "latitude": GRIMMA[0],
        "longitude": GRIMMA[1],
        "premises": VisitRequest.Premises.WORKSHOP,
        "officer": officer,
        "taken_at": now if officer else None,
        "asked_at": now if is_asked else None,
        "confirm_by": now + datetime.timedelta(days=1) if is_asked else None,
        "asked_since": None if is_asked else now,
        "ended_at": now if is_over else None,
    }
    request = VisitRequest.objects.create(police=police, state=state, **defaults | fields)
    VisitMatter.objects.create(request=request, reason=reason, note=note)
    return request


def make_visit(
    *,
    request: VisitRequest,
    officer: Person,
    starts_at: datetime.datetime | None = None,
    minutes: int = 90,
    state: str = Appointment.State.CONFIRMED,
    travel_minutes: int = 30,
    **fields: Any,
) -> Visit:
    """A week ahead at ten, with the officer's claim while it stands. The request follows."""
    start = starts_at or at_wall_time(factories.a_week_ahead(), datetime.time(10))
    period = DateTimeTZRange(start, start + datetime.timedelta(minutes=minutes))
    defaults: dict[str, Any] = {
        "partnership": request.partnership,
        "police": request.police,
        "reference": f"V-{next(_numbers):06d}",
        "mode": Appointment.Mode.ON_SITE,
        "firm": request.firm,
        "person": request.person,
        "firm_name": request.firm_name,
        "chamber": request.chamber,
        "contact_name": request.contact_name,
        "contact_email": request.contact_email,
        "contact_phone": request.contact_phone,
        "held_until": timezone.now() + datetime.timedelta(hours=4)
        if state == Appointment.State.PROPOSED
        else None,
        "confirmed_at": None if state == Appointment.State.PROPOSED else timezone.now(),
    }
    appointment = Appointment.objects.create(period=period, state=state, **defaults | fields)
    visit = Visit.objects.create(
        appointment=appointment,
        request=request,
        officer=officer,
        minutes_before=travel_minutes,
        minutes_after=travel_minutes,
        km_before=travel_minutes // 2,
        km_after=travel_minutes // 2,
    )
    if state in Appointment.BLOCKING:
        travel = datetime.timedelta(minutes=travel_minutes)
        Claim.objects.create(
            kind=Claim.Kind.VISIT,
            officer=officer,
            visit=visit,
            blocked=DateTimeTZRange(period.lower - travel, period.upper + travel),
        )
    _let_request_follow(request, officer, state)
    return visit


def make_report(
    *, visit: Visit, checklist: Checklist, state: str = VisitReport.State.DRAFT, **fields: Any
) -> VisitReport:
    """Released ones say what `content` is given, or nothing in particular."""
    now = timezone.now()
    defaults: dict[str, Any] = {"begun_by": visit.officer}
    if state == VisitReport.State.RELEASED:
        content = fields.pop("content", {})
        defaults |= {
            "reference": f"{now.year}-{next(_numbers):04d}",
            "released_at": now,
            "released_by": visit.officer,
            "content": content,
            "salt": "0" * 64,
            "digest": hashlib.sha256(repr(content).encode()).hexdigest(),
        }
    return VisitReport.objects.create(
        visit=visit, police=visit.request.police, checklist=checklist, state=state, **defaults | fields
    )


def make_finding(*, report: VisitReport, **fields: Any) -> Finding:
    """A weak one; at an item if one is given, else under a title of its own."""
    defaults: dict[str, Any] = {"state": Finding.State.WEAK}
    if "item" not in fields:
        defaults["title"] = "Rolltor"
    return Finding.objects.create(report=report, **defaults | fields)


def make_recommendation(*, finding: Finding, **fields: Any) -> Recommendation:
    defaults: dict[str, Any] = {"text": "Gegen Hochschieben sichern."}
    return Recommendation.objects.create(report=finding.report, finding=finding, **defaults | fields)


def _let_request_follow(request: VisitRequest, officer: Person, state: str) -> None:
    now = timezone.now()
    request.officer, request.taken_at = officer, request.taken_at or now
    request.state = {
        Appointment.State.CONFIRMED: State.PLANNED,
        Appointment.State.ATTENDED: State.VISITED,
    }.get(Appointment.State(state), State.TAKEN)
    if request.state == State.VISITED:
        request.ended_at = now
    request.save()
