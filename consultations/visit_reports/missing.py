"""Visits that took place without a released report: their officer is written to, a week later the lead."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from consultations.models import Visit
from consultations.visit_reports import mails
from consultations.visit_reports.queries import missing_reports
from partnership.models import Partnership, Person, Post
from partnership.queries import holders_of
from partnership.times import at_wall_time, berlin, berlin_day

TOLD_FROM = datetime.time(8)
A_DAY, A_WEEK = datetime.timedelta(days=1), datetime.timedelta(days=7)


def remind_of_reports(*, now: datetime.datetime | None = None) -> int:
    """The scan, from eight in the morning; returns how many mails."""
    now = now or timezone.now()
    if berlin(now).time() < TOLD_FROM:
        return 0
    return _tell_officers(now) + _tell_leads(now)


@transaction.atomic
def _tell_officers(now: datetime.datetime) -> int:
    found = _lacking(now, after=A_DAY, told="report_asked_at")
    by_officer: dict[tuple[Partnership, Person], list[Visit]] = {}
    for visit in found:
        if visit.officer.is_active:
            by_officer.setdefault((visit.request.partnership, visit.officer), []).append(visit)
    for (partnership, officer), visits in by_officer.items():
        mails.tell_missing(partnership, person=officer, visits=visits)
    return len(by_officer)


@transaction.atomic
def _tell_leads(now: datetime.datetime) -> int:
    found = _lacking(now, after=A_WEEK, told="report_named_at")
    by_police: dict[tuple[Partnership, int], list[Visit]] = {}
    for visit in found:
        by_police.setdefault((visit.request.partnership, visit.request.police_id), []).append(visit)
    told = 0
    for (partnership, police), visits in by_police.items():
        for lead in holders_of(Post.Role.LEAD, police):
            mails.tell_missing(partnership, person=lead, visits=visits, is_lead=True)
            told += 1
    return told


def _lacking(now: datetime.datetime, *, after: datetime.timedelta, told: str) -> Sequence[Visit]:
    """Of days so long ago, untold so far; told from now on. Locked; whoever scans beside us has theirs."""
    before = at_wall_time(berlin_day(now) - after + A_DAY, datetime.time())
    rows = missing_reports(Visit.objects.filter(appointment__period__endswith__lt=before))
    found = list(
        rows.filter(**{f"{told}__isnull": True})
        .select_related("appointment", "officer", "request__partnership")
        .select_for_update(skip_locked=True, no_key=True, of=("self",))
        .order_by("appointment__period", "pk")
    )
    Visit.objects.filter(pk__in=[visit.pk for visit in found]).update(**{told: now})
    return found
