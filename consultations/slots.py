"""The times that office hours are cut into. Pure arithmetic on moments."""

import datetime

from consultations.models import OfficeHours
from partnership.times import at_wall_time

Slot = tuple[datetime.datetime, datetime.datetime]


def cut_slots(hours: OfficeHours) -> list[Slot]:
    """(start, end) in UTC of every talk, in order. The pause holds no talk, nor part of one."""
    talk = datetime.timedelta(minutes=hours.slot_minutes)
    step = talk + datetime.timedelta(minutes=hours.gap_minutes)
    start = hours.starts_at.astimezone(datetime.UTC)
    end = hours.ends_at.astimezone(datetime.UTC)
    pause = _pause(hours)
    slots = []
    while start + talk <= end:
        if pause and start < pause[1] and start + talk > pause[0]:
            start = pause[1]
            continue
        slots.append((start, start + talk))
        start += step
    return slots


def holds(hours: OfficeHours, start: datetime.datetime, end: datetime.datetime) -> bool:
    """Whether a talk of this time lies within the hours and outside their pause, on the grid or beside it."""
    if start < hours.starts_at or end > hours.ends_at:
        return False
    pause = _pause(hours)
    return pause is None or end <= pause[0] or start >= pause[1]


def _pause(hours: OfficeHours) -> Slot | None:
    if hours.pause_starts is None or hours.pause_ends is None:
        return None
    return (
        at_wall_time(hours.day, hours.pause_starts).astimezone(datetime.UTC),
        at_wall_time(hours.day, hours.pause_ends).astimezone(datetime.UTC),
    )
