"""From when until when office hours can be booked, as distances that are the same from one day to the next.

Both go by the clock on the wall: 24 hours before are the day before at the same time, in March too.
"""

import datetime

from consultations.models import OfficeHours
from partnership.times import at_wall_time, berlin, berlin_day


def opens_at(day: datetime.date, *, days_before: int) -> datetime.datetime:
    return at_wall_time(day - datetime.timedelta(days=days_before), datetime.time())


def closes_at(day: datetime.date, starts: datetime.time, *, hours_before: int) -> datetime.datetime:
    return at_wall_time(day, starts) - datetime.timedelta(hours=hours_before)


def days_before_of(hours: OfficeHours) -> int:
    return (hours.day - berlin_day(hours.booking_opens_at)).days


def hours_before_of(hours: OfficeHours) -> int:
    begins = datetime.datetime.combine(hours.day, hours.starts)
    closes = berlin(hours.booking_closes_at).replace(tzinfo=None)
    return round((begins - closes).total_seconds() / 3600)
