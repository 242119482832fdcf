"""What the start page shows: the next free time, the coming days, the houses, who stands behind it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import OfficeHours
from consultations.nearness import listed, spots_of
from consultations.offers import choice_value
from consultations.queries import FreeTime, bookable_offices, free_times
from partnership.models import Organisation, Partnership
from partnership.place_map import PlaceMap, draw_places
from partnership.queries import members_of
from partnership.start_sections import StartSection, start_sections
from partnership.times import DateBlock, clock_span, date_block, long_moment

DAYS_SHOWN = 4
A_WEEK = datetime.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class NextTime:
    url: str
    when: str
    city: str


@dataclass(frozen=True, slots=True)
class ComingDay:
    """Office hours of one day in one house that still have a free time."""

    url: str
    date: DateBlock
    title: str
    words: str
    free: str


@dataclass(frozen=True, slots=True)
class StartPage:
    next_time: NextTime | None
    free_in_a_week: str
    houses: str
    days: list[ComingDay]
    map: PlaceMap | None
    map_label: str
    partners: list[Organisation]
    sections: list[StartSection]


def compose_start(partnership: Partnership, now: datetime.datetime | None = None) -> StartPage:
    """Four statements, however many hours, offices and members there are, and one for each other app."""
    now = now or timezone.now()
    times = free_times(partnership=partnership, now=now)
    offices = list(bookable_offices(partnership))
    soon = sum(time.starts_at < now + A_WEEK for time in times)
    places = listed(office.city for office in offices)
    return StartPage(
        next_time=_next_time(times[0]) if times else None,
        free_in_a_week=ngettext(
            "%(count)d freie Zeit in den nächsten sieben Tagen",
            "%(count)d freie Zeiten in den nächsten sieben Tagen",
            soon,
        )
        % {"count": soon},
        houses=ngettext("%(count)d Haus in %(places)s", "%(count)d Häuser in %(places)s", len(offices))
        % {"count": len(offices), "places": places},
        days=list(_coming_days(times)),
        map=draw_places(spots_of(offices)),
        map_label=_("Orte der Beratung: %(places)s.") % {"places": places},
        partners=list(members_of(partnership)),
        sections=start_sections(partnership, now),
    )


def _next_time(time: FreeTime) -> NextTime:
    query = urlencode({"zeit": choice_value(time)})
    url = f"{reverse('consultations:times')}?{query}"
    return NextTime(url, long_moment(time.starts_at), time.hours.office.city)


def _coming_days(times: Iterable[FreeTime]) -> Iterable[ComingDay]:
    """The first few, a row for each day and house."""
    by_hours = groupby(sorted(times, key=lambda t: (t.hours.day, t.hours.starts, t.hours.pk)), _key)
    for number, (_hours_id, group) in enumerate(by_hours):
        if number == DAYS_SHOWN:
            return
        free = list(group)
        yield _coming_day(free[0].hours, len(free))


def _key(time: FreeTime) -> int:
    return time.hours.pk


def _coming_day(hours: OfficeHours, count: int) -> ComingDay:
    query = urlencode({"ort": hours.office_id})
    return ComingDay(
        url=f"{reverse('consultations:times')}?{query}#tag-{hours.day.isoformat()}",
        date=date_block(hours.day),
        title=_("Beratungstag in %(city)s") % {"city": hours.office.city},
        words=f"{clock_span(hours.starts_at, hours.ends_at)}, {hours.office.name}",
        free=ngettext("%(count)d Zeit frei", "%(count)d Zeiten frei", count) % {"count": count},
    )
