"""Moving an event or copying it to another day: its programme follows by the clock on the wall."""

import datetime

from dateutil.relativedelta import relativedelta

from forums.models import Event
from partnership.times import at_wall_time, berlin, berlin_day
from partnership.working_days import holiday_name

A_WEEK = datetime.timedelta(weeks=1)
WITHOUT_SERIES = 12
"""Months until the next one that is like an event without a series."""


def shift_between(before: Event, after: Event) -> datetime.timedelta:
    """How far parts move along: with the beginning if the end moves alike, else by whole days only.

    Wall clock: nine o'clock stays nine o'clock on the other side of a change-over day.
    """
    start = _wall(after.starts_at) - _wall(before.starts_at)
    end = _wall(after.ends_at) - _wall(before.ends_at)
    return start if start == end else berlin_day(after.starts_at) - berlin_day(before.starts_at)


def shifted(moment: datetime.datetime, by: datetime.timedelta) -> datetime.datetime:
    wall = _wall(moment) + by
    return at_wall_time(wall.date(), wall.time())


def suggest_day(event: Event, *, today: datetime.date) -> datetime.date:
    """For the next one: as many months later as the series says, same weekday, no holiday, not past."""
    first = berlin_day(event.starts_at)
    months = event.series.every_months if event.series else WITHOUT_SERIES
    target: datetime.date = first + relativedelta(months=months)
    day = target + datetime.timedelta(days=(first.weekday() - target.weekday() + 3) % 7 - 3)
    while day <= today or (holiday_name(day) and not holiday_name(first)):
        day += A_WEEK
    return day


def _wall(moment: datetime.datetime) -> datetime.datetime:
    return berlin(moment).replace(tzinfo=None)
