"""What the public calendar and the archive show. A constant number of statements, whatever there is."""

import datetime

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from forums.calendar.month import days_shown
from forums.calendar.search import Month, start_of
from forums.models import Event
from forums.queries import public_events
from partnership.models import Partnership
from partnership.times import berlin_day

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
