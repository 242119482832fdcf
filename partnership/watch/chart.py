"""The last day of the queues as two lines; the same figures stand in the table below. Pure."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnership.models import QueueSample
from partnership.times import clock

HOURS = 24
STEP = datetime.timedelta(minutes=10)
PIXELS_A_STEP = 6
HEIGHT, HEAD, FOOT, AXIS = 220, 16, 32, 56
LINES = 4
"""At most so many lines of the scale."""
HOURS_NAMED = 3


@dataclass(frozen=True, slots=True)
class Mark:
    place: int
    label: str


@dataclass(frozen=True, slots=True)
class Hour:
    """The most that waited in an hour; None where nothing was measured."""

    label: str
    tasks: int | None
    mails: int | None


@dataclass(frozen=True, slots=True)
class Chart:
    """`tasks` and `mails` are points of lines, broken where nothing was measured."""

    width: int
    height: int
    base: int
    tasks: list[str]
    mails: list[str]
    marks: list[Mark]
    hours: list[Mark]
    rows: list[Hour]
    label: str


def draw_queues(samples: Sequence[QueueSample], *, now: datetime.datetime) -> Chart:
    start = now - datetime.timedelta(hours=HOURS)
    steps = datetime.timedelta(hours=HOURS) // STEP
    tasks = _most([(s.at, s.tasks) for s in samples], start, STEP, steps)
    mails = _most([(s.at, s.mails) for s in samples], start, STEP, steps)
    most = max([number for number in (*tasks, *mails) if number is not None], default=0)
    scale = _scale(max(most, LINES))
    base = HEIGHT - FOOT
    per = (base - HEAD) / scale[-1]
    return Chart(
        width=AXIS + steps * PIXELS_A_STEP,
        height=HEIGHT,
        base=base,
        tasks=_lines(tasks, base, per),
        mails=_lines(mails, base, per),
        marks=[Mark(round(base - number * per), str(number)) for number in scale],
        hours=[_named(start + datetime.timedelta(hours=hour), hour) for hour in range(0, HOURS, HOURS_NAMED)],
        rows=_hours(samples, start),
        label=_("Wartende Aufgaben und E-Mails der letzten 24 Stunden als Linien, höchstens %(most)s.")
        % {"most": most},
    )


def _named(moment: datetime.datetime, hour: int) -> Mark:
    return Mark(AXIS + hour * (datetime.timedelta(hours=1) // STEP) * PIXELS_A_STEP, clock(moment))


def _hours(samples: Sequence[QueueSample], start: datetime.datetime) -> list[Hour]:
    """The newest first."""
    hour = datetime.timedelta(hours=1)
    tasks = _most([(s.at, s.tasks) for s in samples], start, hour, HOURS)
    mails = _most([(s.at, s.mails) for s in samples], start, hour, HOURS)
    starts = [start + hour * number for number in range(HOURS)]
    names = [f"{clock(moment)} – {clock(moment + hour)}" for moment in starts]
    return [Hour(*row) for row in zip(names, tasks, mails, strict=True)][::-1]


def _most(
    numbers: list[tuple[datetime.datetime, int]],
    start: datetime.datetime,
    step: datetime.timedelta,
    steps: int,
) -> list[int | None]:
    found: list[int | None] = [None] * steps
    for at, number in numbers:
        place = (at - start) // step
        if 0 <= place < steps:
            found[place] = max(found[place] or 0, number)
    return found


def _lines(numbers: list[int | None], base: int, per: float) -> list[str]:
    lines: list[list[str]] = [[]]
    for place, number in enumerate(numbers):
        if number is None:
            lines.append([])
            continue
        left = AXIS + place * PIXELS_A_STEP
        y = round(base - number * per)
        lines[-1] += [f"{left},{y}", f"{left + PIXELS_A_STEP},{y}"]
    return [" ".join(points) for points in lines if points]


def _scale(most: int) -> list[int]:
    step = next(
        digit * 10**power for power in range(8) for digit in (1, 2, 5) if digit * 10**power * LINES >= most
    )
    return list(range(0, most + step, step))[: LINES + 1]
