"""The list of visits with what has become of their reports, as ready strings."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.models import Visit, VisitReport
from consultations.visit_reports.queries import missing_reports
from partnership.models import Person
from partnership.times import berlin_day, long_date, numeric_date

State = VisitReport.State
SHOWN: dict[str, Any] = {
    "": gettext_lazy("Alle"),
    "fehlt": gettext_lazy("Bericht fehlt"),
    "entwurf": gettext_lazy("Entwurf"),
    "freigegeben": gettext_lazy("Freigegeben"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """As `administration/includes/_mark.html` shows it."""

    word: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class VisitRow:
    reference: str
    day: str
    firm: str
    city: str
    officer: str
    number: str
    mark: Mark
    url: str
    can_release: bool


def only_shown(visits: QuerySet[Visit], query: QueryDict, *, person: Person) -> QuerySet[Visit]:
    state, search = query.get("stand", ""), query.get("suche", "").strip()[:80]
    of_visit = VisitReport.objects.filter(visit=OuterRef("pk"))
    if state == "fehlt":
        visits = missing_reports(visits)
    elif state == "entwurf":
        visits = visits.filter(Exists(of_visit.filter(state=State.DRAFT)))
    elif state == "freigegeben":
        visits = visits.filter(Exists(of_visit.filter(state=State.RELEASED)))
    if "eigene" in query:
        visits = visits.filter(officer=person)
    if search:
        visits = visits.filter(
            Q(appointment__firm_name__icontains=search)
            | Q(appointment__reference__iexact=search)
            | Exists(of_visit.filter(reference=search))
        )
    return visits


def lay_out_visits(visits: Iterable[Visit]) -> list[VisitRow]:
    return [_row(visit) for visit in visits]


def _row(visit: Visit) -> VisitRow:
    reports = list(visit.reports.all())
    draft = next((report for report in reports if report.is_draft), None)
    released = [report for report in reports if not report.is_draft]
    appointment = visit.appointment
    return VisitRow(
        reference=appointment.reference,
        day=long_date(berlin_day(appointment.starts_at)),
        firm=appointment.firm_name,
        city=visit.request.city,
        officer=str(visit.officer),
        number=released[-1].reference if released else "",
        mark=_mark(draft, released),
        url=_url(appointment.reference, released),
        can_release=draft is not None,
    )


def _mark(draft: VisitReport | None, released: list[VisitReport]) -> Mark:
    if draft and released:
        return Mark(_("Berichtigung im Entwurf"), "info")
    if draft:
        return Mark(_("Entwurf"), "info")
    if not released:
        return Mark(_("Bericht fehlt"), "warning")
    last = released[-1]
    if last.erased_at:
        return Mark(_("gelöscht am %(day)s") % {"day": numeric_date(berlin_day(last.erased_at))})
    assert last.released_at is not None
    words = {"day": numeric_date(berlin_day(last.released_at)), "number": last.number}
    return Mark(_("freigegeben am %(day)s, Fassung %(number)s") % words)


def _url(reference: str, released: list[VisitReport]) -> str:
    """Where it goes on: a released report is read, a log written."""
    page = "visit_report" if released else "visit_log"
    return reverse(f"appointments:{page}", args=[reference])
