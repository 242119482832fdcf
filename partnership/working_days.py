import datetime
from functools import lru_cache

import holidays

from partnership.times import at_wall_time, berlin_day


@lru_cache(maxsize=8)
def _saxon_holidays(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("DE", subdiv="SN", years=year, language="de")


def holiday_name(day: datetime.date) -> str:
    """The Saxon public holiday on that day, or an empty string."""
    return _saxon_holidays(day.year).get(day) or ""


@lru_cache(maxsize=4000)
def is_working_day(day: datetime.date) -> bool:
    """Monday to Friday, no Saxon public holiday."""
    return day.weekday() < 5 and not holiday_name(day)


def next_working_day(day: datetime.date) -> datetime.date:
    """The first working day after `day`."""
    day += datetime.timedelta(days=1)
    while not is_working_day(day):
        day += datetime.timedelta(days=1)
    return day


def working_day_before(day: datetime.date) -> datetime.date:
    """The last working day before `day`."""
    day -= datetime.timedelta(days=1)
    while not is_working_day(day):
        day -= datetime.timedelta(days=1)
    return day


def working_days_since(moment: datetime.datetime, day: datetime.date) -> int:
    """How many working days have come since the day of `moment`, `day` included."""
    first = berlin_day(moment)
    days = (first + datetime.timedelta(days=n) for n in range(1, (day - first).days + 1))
    return sum(is_working_day(one) for one in days)


def working_days_before(day: datetime.date, count: int) -> datetime.date:
    """The latest day since which so many working days have come, `day` included."""
    while count:
        count -= is_working_day(day)
        day -= datetime.timedelta(days=1)
    return day


def add_working_time(
    moment: datetime.datetime, length: datetime.timedelta, *, opens: datetime.time, closes: datetime.time
) -> datetime.datetime:
    """When `length` has passed, counted on working days between these clock times of Berlin only."""
    day, left = berlin_day(moment), length
    while True:
        start = max(moment, at_wall_time(day, opens)).astimezone(datetime.UTC)
        end = at_wall_time(day, closes).astimezone(datetime.UTC)
        if is_working_day(day) and start < end:
            if start + left <= end:
                return start + left
            left -= end - start
        day += datetime.timedelta(days=1)
