"""When the next event of a series is due, and which series lack one."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _

from forums.models import Event, EventSeries
from forums.queries import series_visible_to
from partnership.rules import Posts
from partnership.times import berlin_day, today

EXPECTED = (Event.State.ANNOUNCED, Event.State.HELD, Event.State.CLOSED)
"""A draft may come to nothing, and what is cancelled did not take place."""


@dataclass(frozen=True, slots=True)
class DueSeries:
    """`last` is the latest event announced or held, `due` the day by which the next one is to follow."""

    series: EventSeries
    last: Event | None
    due: datetime.date

    @property
    def is_overdue(self) -> bool:
        """The day itself is still in time; what has ended is expected by nobody."""
        return self.series.ended_on is None and self.due < today()


def due_series(rows: Iterable[EventSeries]) -> list[DueSeries]:
    """The most urgent first; in one statement for any number."""
    series = list(rows)
    events = Event.objects.filter(series__in=series, state__in=EXPECTED)
    latest = {
        event.series_id: event
        for event in events.order_by("series_id", "-starts_at", "-pk").distinct("series_id")
    }
    found = [_due(one, latest.get(one.pk)) for one in series]
    return sorted(found, key=lambda one: (one.due, one.series.title))


def overdue_series(posts: Posts) -> list[DueSeries]:
    """Of those that a person looks after."""
    return [one for one in due_series(series_visible_to(posts)) if one.is_overdue]


def count_overdue(posts: Posts) -> int:
    return len(overdue_series(posts))


def cadence(series: EventSeries) -> str:
    """'halbjährlich', 'alle 4 Monate'."""
    words = {1: _("monatlich"), 3: _("vierteljährlich"), 6: _("halbjährlich"), 12: _("jährlich")}
    return words.get(series.every_months) or _("alle %(number)d Monate") % {"number": series.every_months}


def _due(series: EventSeries, last: Event | None) -> DueSeries:
    if last is None:
        return DueSeries(series, None, series.first_due)
    due = berlin_day(last.starts_at) + relativedelta(months=series.every_months)
    return DueSeries(series, last, due)
