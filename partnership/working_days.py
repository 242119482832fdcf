import datetime
from functools import lru_cache

import holidays


@lru_cache(maxsize=8)
def _saxon_holidays(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("DE", subdiv="SN", years=year, language="de")


def holiday_name(day: datetime.date) -> str:
    """The Saxon public holiday on that day, or an empty string."""
    return _saxon_holidays(day.year).get(day) or ""


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
