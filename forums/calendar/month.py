"""A month of the calendar: a table of weeks, and the same by day for narrow screens."""

import calendar
import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from forums.calendar.search import Month, Search
from forums.calendar.standing import Standing, standing_of
from forums.event_words import city_of
from forums.models import Event
from partnership.times import WEEKDAYS, berlin_day, clock_text, current_language, long_date

MONTHS_BACK, MONTHS_AHEAD = 12, 24
"""How far the links lead from today; what is older stands in the archive."""
WEEKS = calendar.Calendar(firstweekday=calendar.MONDAY)


@dataclass(frozen=True, slots=True)
class Entry:
    """An event on one of its days: `clock` is when it begins, or that it goes on."""

    url: str
    title: str
    clock: str
    city: str
    standing: Standing
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class Day:
    number: int
    long_name: str
    is_today: bool
    is_outside: bool
    """It belongs to the month before or after."""
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class MonthPage:
    """`before`, `after` and `now` are (query string, title), None where no link leads."""

    title: str
    weekdays: list[tuple[str, str]]
    weeks: list[list[Day]]
    days: list[Day]
    before: tuple[str, str] | None
    after: tuple[str, str] | None
    now: tuple[str, str] | None


def days_shown(month: Month) -> tuple[datetime.date, datetime.date]:
    """The first Monday and the last Sunday of the month's weeks."""
    days = list(WEEKS.itermonthdates(month.year, month.number))
    return days[0], days[-1]


def lay_out_month(
    events: Iterable[Event], *, month: Month, search: Search, now: datetime.datetime
) -> MonthPage:
    today = berlin_day(now)
    entries = _entries_by_day(events, now=now)
    weeks = [
        [
            Day(
                number=day.day,
                long_name=long_date(day),
                is_today=day == today,
                is_outside=Month.of(day) != month,
                entries=entries.get(day, []),
            )
            for day in week
        ]
        for week in WEEKS.monthdatescalendar(month.year, month.number)
    ]
    this = Month.of(today)
    before, after = month.shifted(-1), month.shifted(1)
    return MonthPage(
        title=month.title,
        weekdays=[(name[:2], name) for name in WEEKDAYS[current_language()]],
        weeks=weeks,
        days=[day for week in weeks for day in week if day.entries and not day.is_outside],
        before=_link(search, before) if before >= this.shifted(-MONTHS_BACK) else None,
        after=_link(search, after) if after <= this.shifted(MONTHS_AHEAD) else None,
        now=_link(search, this) if month != this else None,
    )


def _link(search: Search, month: Month) -> tuple[str, str]:
    return search.query(ansicht="monat", monat=month.key), month.title


def _entries_by_day(events: Iterable[Event], *, now: datetime.datetime) -> dict[datetime.date, list[Entry]]:
    """Each event on every day that it lasts."""
    found: dict[datetime.date, list[Entry]] = {}
    for event in events:
        first, last = berlin_day(event.starts_at), berlin_day(event.ends_at)
        for number in range((last - first).days + 1):
            entry = Entry(
                url=reverse("forums:event", args=[event.reference]),
                title=event.title,
                clock=_("geht weiter") if number else clock_text(event.starts_at),
                city=city_of(event),
                standing=standing_of(event, now=now),
                is_cancelled=event.state == Event.State.CANCELLED,
            )
            found.setdefault(first + datetime.timedelta(days=number), []).append(entry)
    return found
