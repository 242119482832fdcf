"""Which office hours come back in which weeks. The officer who signs in always has whole days."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from consultations.models import Language, Topic
from partnership.demo.leipzig import (
    BORNA,
    DELITZSCH,
    FOURTH_OFFICER,
    GRIMMA,
    HWK_HOUSE,
    IHK_HOUSE,
    OFFICER,
    OSCHATZ,
    SECOND_OFFICER,
    THIRD_OFFICER,
    TORGAU,
)
from partnership.working_days import is_working_day

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
EVERY, EVEN, ODD = None, 0, 1
LONG_BEFORE = datetime.timedelta(days=14)
WHOLE_DAY = (datetime.time(8), datetime.time(17))
NOON = (datetime.time(12), datetime.time(13))
EVES = ((12, 24), (12, 31))


@dataclass(frozen=True, kw_only=True)
class Turn:
    """Office hours of the rota. `asks_late`: two weeks and more ahead they still wait for the police."""

    weekday: int
    weeks: int | None = EVERY
    office: str
    room: str
    officers: tuple[str, ...]
    hours: tuple[datetime.time, datetime.time]
    pause: tuple[datetime.time, datetime.time] | None = None
    minutes: int = 45
    gap: int = 0
    topics: list[Topic] = field(default_factory=lambda: list(Topic))
    languages: list[Language] = field(default_factory=lambda: [Language.GERMAN, Language.ENGLISH])
    asks_late: bool = False


def _clock(hour: int, minute: int = 0) -> datetime.time:
    return datetime.time(hour, minute)


GRIMMA_THURSDAY = Turn(
    weekday=THURSDAY,
    office=GRIMMA,
    room="Raum 1.04",
    officers=(THIRD_OFFICER,),
    hours=(_clock(9), _clock(12)),
    topics=[Topic.THEFT, Topic.FRAUD, Topic.CYBER],
)
ROTA = [
    Turn(
        weekday=MONDAY,
        weeks=ODD,
        office=BORNA,
        room="Beratungsraum 2",
        officers=(SECOND_OFFICER,),
        hours=(_clock(9), _clock(12)),
        topics=[Topic.BURGLARY, Topic.THEFT, Topic.BUILDING_SITE],
        languages=[Language.GERMAN, Language.CZECH],
    ),
    Turn(
        weekday=MONDAY,
        weeks=EVEN,
        office=DELITZSCH,
        room="Beratungsraum",
        officers=(SECOND_OFFICER,),
        hours=(_clock(13), _clock(16, 30)),
        minutes=30,
        gap=10,
        topics=[Topic.BURGLARY, Topic.THEFT, Topic.ROBBERY],
        languages=[Language.GERMAN],
    ),
    Turn(
        weekday=TUESDAY,
        office=GRIMMA,
        room="Raum 1.04",
        officers=(OFFICER,),
        hours=WHOLE_DAY,
        pause=NOON,
    ),
    Turn(
        weekday=TUESDAY,
        weeks=ODD,
        office=HWK_HOUSE,
        room="Raum 212",
        officers=(THIRD_OFFICER,),
        hours=(_clock(13), _clock(16, 45)),
        topics=[Topic.FRAUD, Topic.CYBER],
    ),
    Turn(
        weekday=WEDNESDAY,
        office=IHK_HOUSE,
        room="Raum 2.14",
        officers=(SECOND_OFFICER, FOURTH_OFFICER),
        hours=(_clock(9), _clock(12)),
        languages=[Language.GERMAN, Language.ENGLISH, Language.TURKISH],
    ),
    Turn(
        weekday=WEDNESDAY,
        weeks=EVEN,
        office=OSCHATZ,
        room="Sitzungszimmer",
        officers=(THIRD_OFFICER,),
        hours=(_clock(13, 30), _clock(16, 30)),
        topics=[Topic.BURGLARY, Topic.FRAUD, Topic.CYBER],
    ),
    GRIMMA_THURSDAY,
    Turn(
        weekday=THURSDAY,
        weeks=ODD,
        office=IHK_HOUSE,
        room="Raum 1.03",
        officers=(OFFICER,),
        hours=WHOLE_DAY,
        pause=NOON,
    ),
    Turn(
        weekday=THURSDAY,
        weeks=EVEN,
        office=TORGAU,
        room="Beratungsraum 1",
        officers=(OFFICER,),
        hours=WHOLE_DAY,
        pause=NOON,
        asks_late=True,
    ),
    Turn(
        weekday=FRIDAY,
        office=HWK_HOUSE,
        room="Raum 212",
        officers=(FOURTH_OFFICER,),
        hours=(_clock(9), _clock(12, 30)),
        minutes=60,
        gap=15,
        topics=[Topic.THEFT, Topic.BUILDING_SITE, Topic.ROBBERY],
        languages=[Language.GERMAN, Language.TURKISH, Language.ARABIC],
    ),
    Turn(
        weekday=FRIDAY,
        weeks=EVEN,
        office=BORNA,
        room="Beratungsraum 2",
        officers=(SECOND_OFFICER,),
        hours=(_clock(9), _clock(11, 15)),
        topics=[Topic.BUILDING_SITE, Topic.THEFT],
        languages=[Language.GERMAN, Language.POLISH],
        asks_late=True,
    ),
]

TODAY = Turn(
    weekday=MONDAY,
    office=IHK_HOUSE,
    room="Raum 0.07",
    officers=(OFFICER,),
    hours=WHOLE_DAY,
    pause=NOON,
)
"""The signed-in officer's day when the rota has none for today, on a Sunday, too."""
TODAYS = (
    TODAY,
    replace(TODAY, office=GRIMMA, room="Raum 0.02"),
    replace(TODAY, hours=(_clock(13, 30), _clock(17, 30)), pause=None),
    replace(TODAY, hours=(_clock(8), _clock(12)), pause=None),
)
"""The first for which there is time: a visit may have taken a part of the day."""


def turns_on(day: datetime.date) -> Iterator[Turn]:
    """Of that weekday in that ISO week, none on holidays. Where Grimma misses a week, it gets the Friday."""
    if not _has_office_hours(day):
        return
    parity = day.isocalendar().week % 2
    for turn in ROTA:
        if turn.weekday == day.weekday() and turn.weeks in (EVERY, parity):
            yield turn
    monday = day - datetime.timedelta(days=day.weekday())
    usual = [monday + datetime.timedelta(days=weekday) for weekday in (TUESDAY, THURSDAY)]
    if day.weekday() == FRIDAY and not any(map(_has_office_hours, usual)):
        yield replace(GRIMMA_THURSDAY, weekday=FRIDAY)


def _has_office_hours(day: datetime.date) -> bool:
    return is_working_day(day) and (day.month, day.day) not in EVES
