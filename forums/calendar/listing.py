"""What the public calendar and the archive show. A constant number of statements, whatever there is."""

import datetime

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, ExtractYear

from forums.calendar.month import days_shown
from forums.calendar.search import Month, start_of
from forums.models import Event
from forums.queries import public_events
from partnership.models import Partnership
from partnership.times import BERLIN, berlin_day

State = Event.State


def coming_events(partnership: Partnership, *, now: datetime.datetime) -> QuerySet[Event]:
    """Today's and later ones; what is cancelled stands there as cancelled until its day is over."""
    return (
        public_events(partnership).filter(ends_at__gte=start_of(berlin_day(now))).order_by("starts_at", "pk")
    )


def events_of_month(partnership: Partnership, month: Month, *, now: datetime.datetime) -> QuerySet[Event]:
    """Of all days of its weeks; without what was cancelled and would be over."""
    first, last = days_shown(month)
    over = Q(state=State.CANCELLED, ends_at__lt=start_of(berlin_day(now)))
    return (
        public_events(partnership)
        .filter(starts_at__lt=start_of(last + datetime.timedelta(days=1)), ends_at__gt=start_of(first))
        .exclude(over)
        .order_by("starts_at", "pk")
    )


def past_events(partnership: Partnership, *, now: datetime.datetime) -> QuerySet[Event]:
    """What took place, latest first."""
    return (
        public_events(partnership)
        .filter(ends_at__lt=now)
        .exclude(state=State.CANCELLED)
        .order_by("-starts_at", "-pk")
    )


def towns_of(partnership: Partnership, *, now: datetime.datetime) -> list[str]:
    """Where something is to come, to choose from."""
    rows = coming_events(partnership, now=now).select_related(None).prefetch_related(None).order_by()
    towns = rows.annotate(town=Coalesce(F("office__city"), F("city"))).values_list("town", flat=True)
    return sorted({town for town in towns.distinct() if town})


def following_in_series(event: Event, *, now: datetime.datetime) -> Event | None:
    """The next public one, if this is one of a series."""
    if event.series_id is None:
        return None
    later = public_events(event.partnership).filter(
        series=event.series_id, state=State.ANNOUNCED, starts_at__gt=max(event.starts_at, now)
    )
    return later.prefetch_related(None).order_by("starts_at", "pk").first()


def years_of_past(partnership: Partnership, *, now: datetime.datetime) -> list[int]:
    """Latest first."""
    rows = past_events(partnership, now=now).select_related(None).prefetch_related(None).order_by()
    years = rows.annotate(year=ExtractYear("starts_at", tzinfo=BERLIN)).values_list("year", flat=True)
    return sorted(set(years.distinct()), reverse=True)


def past_events_of(partnership: Partnership, year: int, *, now: datetime.datetime) -> QuerySet[Event]:
    first, following = datetime.date(year, 1, 1), datetime.date(year + 1, 1, 1)
    return past_events(partnership, now=now).filter(
        starts_at__gte=start_of(first), starts_at__lt=start_of(following)
    )
