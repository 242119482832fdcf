"""The preview of a series of three days a week for eighteen months, beside as many rows without rules."""

import datetime
import statistics
import time
from collections.abc import Callable

from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations.models import Claim, OfficeHours
from consultations.office_hours import Plan
from consultations.preview import preview_series
from consultations.recurrence import Rule
from consultations.series import SeriesPlan
from partnership.rules import Posts
from tests.bench.data import Calendar

RUNS = 15


def _plan(calendar: Calendar, *, weeks: int) -> SeriesPlan:
    office, officer = calendar.pairs[0]
    first = datetime.date.today() + datetime.timedelta(days=1)
    rule = Rule(
        rhythm="weekly",
        weekdays=[0, 2, 4],
        first_day=first,
        last_day=first + datetime.timedelta(weeks=weeks),
    )
    like = Plan(
        partnership=calendar.partnership,
        office=office,
        room=None,
        police=calendar.police,
        officers=[officer],
        day=first,
        starts=datetime.time(13),
        ends=datetime.time(16),
        slot_minutes=45,
        gap_minutes=0,
        pause_starts=None,
        pause_ends=None,
        booking_opens_at=timezone.now(),
        booking_closes_at=timezone.now(),
        topics=["burglary"],
        languages=["de"],
    )
    return SeriesPlan(
        rule=rule, like=like, opens_days=56, closes_hours=24, exceptions=[], skips_bridge_days=True
    )


def _preview(plan: SeriesPlan) -> None:
    preview_series(plan.plans(), exceptions=[], skips_bridge_days=True, posts=Posts(), now=timezone.now())


def statements_of_preview(calendar: Calendar, *, weeks: int) -> int:
    with CaptureQueriesContext(connection) as captured:
        _preview(_plan(calendar, weeks=weeks))
    return len(captured)


def time_of_preview(calendar: Calendar) -> float:
    """Milliseconds, with the days themselves."""
    plan = _plan(calendar, weeks=78)
    return _median_ms(lambda: _preview(plan))


def floor_of_preview(calendar: Calendar) -> float:
    """Milliseconds for the rows alone: unsaved days, and one look at the officer's claims."""
    plan = _plan(calendar, weeks=78)
    _office, officer = calendar.pairs[0]

    def build() -> None:
        for day in plan.plans():
            OfficeHours(day=day.day, starts=day.starts, ends=day.ends, office=day.office)
        list(Claim.objects.filter(Q(officer=officer)).select_related("hours__office"))

    return _median_ms(build)


def _median_ms(run: Callable[[], None]) -> float:
    times = []
    for _number in range(RUNS):
        begun = time.perf_counter()
        run()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)
