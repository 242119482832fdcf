"""Which reports somebody may read. A chamber's desk, a coordinator and an auditor: none."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from consultations.models import Appointment, ReportReader, Visit, VisitReport
from partnership.models import Person
from partnership.queries import firms_of
from partnership.rules import Posts
from partnership.times import today

State = VisitReport.State


def reports_visible_to(posts: Posts) -> QuerySet[VisitReport]:
    """Every version of the own directorate, drafts included."""
    return _with_visit(VisitReport.objects.filter(police__in=posts.police))


def reports_of(person: Person) -> QuerySet[VisitReport]:
    """The newest released version for each visit that is this person's or of a firm they speak for."""
    return newest(all_versions_of(person)).filter(erased_at__isnull=True)


def all_versions_of(person: Person) -> QuerySet[VisitReport]:
    """Also erased ones: their numbers and digests stay."""
    rights = ReportReader.objects.filter(Q(person=person) | Q(firm__in=firms_of(person).values("pk")))
    own = Exists(rights.filter(visit=OuterRef("visit"), kind=ReportReader.Kind.FIRM, ended_at__isnull=True))
    return _with_visit(VisitReport.objects.filter(own, state=State.RELEASED))


def report_for(reader: ReportReader) -> VisitReport | None:
    """What the holder of a right reads: the newest released version."""
    rows = VisitReport.objects.filter(visit=reader.visit_id, state=State.RELEASED, erased_at__isnull=True)
    return newest(_with_visit(rows)).first()


def newest(reports: QuerySet[VisitReport]) -> QuerySet[VisitReport]:
    """Of each visit the last version that is released."""
    later = VisitReport.objects.filter(
        visit=OuterRef("visit"), state=State.RELEASED, number__gt=OuterRef("number")
    )
    return reports.exclude(Exists(later)).order_by("-released_at", "-pk")


def readers_in_force() -> QuerySet[ReportReader]:
    """Rights that are not withdrawn and not over."""
    return ReportReader.objects.filter(
        Q(until__isnull=True) | Q(until__gte=today()), ended_at__isnull=True
    ).select_related("visit__request__partnership", "visit__appointment")


def visits_to_report(posts: Posts) -> QuerySet[Visit]:
    """Of the own directorate: those that took place, and whatever has a report. Latest first."""
    reported = VisitReport.objects.filter(visit=OuterRef("pk"))
    took_place = Q(appointment__state=Appointment.State.ATTENDED)
    return (
        Visit.objects.filter(took_place | Exists(reported), request__police__in=posts.police)
        .select_related("appointment", "request", "officer")
        .prefetch_related(Prefetch("reports", VisitReport.objects.order_by("number")))
        .order_by("-appointment__period", "-pk")
    )


def missing_reports(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """Those that took place and have no released report."""
    released = VisitReport.objects.filter(visit=OuterRef("pk"), state=State.RELEASED)
    return visits.filter(~Exists(released), appointment__state=Appointment.State.ATTENDED)


def _with_visit(reports: QuerySet[VisitReport]) -> QuerySet[VisitReport]:
    return reports.select_related(
        "police", "checklist", "visit__appointment", "visit__request__partnership", "visit__officer"
    )
