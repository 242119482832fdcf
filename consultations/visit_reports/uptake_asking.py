"""Three and six months after the release, readers of a report are asked what became of the advice."""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from consultations.models import ReportReader, Visit, VisitReport
from consultations.visit_reports import mails
from consultations.visit_reports.queries import readers_in_force, report_for
from consultations.visit_reports.uptake import visits_with_open_advice
from partnership.times import at_wall_time, berlin, berlin_day

ASKED_FROM = datetime.time(9)
THREE_MONTHS, SIX_MONTHS = datetime.timedelta(days=91), datetime.timedelta(days=182)
BETWEEN = datetime.timedelta(days=60)
"""At least so long after the first question comes the second."""
A_YEAR = datetime.timedelta(days=365)
"""What is older was missed, and nobody is asked any more."""
BATCH = 200


def ask_due(*, now: datetime.datetime | None = None) -> int:
    """The scan, not in the night; returns how many mails. Twice at most about a visit."""
    now = now or timezone.now()
    if berlin(now).time() < ASKED_FROM:
        return 0
    asked = 0
    while batch := _ask_batch(now):
        asked += batch
    return asked


def visits_to_ask(now: datetime.datetime) -> QuerySet[Visit]:
    """Whoever was asked is asked again; there is somebody to write to, and something left to tell."""
    untold = visits_with_open_advice().filter(
        Exists(_readers().filter(visit=OuterRef("pk"))), uptake_quiet_since__isnull=True
    )
    first = untold.filter(_released(now, before=THREE_MONTHS), uptake_asked_at__isnull=True)
    again = untold.filter(
        _released(now, before=SIX_MONTHS),
        uptake_asked_at__lt=now - BETWEEN,
        uptake_asked_again_at__isnull=True,
    )
    return first | again


@transaction.atomic
def _ask_batch(now: datetime.datetime) -> int:
    rows = visits_to_ask(now).select_for_update(no_key=True, skip_locked=True, of=("self",)).order_by("pk")
    visits = list(rows[:BATCH])
    for visit in visits:
        name = "uptake_asked_again_at" if visit.uptake_asked_at else "uptake_asked_at"
        setattr(visit, name, now)
        visit.save(update_fields=[name])
    return sum(_ask(visit) for visit in visits)


def _ask(visit: Visit) -> int:
    """Whoever asked for the visit; without an account, whom police has confirmed on site."""
    readers = list(_readers().filter(visit=visit.pk).select_related("person"))
    firm = [reader for reader in readers if reader.kind == ReportReader.Kind.FIRM]
    for reader in firm or readers:
        report = report_for(reader)
        assert report is not None
        mails.ask_about_uptake(report, reader)
    return len(firm or readers)


def _readers() -> QuerySet[ReportReader]:
    """Who has an address: of the firm its active person, and confirmed recipients."""
    kinds = ReportReader.Kind
    firm = readers_in_force().filter(kind=kinds.FIRM, person__is_active=True).exclude(person__email="")
    recipients = readers_in_force().filter(kind=kinds.RECIPIENT)
    return firm | recipients


def _released(now: datetime.datetime, *, before: datetime.timedelta) -> Exists:
    """The first version: a correction begins nothing anew."""
    tomorrow = at_wall_time(berlin_day(now) + datetime.timedelta(days=1), datetime.time())
    return Exists(
        VisitReport.objects.filter(
            visit=OuterRef("pk"),
            number=1,
            released_at__lt=tomorrow - before,
            released_at__gte=tomorrow - A_YEAR,
        )
    )
