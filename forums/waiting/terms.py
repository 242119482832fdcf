"""How a freed place reaches whoever waits: the nearer the event, the shorter the time to answer
(docs/decisions/0035).
"""

import datetime

from forums.models import Event
from partnership.times import at_wall_time, berlin_day

MOVES_UP_UNTIL = datetime.timedelta(days=7)
LONG_OFFERS_UNTIL = datetime.timedelta(hours=48)
OFFERS_UNTIL = datetime.timedelta(hours=6)
"""Before the event begins. Later the desk takes in who is there."""
ANSWERED_BEFORE = datetime.timedelta(hours=2)
LONG_HOLD = datetime.timedelta(hours=24)
SHORT_HOLD = datetime.timedelta(hours=4)
COUNTS_FROM, COUNTS_UNTIL = datetime.time(8), datetime.time(20)
"""The short time counts in these hours of Berlin: nobody answers at night."""


def moves_up_by_itself(event: Event, *, now: datetime.datetime) -> bool:
    """Far enough from the event for giving a place back, so that nobody needs to say yes first."""
    return event.starts_at - now > MOVES_UP_UNTIL


def offer_end(event: Event, *, now: datetime.datetime) -> datetime.datetime | None:
    """Until when a place that is offered now is kept. None in the last hours: nobody is offered one."""
    left = event.starts_at - now
    if left <= OFFERS_UNTIL:
        return None
    if left > LONG_OFFERS_UNTIL:
        return now + LONG_HOLD
    return min(_after_hours_of_day(now, SHORT_HOLD), event.starts_at - ANSWERED_BEFORE)


def _after_hours_of_day(moment: datetime.datetime, length: datetime.timedelta) -> datetime.datetime:
    """When `length`, which is shorter than a day's hours, has passed in them."""
    day = berlin_day(moment)
    begins, ends = max(moment, at_wall_time(day, COUNTS_FROM)), at_wall_time(day, COUNTS_UNTIL)
    if begins + length <= ends:
        return begins + length
    next_day = at_wall_time(day + datetime.timedelta(days=1), COUNTS_FROM)
    return next_day + length - max(ends - begins, datetime.timedelta())
