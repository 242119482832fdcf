"""Which halves of which days a part covers; who is there is noted for each of them.

Days and noon are Berlin's. Durations are real ones: on the days on which the clock changes, a morning has
eleven or thirteen hours.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from forums.models import Attendance, EventPart
from partnership.times import at_wall_time, berlin, berlin_day, short_date

Half = Attendance.Half
NOON = datetime.time(12)
COUNTS_FROM = datetime.timedelta(hours=1)
ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, order=True, slots=True)
class HalfDay:
    day: datetime.date
    half: str

    @property
    def key(self) -> str:
        """'2026-11-24-am', for addresses and forms."""
        return f"{self.day.isoformat()}-{self.half}"

    @property
    def starts_at(self) -> datetime.datetime:
        return _utc(self.day, datetime.time(0) if self.half == Half.MORNING else NOON)

    @property
    def ends_at(self) -> datetime.datetime:
        if self.half == Half.MORNING:
            return _utc(self.day, NOON)
        return _utc(self.day + ONE_DAY, datetime.time(0))

    def __str__(self) -> str:
        """'Di 24.11., Vormittag'."""
        return f"{short_date(self.day)}, {Half(self.half).label}"


def half_day_at(moment: datetime.datetime) -> HalfDay:
    return HalfDay(berlin_day(moment), Half.MORNING if berlin(moment).time() < NOON else Half.AFTERNOON)


def half_days_of(part: EventPart) -> list[HalfDay]:
    """In order, at least one. What reaches less than an hour into a half is not asked for again there: a
    talk until half past twelve is a morning's."""
    touched = []
    day = berlin_day(part.starts_at)
    while day <= berlin_day(part.ends_at):
        halves = [HalfDay(day, half) for half in Half.values]
        touched += [(half, time) for half in halves if (time := _time_in(part, half))]
        day += ONE_DAY
    longest = max(time for _half, time in touched)
    return [half for half, time in touched if time >= min(longest, COUNTS_FROM)]


def half_days_of_all(parts: Iterable[EventPart]) -> list[HalfDay]:
    return sorted({half for part in parts for half in half_days_of(part)})


def read_half_day(key: str) -> HalfDay | None:
    """The half-day that `HalfDay.key` names; None for anything else."""
    day, _dash, half = key.rpartition("-")
    try:
        return HalfDay(datetime.date.fromisoformat(day), Half(half))
    except ValueError:
        return None


def half_word(half_day: HalfDay, *, today: datetime.date) -> str:
    """'heute Vormittag', or with its date."""
    word = str(Half(half_day.half).label)
    return _("heute %(half)s") % {"half": word} if half_day.day == today else str(half_day)


def _time_in(part: EventPart, half: HalfDay) -> datetime.timedelta:
    """How long the part lasts in it; nothing where they do not meet."""
    lasts = min(part.ends_at, half.ends_at) - max(part.starts_at, half.starts_at)
    return max(lasts, datetime.timedelta(0))


def _utc(day: datetime.date, clock: datetime.time) -> datetime.datetime:
    """Python reckons with wall times between moments of one zone; in UTC, differences are real."""
    return at_wall_time(day, clock).astimezone(datetime.UTC)
