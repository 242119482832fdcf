"""Where things stand in the picture of a week. Widths are in percent, so that text keeps its size. Pure."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import OfficeHours
from consultations.week import Sitting, Time, Week, WeekDay
from partnership.times import berlin, short_date

AXIS = 6.0
"""Percent of the width for the clock at the left."""
INSET = 0.4
"""Percent between a day's edge and its blocks, and between two lanes."""
HEAD = 64
"""Pixels for the days' names."""
FOOT = 12
LEAST_HEIGHT = 28
"""Pixels that the shortest talk needs for its text."""
PIXELS_PER_HOUR = 48
MOST_PIXELS_PER_HOUR = 192


@dataclass(frozen=True, slots=True)
class Block:
    """`reference` opens an appointment, `choice` a booking of this free time, `hours_id` office hours.

    `x` and `width` are ready percentages, `y` and `height` pixels. Where lanes share a day,
    `clock` is left out.
    """

    kind: str
    x: str
    width: str
    y: int
    height: int
    words: str
    name: str
    clock: str = ""
    more: str = ""
    reference: str = ""
    choice: str = ""
    hours_id: int = 0
    lacks_officer: bool = False

    @property
    def inner_height(self) -> int:
        return self.height - 2


@dataclass(frozen=True, slots=True)
class Column:
    x: str
    width: str
    title: str
    note: str
    is_today: bool


@dataclass(frozen=True, slots=True)
class HourLine:
    y: int
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    height: int
    columns: list[Column]
    lines: list[HourLine]
    blocks: list[Block]
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Strip:
    """What takes a share of a day's width from start to end: a lane, or hours that are not public."""

    sitting: Sitting
    times: list[Time] | None

    @property
    def start(self) -> datetime.datetime:
        return min([self.sitting.hours.starts_at, *(t.starts_at for t in self.times or [])])

    @property
    def end(self) -> datetime.datetime:
        return max([self.sitting.hours.ends_at, *(t.ends_at for t in self.times or [])])


@dataclass(frozen=True, slots=True)
class _Scale:
    first_hour: int
    last_hour: int
    per_hour: int

    def y(self, moment: datetime.datetime) -> int:
        local = berlin(moment)
        return HEAD + round((local.hour + local.minute / 60 - self.first_hour) * self.per_hour)

    @property
    def height(self) -> int:
        return HEAD + (self.last_hour - self.first_hour) * self.per_hour + FOOT


def draw_week(week: Week) -> Picture:
    """Call it for a week that has office hours."""
    scale = _scale(week)
    share = (100 - AXIS) / len(week.days)
    columns, blocks = [], []
    for number, day in enumerate(week.days):
        left = AXIS + number * share
        columns.append(
            Column(_percent(left), _percent(share), short_date(day.day), _note_of(day), day.is_today)
        )
        for strip, place, of in _side_by_side(day):
            width = (share - 2 * INSET) / of
            x = left + INSET + place * width
            blocks += _blocks(strip, x, width - (INSET / 2 if of > 1 else 0), scale, shares=of > 1)
    hours = range(scale.first_hour, scale.last_hour + 1)
    lines = [HourLine(HEAD + (hour - scale.first_hour) * scale.per_hour, f"{hour}:00") for hour in hours]
    return Picture(scale.height, columns, lines, blocks, frozenset(block.kind for block in blocks))


def _scale(week: Week) -> _Scale:
    strips = [strip for day in week.days for strip in _strips(day)]
    ends = [berlin(strip.end) for strip in strips]
    shortest = min(sitting.hours.slot_minutes for sitting in week.sittings)
    return _Scale(
        first_hour=min(berlin(strip.start).hour for strip in strips),
        last_hour=max(end.hour + bool(end.minute) for end in ends),
        per_hour=min(MOST_PIXELS_PER_HOUR, max(PIXELS_PER_HOUR, round(LEAST_HEIGHT * 60 / shortest))),
    )


def _strips(day: WeekDay) -> list[_Strip]:
    return [
        _Strip(sitting, times)
        for sitting in day.sittings
        for times in (sitting.lanes if sitting.is_public else [None])
    ]


def _side_by_side(day: WeekDay) -> list[tuple[_Strip, int, int]]:
    """Each strip with its place and the number of places: those that overlap share the day's width."""
    placed: list[tuple[_Strip, int, int]] = []
    group: list[tuple[_Strip, int]] = []
    ends: list[datetime.datetime] = []
    for strip in sorted(_strips(day), key=lambda s: s.start):
        if group and all(end <= strip.start for end in ends):
            placed += [(member, place, len(ends)) for member, place in group]
            group, ends = [], []
        place = next((n for n, end in enumerate(ends) if end <= strip.start), len(ends))
        ends[place : place + 1] = [strip.end]
        group.append((strip, place))
    return placed + [(member, place, len(ends)) for member, place in group]


def _blocks(strip: _Strip, x: float, width: float, scale: _Scale, *, shares: bool) -> list[Block]:
    if strip.times is None:
        return [_whole(strip, x, width, scale)]
    day = short_date(strip.sitting.hours.day)
    return [
        Block(
            kind=time.kind.value,
            x=_percent(x),
            width=_percent(width),
            y=scale.y(time.starts_at) + 1,
            height=scale.y(time.ends_at) - scale.y(time.starts_at) - 2,
            words=time.words,
            name=f"{day}, {time.name}",
            clock=time.clock if time.reference and not shares else "",
            reference=time.reference,
            choice=time.choice,
            hours_id=0 if time.reference or time.choice or not time.lacks_officer else strip.sitting.hours.pk,
            lacks_officer=time.lacks_officer,
        )
        for time in strip.times
    ]


def _whole(strip: _Strip, x: float, width: float, scale: _Scale) -> Block:
    """Cancelled hours, and those that are not public yet, are one block."""
    sitting = strip.sitting
    is_cancelled = sitting.hours.state == OfficeHours.State.CANCELLED
    waits = sitting.hours.state == OfficeHours.State.DRAFT and sitting.hours.publish_when_agreed
    words = _("wartet auf Zustimmung") if waits else str(sitting.hours.get_state_display())
    more = sitting.hours.cancel_reason if is_cancelled else sitting.times_planned
    return Block(
        kind="cancelled" if is_cancelled else "planned",
        x=_percent(x),
        width=_percent(width),
        y=scale.y(strip.start) + 1,
        height=scale.y(strip.end) - scale.y(strip.start) - 2,
        words=words,
        more=more,
        name=f"{short_date(sitting.hours.day)}, {sitting.span}: {words}, {more}",
        hours_id=sitting.hours.pk,
    )


def _note_of(day: WeekDay) -> str:
    """What a day's head says below its name: 'heute, Raum 2.14'."""
    parts = [_("heute")] if day.is_today else []
    if any(sitting.lacks_officer for sitting in day.sittings):
        return ", ".join([*parts, _("ohne Beamtin/Beamten")])
    if len(day.sittings) == 1 and day.sittings[0].hours.room:
        parts.append(day.sittings[0].place)
    elif len(day.sittings) > 1:
        count = len(day.sittings)
        parts.append(ngettext("%(count)d Sprechzeit", "%(count)d Sprechzeiten", count) % {"count": count})
    return ", ".join(parts)


def _percent(value: float) -> str:
    return f"{value:.2f}%"
