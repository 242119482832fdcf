"""Logs that nobody has released: for how long they stay, and what somebody whose firm it is about is told.

What stands in them is not finished and may change, so it is told that there is one and not what it says.
"""

import datetime

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.models import VisitReport
from consultations.visit_reports.privacy import REPORT, empty_reports
from consultations.visits.own import requests_of
from partnership.erasing import Holder, Holding
from partnership.models import Organisation, Person
from partnership.own_data import Row, Section
from partnership.retention.holds import held_things, refuse_held
from partnership.retention.kinds import RetentionKind
from partnership.times import berlin_day, long_date

LABELS = {"visited": gettext_lazy("Besuch am"), "state": gettext_lazy("Stand")}


def drafts_due(before: datetime.datetime) -> QuerySet[VisitReport]:
    """Corrections that were never released among them; the version in force stays."""
    return VisitReport.objects.filter(state=VisitReport.State.DRAFT, begun_at__lt=before)


def drafts_about(person: Person) -> QuerySet[VisitReport]:
    """Of visits without a released report, which would speak for itself."""
    rows = VisitReport.objects.filter(
        state=VisitReport.State.DRAFT, number=1, visit__request__in=requests_of(person)
    )
    return rows.select_related("visit__appointment").order_by("pk")


def about_drafts(person: Person) -> Section:
    state = _("Die Polizei schreibt noch daran. Nach der Freigabe lesen Sie den Bericht in Ihrem Konto.")
    rows: list[Row] = [
        {"visited": berlin_day(report.visit.appointment.starts_at), "state": state}
        for report in drafts_about(person)
    ]
    title = gettext_lazy("Berichte, die noch nicht fertig sind")
    return Section(key="report_drafts", order=14, title=title, labels=LABELS, rows=rows)


def holdings(person: Person) -> list[Holding]:
    kept = set(drafts_about(person).filter(held_things(VisitReport)).values_list("pk", flat=True))
    return [
        Holding(
            words=_("Entwurf eines Berichts über den Besuch vom %(day)s")
            % {"day": long_date(berlin_day(report.visit.appointment.starts_at))},
            organisation_id=report.police_id,
            is_kept=report.pk in kept,
        )
        for report in drafts_about(person)
    ]


def erase(person: Person, organisation: Organisation) -> list[Model]:
    """With findings, recommendations and photos. Refused while somebody holds it back."""
    rows = drafts_about(person).filter(police=organisation)
    erased: list[Model] = []
    for report in rows.select_for_update(no_key=True, of=("self",)):
        refuse_held(report)
        erased.append(report)
    empty_reports([report.pk for report in erased])
    return erased


HOLDER = Holder(holdings=holdings, give_up_coming=lambda _person: None, erase=erase)
KIND = RetentionKind(
    key="report_drafts",
    order=14,
    label=gettext_lazy("Protokolle ohne Bericht"),
    what=gettext_lazy("Entwürfe, die niemand freigegeben hat, mit Feststellungen, Empfehlungen und Fotos"),
    since=gettext_lazy("Beginn"),
    period="report_drafts",
    erasable=REPORT,
    due=drafts_due,
)
