"""Opening a report: a row in the chained log that is committed before anything of the report is shown."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.models import ReportOpening, ReportReader, VisitReport
from partnership.chained_log.writing import append
from partnership.models import Person
from partnership.times import short_moment

Medium = ReportOpening.Medium
CHAINED_ACT = "report.opened"
SHOWN = 50


@transaction.atomic(durable=True)
def note_report_opening(
    *,
    report: VisitReport,
    medium: Medium,
    person: Person | None = None,
    reader: ReportReader | None = None,
) -> None:
    """Committed when it returns. Without a reader it is somebody of the police."""
    note_in_transaction(report=report, medium=medium, person=person, reader=reader)


@transaction.atomic
def note_in_transaction(
    *,
    report: VisitReport,
    medium: Medium,
    person: Person | None = None,
    reader: ReportReader | None = None,
) -> None:
    """For what is packed and handed over after the caller's commit."""
    opening = ReportOpening.objects.create(report=report, medium=medium, person=person, reader=reader)
    append(
        organisation=report.police,
        actor=person,
        act=CHAINED_ACT,
        payload={
            "thing": str(report),
            "medium": medium.value,
            "reader": reader.kind if reader else "police",
            "opening": opening.pk,
        },
    )


@dataclass(frozen=True, slots=True)
class OpeningRow:
    when: str
    who: str
    how: str


def openings_for_firm(report: VisitReport) -> list[OpeningRow]:
    """All versions of the visit. Of police the directorate is named and nobody's name."""
    return [
        _row(opening, police=_("%(police)s, Vorbeugung") % {"police": report.police.name})
        for opening in _openings(report)
    ]


def openings_for_police(report: VisitReport) -> list[OpeningRow]:
    return [
        _row(opening, police=str(opening.person or _("Polizei, unbekannt"))) for opening in _openings(report)
    ]


def _openings(report: VisitReport) -> list[ReportOpening]:
    rows = ReportOpening.objects.filter(report__visit=report.visit_id)
    return list(rows.select_related("report", "person", "reader")[:SHOWN])


def _row(opening: ReportOpening, *, police: str) -> OpeningRow:
    reader = opening.reader
    if reader is None:
        who = police
    elif reader.kind == ReportReader.Kind.FIRM:
        who = str(opening.person or _("Ihr Betrieb"))
    else:
        who = f"{reader.name} ({reader.get_kind_display()})"
    how = _("Fassung %(number)s, %(medium)s") % {
        "number": opening.report.number,
        "medium": opening.get_medium_display(),
    }
    return OpeningRow(when=short_moment(opening.at), who=who, how=how)
