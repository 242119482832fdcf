"""When reports go, what somebody is told of the own ones, and what a request for erasure does to them."""

import datetime
from collections.abc import Collection

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.models import (
    Appointment,
    Finding,
    ReportFile,
    ReportOpening,
    ReportReader,
    Uptake,
    VisitReport,
)
from consultations.visit_reports.content import Content, all_points
from consultations.visit_reports.opening import note_in_transaction
from consultations.visit_reports.page import page_of
from consultations.visit_reports.queries import reports_of
from partnership.erasing import Holder, Holding
from partnership.firm_belongings import Belonging
from partnership.journal import log_act, unname_firms
from partnership.links import revoke_links_of
from partnership.models import FirmContact, Organisation, Person
from partnership.outbox import forget_mails, mails_about_all
from partnership.own_data import Row, Section
from partnership.photos.receiving import remove_photos_of
from partnership.retention.contacts import register_use
from partnership.retention.holds import held_things, holds_cover, refuse_held
from partnership.retention.kinds import Erasable, RetentionKind
from partnership.times import berlin_day, long_date

State = VisitReport.State
BELONGING = Belonging(ReportReader)


def empty_reports(keys: Collection[int]) -> None:
    """Released ones keep number, dates and digest; drafts go. The right to read and what
    became of the advice go with the last report."""
    found = list(VisitReport.objects.filter(pk__in=keys).select_related("police").order_by("pk"))
    drafts = [report.pk for report in found if report.is_draft]
    released = [report.pk for report in found if not report.is_draft]
    VisitReport.objects.filter(pk__in=released).update(
        content=None, salt=None, summary="", next_steps="", corrects_what="", erased_at=timezone.now()
    )
    _erase_findings(keys)
    ReportFile.objects.filter(report__in=released).delete()
    ReportOpening.objects.filter(report__in=released).delete()
    _erase_with_last({report.visit_id for report in found}, besides=keys)
    forget_mails(mails_about_all(VisitReport, keys))
    unname_firms(VisitReport, keys)
    for report in found:
        log_act(act="report.erased", thing=report, organisation=report.police)
    VisitReport.objects.filter(pk__in=drafts).delete()


def full_reports() -> QuerySet[VisitReport]:
    return VisitReport.objects.filter(erased_at__isnull=True)


def reports_due(before: datetime.datetime) -> QuerySet[VisitReport]:
    return full_reports().filter(released_at__lt=before)


def _erase_findings(reports: Collection[int]) -> None:
    findings = list(Finding.objects.filter(report__in=reports).values_list("pk", flat=True))
    remove_photos_of(Finding, findings)
    Finding.objects.filter(pk__in=findings).delete()


def _erase_with_last(visits: Collection[int], *, besides: Collection[int]) -> None:
    left = full_reports().exclude(pk__in=besides).filter(visit=OuterRef("visit"))
    rows = ReportReader.objects.filter(~Exists(left), visit__in=visits)
    keys = list(rows.values_list("pk", flat=True))
    revoke_links_of(ReportReader, keys)
    ReportReader.objects.filter(pk__in=keys).delete()
    told = list(Uptake.objects.filter(~Exists(left), visit__in=visits).values_list("pk", flat=True))
    remove_photos_of(Uptake, told)
    Uptake.objects.filter(pk__in=told).delete()


REPORT = Erasable(model=VisitReport, made="begun_at", owner="police", left=full_reports, erase=empty_reports)
KINDS = [
    RetentionKind(
        key="reports",
        order=14,
        label=gettext_lazy("Berichte über Besuche"),
        what=gettext_lazy(
            "Feststellungen, Empfehlungen, ihre Umsetzung, Fotos und PDF; Nummer, Daten und Prüfsumme bleiben"
        ),
        since=gettext_lazy("Freigabe"),
        period="reports",
        erasable=REPORT,
        due=reports_due,
    )
]


def hold_with_visits() -> None:
    """A hold on the appointment keeps its report; whoever may still read one stays known."""
    holds_cover(VisitReport, through=Appointment, path="visit__appointment")
    own = ReportReader.objects.filter(person=OuterRef("pk"))
    register_use(Person, lambda: Q(Exists(own)))
    of_the_firm = ReportReader.objects.filter(firm=OuterRef("firm"))
    of_the_person = ReportReader.objects.filter(person=OuterRef("person"))
    register_use(FirmContact, lambda: Q(Exists(of_the_firm)) | Q(Exists(of_the_person)))


REPORT_LABELS = {
    "number": gettext_lazy("Zeichen"),
    "edition": gettext_lazy("Fassung"),
    "visited": gettext_lazy("Besuch am"),
    "released": gettext_lazy("Freigegeben"),
    "firm": gettext_lazy("Firma"),
    "summary": gettext_lazy("Zusammenfassung"),
    "next_steps": gettext_lazy("Nächste Schritte"),
    "digest": gettext_lazy("Prüfsumme"),
}
POINT_LABELS = {
    "number": gettext_lazy("Zeichen"),
    "code": gettext_lazy("Nr."),
    "what": gettext_lazy("Was wir geprüft haben"),
    "state": gettext_lazy("Zustand"),
    "place": gettext_lazy("Wo"),
    "note": gettext_lazy("Notiz"),
    "photos": gettext_lazy("Prüfsummen der Fotos"),
    "advice": gettext_lazy("Empfehlungen"),
}


def about_reports(person: Person) -> Section:
    """What is told here has been read, so it is noted as an opening."""
    rows: list[Row] = []
    for report in reports_asked_for_by(person):
        firm = report.visit.readers.get(kind=ReportReader.Kind.FIRM)
        note_in_transaction(report=report, medium=ReportOpening.Medium.DATA, person=person, reader=firm)
        page = page_of(report)
        rows.append(
            {
                "number": report.reference,
                "edition": str(report.number),
                "visited": berlin_day(report.visit.appointment.starts_at),
                **({"released": report.released_at} if report.released_at else {}),
                "firm": page.firm["name"],
                "summary": page.summary,
                "next_steps": page.next_steps,
                "digest": report.digest,
            }
        )
    title = gettext_lazy("Berichte über Besuche bei Ihnen")
    return Section(key="reports", order=12, title=title, labels=REPORT_LABELS, rows=rows)


def about_report_points(person: Person) -> Section:
    """Noted as an opening by `about_reports`, which comes along."""
    rows = [_point_row(report, point) for report in reports_asked_for_by(person) for point in _points(report)]
    title = gettext_lazy("Was dabei geprüft und empfohlen wurde")
    return Section(key="report_points", order=13, title=title, labels=POINT_LABELS, rows=rows)


def reports_asked_for_by(person: Person) -> QuerySet[VisitReport]:
    """Of whoever asked for the visit. What colleagues asked for is theirs."""
    own = ReportReader.objects.filter(visit=OuterRef("visit"), kind=ReportReader.Kind.FIRM, person=person)
    return reports_of(person).filter(Exists(own))


def _points(report: VisitReport) -> list[Content]:
    checked = (point for point in all_points(report.content or {}))
    return [point for point in checked if point["state"] != Finding.State.NOT_CHECKED]


def _point_row(report: VisitReport, point: Content) -> Row:
    return {
        "number": report.reference,
        "code": point["code"],
        "what": point["what"],
        "state": str(Finding.State(point["state"]).label),
        "place": point["place"],
        "note": point["note"],
        "photos": ", ".join(photo["digest"] for photo in point["photos"]),
        "advice": "; ".join(f"{row['number']}. {row['text']}" for row in point["advice"]),
    }


def holdings(person: Person) -> list[Holding]:
    kept = set(reports_asked_for_by(person).filter(held_things(VisitReport)).values_list("pk", flat=True))
    return [
        Holding(
            words=_("Bericht %(number)s über den Besuch vom %(day)s")
            % {
                "number": report.reference,
                "day": long_date(berlin_day(report.visit.appointment.starts_at)),
            },
            organisation_id=report.police_id,
            is_kept=report.pk in kept,
        )
        for report in reports_asked_for_by(person)
    ]


def erase(person: Person, organisation: Organisation) -> list[Model]:
    """Every version of the visits whose reports are the person's own."""
    visits = ReportReader.objects.filter(person=person, kind=ReportReader.Kind.FIRM).values("visit")
    rows = full_reports().filter(visit__in=visits, police=organisation).order_by("pk")
    erased: list[Model] = []
    for report in rows.select_for_update(no_key=True, of=("self",)):
        refuse_held(report)
        erased.append(report)
    empty_reports([report.pk for report in erased])
    return erased


HOLDER = Holder(holdings=holdings, give_up_coming=lambda _person: None, erase=erase)
