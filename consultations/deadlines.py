"""Until when a booking can be confirmed, changed, held."""

import datetime
from collections.abc import Iterable

from django.utils import timezone

from consultations.models import Appointment, OfficeHours
from partnership.times import at_wall_time, berlin_day
from partnership.working_days import add_working_time, next_working_day

HOLD = datetime.timedelta(minutes=10)
CONFIRM_UNTIL = datetime.time(18, 0)
BEFORE_CLOSING = datetime.timedelta(hours=2)
AT_LEAST = datetime.timedelta(minutes=30)
OFFER_HOLD = datetime.timedelta(hours=4)
OFFER_COUNTS_FROM, OFFER_COUNTS_UNTIL = datetime.time(8), datetime.time(18)


def confirmation_deadline(hours: OfficeHours, *, now: datetime.datetime | None = None) -> datetime.datetime:
    """18:00 of the next working day, at latest two hours before booking closes; never under half an hour."""
    now = now or timezone.now()
    evening = next_evening(now)
    latest = hours.booking_closes_at - BEFORE_CLOSING
    return max(min(evening, latest), now + AT_LEAST)


def next_evening(now: datetime.datetime) -> datetime.datetime:
    """18:00 of the next working day."""
    return at_wall_time(next_working_day(berlin_day(now)), CONFIRM_UNTIL)


def offer_deadline(
    hours: OfficeHours, starts_at: datetime.datetime, *, now: datetime.datetime
) -> datetime.datetime:
    """How long a time of office hours is kept for one who waits: not after booking has closed."""
    return min(freed_time_deadline(starts_at, now=now), hours.booking_closes_at)


def freed_time_deadline(starts_at: datetime.datetime, *, now: datetime.datetime) -> datetime.datetime:
    """How long a freed time is kept for one who waits: four hours, counted from 8 to 18 on working days; at
    most a quarter of the time left.
    """
    counted = add_working_time(now, OFFER_HOLD, opens=OFFER_COUNTS_FROM, closes=OFFER_COUNTS_UNTIL)
    return min(counted, now + (starts_at - now) / 4)


def visit_answer_deadline(
    starts: Iterable[datetime.datetime], *, now: datetime.datetime
) -> datetime.datetime:
    """Until when a firm chooses among the times of a visit: 18:00 of the second working day from now, at most
    a quarter of the time left until the first of them. One moment for all, so that nobody reads three, and a
    full quarter of an hour, as people say it.
    """
    evening = at_wall_time(next_working_day(next_working_day(berlin_day(now))), CONFIRM_UNTIL)
    latest = now + (min(starts) - now) / 4
    return min(evening, latest.replace(minute=latest.minute // 15 * 15, second=0, microsecond=0))


def change_deadline(appointment: Appointment) -> datetime.datetime:
    """The last moment at which the firm moves or cancels by itself."""
    return appointment.starts_at - appointment.partnership.change_deadline


def may_still_change(appointment: Appointment, *, now: datetime.datetime | None = None) -> bool:
    return (now or timezone.now()) <= change_deadline(appointment)


def link_end(appointment: Appointment) -> datetime.datetime:
    """Links die a day after the appointment."""
    return appointment.ends_at + datetime.timedelta(days=1)
