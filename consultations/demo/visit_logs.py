"""A visit of today whose log is half written, at a firm that was broken into."""

import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from consultations.demo.cast import Cast
from consultations.models import (
    Appointment,
    Checklist,
    Claim,
    Finding,
    Visit,
    VisitMatter,
    VisitReport,
    VisitRequest,
    Wording,
)
from consultations.visit_reports.drafts import begin_log
from consultations.visit_reports.writing import (
    Advice,
    FreeTitle,
    Observation,
    add_free_finding,
    save_finding,
)
from partnership.demo import leipzig
from partnership.models import Person
from partnership.times import at_wall_time, today

REFERENCE = "C-PR7TKL"
State, Severity = Finding.State, Finding.Severity
A_DAY = datetime.timedelta(days=1)
SEEN = (
    ("A1", Observation(state=State.WEAK, note="Alarmanlage vorhanden, die Hoftür hält ihr nicht stand.")),
    ("A2", Observation(state=State.IN_ORDER)),
    ("A4", Observation(state=State.IN_ORDER, note="Werkzeug und Kupfer im hinteren Lager.")),
    ("P1", Observation(state=State.IN_ORDER)),
    (
        "P3",
        Observation(
            state=State.WEAK,
            severity=Severity.MEDIUM,
            place="Hof, hinter der Garage",
            note="Paletten und eine Leiter lehnen an der Rückwand.",
        ),
    ),
    ("P4", Observation(state=State.MISSING, severity=Severity.HIGH, place="Hof", note="Kein Licht im Hof.")),
    ("B1", Observation(state=State.NOT_CHECKED, note="Dachboden war verschlossen.")),
    (
        "T2",
        Observation(
            state=State.WEAK,
            severity=Severity.HIGH,
            place="Hoftür",
            note="Zylinder steht 4 mm über, Beschlag von außen verschraubt.",
        ),
    ),
)
"""What Pauline has seen so far, item by item; each flaw gets the library's first recommendation."""


def add_visit_log(cast: Cast) -> None:
    officer, police = cast.people.get(leipzig.OFFICER), cast.organisations.get(leipzig.POLICE)
    if officer is None or police is None or not Checklist.objects.filter(police=police).exists():
        return
    report = begin_log(visit_id=_visit(cast, officer).pk, actor=officer)
    for code, observation in SEEN:
        _save(report, code, observation, officer)
    add_free_finding(
        report_id=report.pk,
        free=FreeTitle(title="Rolltor", area_id=report.checklist.areas.get(title="Türen").pk),
        observation=Observation(
            state=State.MISSING,
            severity=Severity.HIGH,
            place="Hofseite",
            note="Keine Verriegelung in der Laufschiene.",
            advice=[Advice(text="Das Rolltor gegen Hochschieben sichern.", priority=Wording.Priority.HIGH)],
        ),
        actor=officer,
    )


def _visit(cast: Cast, officer: Person) -> Visit:
    """Before the hours of the day, as roofers are up early; asked for a week ago. A demo that starts at night
    has had it the day before.
    """
    asked = timezone.now() - 7 * A_DAY
    start = at_wall_time(today(), datetime.time(6, 30))
    if start > timezone.now():
        start = at_wall_time(today() - A_DAY, datetime.time(6, 30))
    request = VisitRequest.objects.create(
        partnership=cast.partnership,
        police=cast.organisations[leipzig.POLICE],
        reference=REFERENCE,
        state=VisitRequest.State.PLANNED,
        firm_name="Dachdeckerei Quendel",
        contact_name="Ute Quendel",
        contact_email="ute.quendel@dachdeckerei.example",
        contact_phone="034381 000-60",
        street="Schlossweg 0",
        postcode="04680",
        city="Colditz",
        latitude=51.1306,
        longitude=12.8072,
        premises=VisitRequest.Premises.WORKSHOP,
        officer=officer,
        taken_at=asked + A_DAY,
        created_at=asked,
        asked_since=asked,
    )
    VisitMatter.objects.create(
        request=request, reason=VisitMatter.Reason.BURGLARY, happened_on=today() - 9 * A_DAY
    )
    return _appointment(request, officer, start)


def _appointment(request: VisitRequest, officer: Person, start: datetime.datetime) -> Visit:
    period = DateTimeTZRange(start, start + datetime.timedelta(minutes=60))
    appointment = Appointment.objects.create(
        partnership=request.partnership,
        police=request.police,
        reference=REFERENCE,
        mode=Appointment.Mode.ON_SITE,
        state=Appointment.State.CONFIRMED,
        confirmed_at=request.taken_at,
        period=period,
        firm_name=request.firm_name,
        contact_name=request.contact_name,
        contact_email=request.contact_email,
        contact_phone=request.contact_phone,
    )
    visit = Visit.objects.create(
        appointment=appointment, request=request, officer=officer, km_before=44, minutes_before=50
    )
    Claim.objects.create(
        kind=Claim.Kind.VISIT,
        officer=officer,
        visit=visit,
        blocked=DateTimeTZRange(period.lower - datetime.timedelta(minutes=50), period.upper),
    )
    return visit


def _save(report: VisitReport, code: str, observation: Observation, officer: Person) -> None:
    item = report.checklist.items.get(code=code)
    wording = item.wordings.first()
    if wording and observation.state in Finding.FLAWS:
        advice = Advice(
            text=wording.text, priority=wording.priority, standard=wording.standard, wording_id=wording.pk
        )
        observation.advice[:] = [advice]
    save_finding(report_id=report.pk, item_id=item.pk, seen=0, observation=observation, actor=officer)
