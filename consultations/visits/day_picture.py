"""An officer's day as a picture: what stands, and where a visit would fit. Widths are in percent. Pure."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.models import Claim
from consultations.visits.officer_days import OfficerDay, Stop
from consultations.visits.proposals import DayProposed
from partnership.times import berlin, clock, clock_span, short_date


@dataclass(frozen=True, slots=True)
class Bar:
    """`kind` names its colour; `words` stand in it where there is room."""

    kind: str
    x: str
    width: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    x: str
    label: str


@dataclass(frozen=True, slots=True)
class DayPicture:
    """`stops` says the same in words."""

    title: str
    bars: list[Bar]
    ticks: list[Tick]
    stops: list[str]


def draw_day(proposed: DayProposed) -> DayPicture:
    day = proposed.officer_day
    scale = _Scale(day.opens, day.closes)
    bars = [bar for stop in day.stops for bar in _bars(stop, scale)]
    for fit in proposed.fits:
        x, width = scale.span(fit.period.lower, fit.period.upper)
        bars.append(Bar("proposed", x, width))
    return DayPicture(
        title=short_date(day.day),
        bars=bars,
        ticks=scale.ticks(),
        stops=[words_of_stop(stop, day) for stop in day.stops] or [_("noch nichts eingetragen")],
    )


def words_of_stop(stop: Stop, day: OfficerDay) -> str:
    start, end = max(stop.blocked.lower, day.opens), min(stop.blocked.upper, day.closes)
    if stop.visit_period:
        start, end = stop.visit_period.lower, stop.visit_period.upper
    what = _("Besuch, angeboten") if stop.is_offered else str(Claim.Kind(stop.kind).label)
    where = f", {stop.name}" if stop.name else ""
    return f"{clock_span(start, end)}: {what}{where}"


@dataclass(frozen=True, slots=True)
class _Scale:
    opens: datetime.datetime
    closes: datetime.datetime

    def at(self, moment: datetime.datetime) -> float:
        share = (moment - self.opens) / (self.closes - self.opens)
        return 100 * min(1.0, max(0.0, share))

    def span(self, start: datetime.datetime, end: datetime.datetime) -> tuple[str, str]:
        left, right = self.at(start), self.at(end)
        return f"{left:.2f}%", f"{max(0.0, right - left):.2f}%"

    def ticks(self) -> list[Tick]:
        """Every third hour."""
        first = berlin(self.opens).replace(minute=0)
        hours = [first + datetime.timedelta(hours=number) for number in range(24)]
        shown = [hour for hour in hours if self.opens <= hour < self.closes and hour.hour % 3 == 0]
        return [Tick(f"{self.at(hour):.2f}%", clock(hour)) for hour in shown]


def _bars(stop: Stop, scale: _Scale) -> list[Bar]:
    """Travel lies paler around what it leads to."""
    x, width = scale.span(stop.blocked.lower, stop.blocked.upper)
    if stop.visit_period is None:
        return [Bar(stop.kind.value, x, width, stop.name or str(stop.kind.label))]
    inner_x, inner_width = scale.span(stop.visit_period.lower, stop.visit_period.upper)
    kind = "offered" if stop.is_offered else "visit"
    return [Bar("way", x, width), Bar(kind, inner_x, inner_width, stop.name)]
