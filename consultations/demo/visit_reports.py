"""A report of a visit at the demo's own firm: released, read, opened to its insurer; and one missing."""

import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from consultations.demo.cast import Cast
from consultations.models import (
    Appointment,
    Checklist,
    Finding,
    ReportOpening,
    ReportReader,
    Visit,
    VisitMatter,
    VisitReport,
    VisitRequest,
)
from consultations.visit_reports.content import snapshot
from consultations.visit_reports.drafts import begin_log
from consultations.visit_reports.opening import note_in_transaction
from consultations.visit_reports.releasing import Recipient, release_report
from consultations.visit_reports.sharing import open_to_third_party
from consultations.visit_reports.texts import save_texts
from consultations.visit_reports.writing import Advice, Observation, save_finding
from partnership.demo import leipzig
from partnership.models import Person
from partnership.queries import firms_of
from partnership.sealed_content import fingerprint
from partnership.times import at_wall_time, today

REFERENCE, MISSING = "B-R4FMX7", "B-M9TKW3"
A_DAY = datetime.timedelta(days=1)
State, Severity = Finding.State, Finding.Severity
FLAWS = {
    "P3": (State.WEAK, Severity.LOW, "Hof", "Zwei Paletten lehnen an der Rückwand."),
    "P4": (State.MISSING, Severity.MEDIUM, "Hof", "Nachts brennt kein Licht."),
    "T2": (State.WEAK, Severity.HIGH, "Hoftür", "Der Zylinder steht vier Millimeter über."),
    "T3": (State.MISSING, Severity.HIGH, "Hoftür", "Der Beschlag ist von außen verschraubt."),
    "F2": (State.WEAK, Severity.MEDIUM, "Fenster zum Hof", "Zwei Griffe lassen sich nicht abschließen."),
    "W6": (State.MISSING, Severity.MEDIUM, "Maschinenraum", "Seriennummern sind nirgends notiert."),
    "E1": (State.WEAK, Severity.MEDIUM, "Büro", "Die Anlage hat niemand gewartet."),
    "S2": (State.MISSING, Severity.LOW, "", "Wer geht, gibt den Schlüssel ab; geprüft wird das nicht."),
}
NOT_SEEN = ("B1", "F4", "E5")
SUMMARY = (
    "nach dem Einbruch haben wir uns Ihre Tischlerei mit Ihnen angesehen. Vieles ist gut gesichert. Zwei "
    "Dinge an der Hoftür sollten Sie sofort ändern: Sie machen es Tätern zu leicht."
)
NEXT_STEPS = (
    "Lassen Sie zuerst die Hoftür sichern. Melden Sie den Schaden Ihrem Versicherer, und ändern Sie "
    "nichts, was er noch sehen will."
)


def add_visit_reports(cast: Cast) -> None:
    officer, owner = cast.people.get(leipzig.OFFICER), cast.people.get(leipzig.FIRM_OWNER_EMAIL)
    second, police = cast.people.get(leipzig.SECOND_OFFICER), cast.organisations.get(leipzig.POLICE)
    if not (officer and owner and second and Checklist.objects.filter(police=police).exists()):
        return
    report = _release(_write(_visit(cast, REFERENCE, officer, owner=owner, days_ago=5), officer), officer)
    _read(report, owner)
    open_to_third_party(
        report_id=report.pk,
        name="Toni Birnbaum, Versicherung",
        email="toni.birnbaum@versicherung.example",
        until=today() + 30 * A_DAY,
        person=owner,
    )
    _visit(cast, MISSING, second, owner=None, days_ago=4)


def _visit(cast: Cast, reference: str, officer: Person, *, owner: Person | None, days_ago: int) -> Visit:
    start = at_wall_time(today() - days_ago * A_DAY, datetime.time(13))
    firm = firms_of(owner).first() if owner else None
    request = VisitRequest.objects.create(
        partnership=cast.partnership,
        police=cast.organisations[leipzig.POLICE],
        reference=reference,
        state=VisitRequest.State.VISITED,
        firm=firm,
        person=owner,
        firm_name=leipzig.FIRM["name"] if owner else "Malerbetrieb Kaltenbach",
        contact_name=leipzig.FIRM_OWNER if owner else "Jo Kaltenbach",
        contact_email=leipzig.FIRM_OWNER_EMAIL if owner else "jo@malerbetrieb.example",
        street=leipzig.FIRM_SITE["street"] if owner else "Demoallee 8",
        postcode=leipzig.FIRM_SITE["postcode"] if owner else "04808",
        city=leipzig.FIRM_SITE["city"] if owner else "Wurzen",
        premises=VisitRequest.Premises.WORKSHOP,
        officer=officer,
        taken_at=start - 4 * A_DAY,
        created_at=start - 6 * A_DAY,
        asked_since=start - 6 * A_DAY,
        ended_at=start,
    )
    VisitMatter.objects.create(
        request=request, reason=VisitMatter.Reason.BURGLARY, happened_on=(start - 8 * A_DAY).date()
    )
    appointment = Appointment.objects.create(
        partnership=request.partnership,
        police=request.police,
        reference=reference,
        mode=Appointment.Mode.ON_SITE,
        state=Appointment.State.ATTENDED,
        confirmed_at=request.taken_at,
        period=DateTimeTZRange(start, start + datetime.timedelta(minutes=90)),
        firm=firm,
        person=owner,
        firm_name=request.firm_name,
        contact_name=request.contact_name,
        contact_email=request.contact_email,
    )
    return Visit.objects.create(appointment=appointment, request=request, officer=officer)


def _write(visit: Visit, officer: Person) -> VisitReport:
    report = begin_log(visit_id=visit.pk, actor=officer)
    for item in report.checklist.items.prefetch_related("wordings"):
        if item.code in NOT_SEEN:
            continue
        state, severity, place, note = FLAWS.get(item.code, (State.IN_ORDER, None, "", ""))
        advice = [
            Advice(text=row.text, priority=row.priority, standard=row.standard, wording_id=row.pk)
            for row in list(item.wordings.all())[:1]
            if item.code in FLAWS
        ]
        seen = Observation(state=state, severity=severity, place=place, note=note, advice=advice)
        save_finding(report_id=report.pk, item_id=item.pk, seen=0, observation=seen, actor=officer)
    save_texts(
        report_id=report.pk,
        seen=report.version,
        summary=SUMMARY,
        next_steps=NEXT_STEPS,
        actor=officer,
    )
    return report


def _release(draft: VisitReport, officer: Person) -> VisitReport:
    """The day after the visit."""
    draft = VisitReport.objects.get(pk=draft.pk)
    return release_report(
        report_id=draft.pk,
        seen=fingerprint(snapshot(draft)),
        recipients=[Recipient(name="Mara Lindwurm", email="mara.lindwurm@tischlerei.example")],
        despite_lacks=True,
        actor=officer,
        now=draft.visit.appointment.starts_at + A_DAY,
    )


def _read(report: VisitReport, owner: Person) -> None:
    firm = report.visit.readers.get(kind=ReportReader.Kind.FIRM)
    note_in_transaction(report=report, medium=ReportOpening.Medium.PAGE, person=owner, reader=firm)
    note_in_transaction(report=report, medium=ReportOpening.Medium.PDF, person=owner, reader=firm)
