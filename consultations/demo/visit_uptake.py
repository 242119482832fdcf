"""Reports of two years, and what firms have told about their advice; the signed-in firm has one, too."""

import datetime
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from consultations.contacts import adopt_contact
from consultations.demo.bookings import OWN_FIRM, deal_firms
from consultations.demo.cast import Cast
from consultations.demo.firms import Firm
from consultations.models import (
    Appointment,
    Checklist,
    ChecklistItem,
    Finding,
    Recommendation,
    Uptake,
    Visit,
    VisitMatter,
    VisitReport,
    VisitRequest,
)
from consultations.visit_reports.content import snapshot
from consultations.visit_reports.releasing import release_report
from partnership.codes import CODE_ALPHABET
from partnership.demo import leipzig
from partnership.models import Person
from partnership.sealed_content import fingerprint
from partnership.times import at_wall_time, today

Premises, State = VisitRequest.Premises, Uptake.State
A_DAY = datetime.timedelta(days=1)
A_VISIT = datetime.timedelta(minutes=90)
REASONS = ("Der Vermieter stimmt nicht zu.", "Zu teuer, wir ziehen im nächsten Jahr um.")
DONE, PLANNED, DECLINED, UNTOLD = State.DONE.value, State.PLANNED.value, State.DECLINED.value, ""
TOLD = (DONE, DONE, PLANNED, DONE, UNTOLD, DECLINED, DONE, PLANNED, DONE, UNTOLD, DONE)
"""Dealt to the pieces of advice in turn."""
FLAWS = 5


@dataclass(frozen=True, kw_only=True)
class Past:
    days_ago: int
    premises: str
    street: str
    postcode: str = "04109"
    city: str = "Leipzig"


OWN = Past(
    days_ago=96,
    premises=Premises.WORKSHOP,
    street=leipzig.FIRM_SITE["street"],
    postcode=leipzig.FIRM_SITE["postcode"],
    city=leipzig.FIRM_SITE["city"],
)
KINDS = (Premises.WORKSHOP, Premises.SHOP, Premises.WAREHOUSE, Premises.WORKSHOP, Premises.OFFICE)
PAST = [
    Past(days_ago=100 + 18 * number, premises=KINDS[number % len(KINDS)], street=f"Probeallee {number + 1}")
    for number in range(30)
]


def add_uptake(cast: Cast) -> None:
    officer, police = cast.people.get(leipzig.OFFICER), cast.organisations.get(leipzig.POLICE)
    checklist = Checklist.objects.filter(police=police, state=Checklist.State.IN_FORCE).first()
    if officer is None or checklist is None:
        return
    firms, told = deal_firms("uptake", today()), itertools.cycle(TOLD)
    items = itertools.cycle(checklist.items.filter(wordings__priority=2).distinct())
    for number, past in enumerate([*PAST, OWN]):
        firm = OWN_FIRM if past is OWN else next(firms)
        visit = _visit(cast, officer, firm, past, number)
        report = VisitReport.objects.create(
            visit=visit,
            police=visit.request.police,
            checklist=checklist,
            begun_by=officer,
            begun_at=visit.appointment.ends_at,
            summary="vieles ist schon gut gesichert. Was noch fehlt, steht unten mit seiner Dringlichkeit.",
            next_steps="Beginnen Sie mit dem Dringendsten. Bei Fragen rufen Sie an.",
        )
        for item in itertools.islice(items, FLAWS):
            _advise(report, item)
        release_report(
            report_id=report.pk,
            seen=fingerprint(snapshot(report)),
            actor=officer,
            despite_lacks=True,
            now=report.begun_at + A_DAY,
        )
        _tell(visit, told)


def _visit(cast: Cast, officer: Person, firm: Firm, past: Past, number: int) -> Visit:
    """As rows: what is over cannot be planned any more."""
    start = at_wall_time(today() - past.days_ago * A_DAY, datetime.time(10))
    police = cast.organisations[leipzig.POLICE]
    both: dict[str, Any] = {
        "partnership": cast.partnership,
        "police": police,
        "reference": "U-" + "".join(CODE_ALPHABET[int(digit)] for digit in f"{number:06d}"),
        "firm_name": firm.name,
        "contact_name": firm.contact,
        "contact_email": firm.email,
        "contact_phone": firm.phone,
        "chamber": cast.organisations.get(firm.chamber),
        "membership_number": firm.membership_number,
    }
    appointment = Appointment(
        mode=Appointment.Mode.ON_SITE,
        state=Appointment.State.ATTENDED,
        confirmed_at=start - 6 * A_DAY,
        period=DateTimeTZRange(start, start + A_VISIT),
        **both,
    )
    if firm is OWN_FIRM:
        appointment.person, appointment.firm = adopt_contact(appointment, now=start - 8 * A_DAY)
    appointment.save()
    request = VisitRequest.objects.create(
        state=VisitRequest.State.VISITED,
        person=appointment.person,
        firm=appointment.firm,
        street=past.street,
        postcode=past.postcode,
        city=past.city,
        premises=past.premises,
        officer=officer,
        taken_at=start - 6 * A_DAY,
        created_at=start - 8 * A_DAY,
        asked_since=start - 8 * A_DAY,
        ended_at=start + A_VISIT,
        **both,
    )
    VisitMatter.objects.create(request=request, reason=VisitMatter.Reason.GENERAL)
    return Visit.objects.create(appointment=appointment, request=request, officer=officer)


def _advise(report: VisitReport, item: ChecklistItem) -> None:
    """The library's own words."""
    finding = Finding.objects.create(
        report=report, item=item, state=Finding.State.WEAK, severity=Finding.Severity.MEDIUM
    )
    wording = item.wordings.all()[0]
    words = {name: getattr(wording, name) for name in ("priority", "text", "standard")}
    Recommendation.objects.create(report=report, finding=finding, wording=wording, **words)


def _tell(visit: Visit, told: Iterator[str]) -> None:
    """Some weeks after the visit."""
    at = min(visit.appointment.ends_at + 40 * A_DAY, timezone.now())
    for row in Recommendation.objects.filter(report__visit=visit).order_by("pk"):
        if state := next(told):
            Uptake.objects.create(
                visit=visit,
                key=row.key,
                state=state,
                told_at=at,
                told_by=visit.appointment.person,
                done_on=at.date() - 3 * A_DAY if state == DONE else None,
                planned_until=today() + 60 * A_DAY if state == PLANNED else None,
                reason=REASONS[row.pk % len(REASONS)] if state == DECLINED else "",
            )
