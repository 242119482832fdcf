"""How full the houses are: by day of a week, by month and quarter, and which coming days stand out.

Only public hours count. A time is one talk in one lane with an officer.
"""

import datetime
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import OfficeHours
from consultations.queries import booked_in
from consultations.slots import cut_slots
from consultations.week import day_title, week_key
from partnership.models import Office
from partnership.times import MONTHS, date_span, short_date

State = OfficeHours.State
MONTH = re.compile(r"^(20[0-9]{2})-(0[1-9]|1[0-2])$")
QUARTER = re.compile(r"^(20[0-9]{2})-Q([1-4])$")
NOTICED_AHEAD = datetime.timedelta(days=14)
NEARLY_EMPTY = 20
"""Percent at most."""
FEWEST_TIMES = 3
"""A day with fewer is neither full nor empty worth a word."""
MOST_NOTICED = 8


@dataclass(frozen=True, slots=True)
class Load:
    taken: int = 0
    total: int = 0
    days: int = 0

    def __add__(self, other: "Load") -> "Load":
        return Load(self.taken + other.taken, self.total + other.total, self.days + other.days)

    @property
    def free(self) -> int:
        return self.total - self.taken

    @property
    def percent(self) -> int:
        return round(100 * self.taken / self.total) if self.total else 0

    @property
    def words(self) -> str:
        """'9 von 14 vergeben, 64 %'."""
        if not self.total:
            return _("kein Sprechtag")
        return _("%(taken)d von %(total)d vergeben, %(percent)d %%") % {
            "taken": self.taken,
            "total": self.total,
            "percent": self.percent,
        }

    @property
    def short(self) -> str:
        return f"{self.taken}/{self.total}" if self.total else ""


@dataclass(frozen=True, slots=True)
class DayLoad:
    """`note` says what hours there are that do not count."""

    day: datetime.date
    load: Load
    note: str

    @property
    def title(self) -> str:
        return day_title(self.day)


@dataclass(frozen=True, slots=True)
class HouseWeek:
    office: Office
    days: list[DayLoad]

    @property
    def load(self) -> Load:
        return sum((day.load for day in self.days), Load())


@dataclass(frozen=True, slots=True)
class HousesWeek:
    monday: datetime.date
    days: list[datetime.date]
    houses: list[HouseWeek]

    @property
    def title(self) -> str:
        first, last = self.days[0], self.days[-1]
        span = date_span(first, last)
        return _("Woche %(span)s") % {"span": span if first.year != last.year else f"{span} {last.year}"}

    @property
    def load(self) -> Load:
        return sum((house.load for house in self.houses), Load())

    @property
    def by_day(self) -> list[Load]:
        return [
            sum((house.days[number].load for house in self.houses), Load())
            for number in range(len(self.days))
        ]

    @property
    def finding(self) -> str:
        houses = ngettext("%(count)d Haus", "%(count)d Häuser", len(self.houses))
        return _("%(houses)s: %(load)s.") % {
            "houses": houses % {"count": len(self.houses)},
            "load": self.load.words,
        }

    @property
    def key(self) -> str:
        return week_key(self.monday)

    @property
    def key_before(self) -> str:
        return week_key(self.monday - datetime.timedelta(days=7))

    @property
    def key_after(self) -> str:
        return week_key(self.monday + datetime.timedelta(days=7))

    @property
    def titles(self) -> list[str]:
        return [short_date(day) for day in self.days]


def loads_of(hours: Collection[OfficeHours], *, now: datetime.datetime) -> dict[int, Load]:
    """Key of the hours -> their load, for public ones with their lanes at hand; one statement."""
    public = [h for h in hours if h.state == State.PUBLIC]
    booked = booked_in(public, now=now)
    found = {}
    for h in public:
        taken = booked.get(h.pk, 0)
        offered = len(cut_slots(h)) * sum(lane.officer_id is not None for lane in h.lanes.all())
        found[h.pk] = Load(taken, max(offered, taken), 1)
    return found


def lay_out_houses(
    *,
    monday: datetime.date,
    offices: Iterable[Office],
    hours: Collection[OfficeHours],
    now: datetime.datetime,
) -> HousesWeek:
    """`hours` of this week with their lanes. Saturday and Sunday appear when they have hours."""
    loads = loads_of(hours, now=now)
    all_days = [monday + datetime.timedelta(days=number) for number in range(7)]
    used = {h.day for h in hours}
    days = [day for day in all_days if day.weekday() < 5 or day in used]
    at: dict[tuple[int, datetime.date], list[OfficeHours]] = {}
    for h in hours:
        at.setdefault((h.office_id, h.day), []).append(h)
    houses = [
        HouseWeek(office, [_day_load(day, at.get((office.pk, day), []), loads) for day in days])
        for office in offices
    ]
    return HousesWeek(monday, days, houses)


def _day_load(day: datetime.date, hours: list[OfficeHours], loads: dict[int, Load]) -> DayLoad:
    load = sum((loads[h.pk] for h in hours if h.pk in loads), Load())
    others = sorted({str(h.get_state_display()) for h in hours if h.pk not in loads})
    return DayLoad(day, load, ", ".join(others))


@dataclass(frozen=True, slots=True)
class Noticed:
    """A coming day that is full or nearly empty."""

    office: Office
    day: datetime.date
    words: str
    is_full: bool

    @property
    def week(self) -> str:
        return week_key(self.day)

    @property
    def title(self) -> str:
        return short_date(self.day)


def notice_days(
    hours: Collection[OfficeHours], *, offices: dict[int, Office], now: datetime.datetime
) -> list[Noticed]:
    """`hours` of the coming days with their lanes; soonest first."""
    loads = loads_of(hours, now=now)
    by_day: dict[tuple[datetime.date, int], Load] = {}
    for h in hours:
        if h.pk in loads:
            key = (h.day, h.office_id)
            by_day[key] = by_day.get(key, Load()) + loads[h.pk]
    found = []
    for (day, office), load in sorted(by_day.items()):
        if load.total < FEWEST_TIMES or NEARLY_EMPTY < load.percent < 100:
            continue
        is_full = load.free == 0
        words = _("voll") if is_full else _("fast leer")
        found.append(Noticed(offices[office], day, f"{words}: {load.words}", is_full))
    return found[:MOST_NOTICED]


@dataclass(frozen=True, slots=True)
class Span:
    """A month or a quarter: `key` is '2026-11' or '2026-Q4'; `months` are the first days of its months."""

    key: str
    title: str
    months: list[datetime.date]

    @property
    def first(self) -> datetime.date:
        return self.months[0]

    @property
    def last(self) -> datetime.date:
        return next_month(self.months[-1]) - datetime.timedelta(days=1)

    @property
    def is_quarter(self) -> bool:
        return len(self.months) > 1

    @property
    def before(self) -> "Span":
        day = self.first - datetime.timedelta(days=1)
        return quarter_of(day) if self.is_quarter else month_of(day)

    @property
    def after(self) -> "Span":
        day = self.last + datetime.timedelta(days=1)
        return quarter_of(day) if self.is_quarter else month_of(day)


def read_span(key: str, *, today: datetime.date) -> Span:
    """This month for anything that names none."""
    if found := MONTH.match(key):
        return month_of(datetime.date(int(found[1]), int(found[2]), 1))
    if found := QUARTER.match(key):
        return quarter_of(datetime.date(int(found[1]), int(found[2]) * 3, 1))
    return month_of(today)


def month_of(day: datetime.date) -> Span:
    first = day.replace(day=1)
    return Span(f"{first:%Y-%m}", month_title(first), [first])


def quarter_of(day: datetime.date) -> Span:
    number = (day.month - 1) // 3 + 1
    months = [datetime.date(day.year, number * 3 - 2 + step, 1) for step in range(3)]
    title = _("%(number)d. Quartal %(year)d") % {"number": number, "year": day.year}
    return Span(f"{day.year}-Q{number}", title, months)


def next_month(first: datetime.date) -> datetime.date:
    return (first + datetime.timedelta(days=31)).replace(day=1)


def month_title(first: datetime.date) -> str:
    return f"{MONTHS['de'][first.month - 1]} {first.year}"


@dataclass(frozen=True, slots=True)
class HouseSpan:
    office: Office
    by_month: list[Load]

    @property
    def load(self) -> Load:
        return sum(self.by_month, Load())


def lay_out_span(
    span: Span, *, offices: Iterable[Office], hours: Collection[OfficeHours], now: datetime.datetime
) -> list[HouseSpan]:
    """`hours` of the span with their lanes."""
    loads = loads_of(hours, now=now)
    at: dict[tuple[int, datetime.date], Load] = {}
    for h in hours:
        if h.pk in loads:
            key = (h.office_id, h.day.replace(day=1))
            at[key] = at.get(key, Load()) + loads[h.pk]
    return [
        HouseSpan(office, [at.get((office.pk, month), Load()) for month in span.months]) for office in offices
    ]
