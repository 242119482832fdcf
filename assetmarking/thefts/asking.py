"""Owners are asked whether what was stolen has come back: after thirty days, then quarterly, four times."""

import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from assetmarking.models import StolenThing, TheftReport
from assetmarking.thefts import mails
from partnership.times import berlin

ASKED_FROM = datetime.time(9)
FIRST_AFTER, AGAIN_AFTER = datetime.timedelta(days=30), datetime.timedelta(days=91)
MOST_TIMES = 4
BATCH = 100


def ask_due(*, now: datetime.datetime | None = None) -> int:
    """The scan, not in the night: one mail about all things of a report that are due; returns how many."""
    now = now or timezone.now()
    if berlin(now).time() < ASKED_FROM:
        return 0
    asked = 0
    while batch := _ask_batch(now):
        asked += batch
    return asked


def things_to_ask(now: datetime.datetime) -> QuerySet[StolenThing]:
    first = Q(asked_times=0, report__reported_at__lte=now - FIRST_AFTER)
    again = Q(asked_times__range=(1, MOST_TIMES - 1), asked_at__lte=now - AGAIN_AFTER)
    return StolenThing.objects.filter(
        first | again, ended_at__isnull=True, report__state__in=TheftReport.STANDING
    )


@transaction.atomic
def _ask_batch(now: datetime.datetime) -> int:
    """The report's row is locked, so that two who scan at once do not ask twice."""
    due = TheftReport.objects.filter(pk__in=things_to_ask(now).values("report"))
    rows = due.select_for_update(no_key=True, skip_locked=True, of=("self",)).order_by("pk")
    reports = list(rows.select_related("firm", "partnership", "reported_by")[:BATCH])
    for report in reports:
        things = list(things_to_ask(now).filter(report=report).select_related("asset"))
        for thing in things:
            thing.asked_times, thing.asked_at = thing.asked_times + 1, now
        StolenThing.objects.bulk_update(things, ["asked_times", "asked_at"])
        if things:
            mails.ask_whether_back(report, things)
    return len(reports)
