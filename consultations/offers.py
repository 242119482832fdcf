"""The page of free times, laid out as ready strings: days, houses within a day, times."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import OfficeHours
from consultations.nearness import NearOffice
from consultations.queries import FreeTime
from partnership.times import clock_text, date_span, long_date, long_moment

DAYS_AT_ONCE = 5
Choice = tuple[int, datetime.datetime]
"""Key of the office hours, start in UTC."""


@dataclass(frozen=True, slots=True)
class TimeButton:
    """`value` is what the button posts; `rest` completes its name for those who only hear it."""

    value: str
    clock: str
    rest: str


@dataclass(frozen=True, slots=True)
class House:
    name: str
    distance: str
    place: str
    times: list[TimeButton]


@dataclass(frozen=True, slots=True)
class OfferedDay:
    anchor: str
    title: str
    count: str
    houses: list[House]


@dataclass(frozen=True, slots=True)
class FirstTime:
    value: str
    when: str
    place: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What one page shows of all free times; `counts` is per office in the days shown.

    `first` is the earliest, or the one that a link has named.
    """

    days: list[OfferedDay]
    first: FirstTime | None
    first_is_choice: bool
    heading: str
    counts: dict[int, int]
    has_more: bool

    @property
    def last_anchor(self) -> str:
        return self.days[-1].anchor if self.days else ""


def choice_value(time: FreeTime) -> str:
    return choice_of(time.hours.pk, time.starts_at)


def choice_of(hours_id: int, starts_at: datetime.datetime) -> str:
    """`starts_at` in UTC."""
    return f"{hours_id}@{starts_at.isoformat()[:19]}Z"


def read_choice(value: str) -> Choice | None:
    """A button's value; None if it is none of ours."""
    key, _at, moment = value.partition("@")
    try:
        starts_at = datetime.datetime.fromisoformat(moment)
        hours_id = int(key)
    except ValueError:
        return None
    if starts_at.tzinfo is None or not 2000 < starts_at.year < 2200 or not 0 < hours_id < 2**63:
        return None
    return hours_id, starts_at


def lay_out(
    times: list[FreeTime],
    *,
    near: list[NearOffice],
    office_ids: Iterable[int],
    days: int = DAYS_AT_ONCE,
    choice: Choice | None = None,
) -> Offer:
    """The first `days` days with a time in the chosen offices; `times` are earliest first, of all offices."""
    chosen = set(office_ids)
    rank = {n.office.pk: n for n in near}
    order = {n.office.pk: number for number, n in enumerate(near)}
    wanted = [t for t in times if t.hours.office_id in chosen]
    by_day = [(day, list(group)) for day, group in groupby(wanted, key=lambda t: t.hours.day)]
    shown = by_day[:days]
    last = shown[-1][0] if shown else None
    counts: dict[int, int] = {}
    for time in times:
        if last and time.hours.day <= last:
            counts[time.hours.office_id] = counts.get(time.hours.office_id, 0) + 1
    named = next((t for t in times if choice == (t.hours.pk, t.starts_at)), None) if choice else None
    first = named or (wanted[0] if wanted else None)
    return Offer(
        days=[_day(day, group, rank, order) for day, group in shown],
        first=_first(first) if first else None,
        first_is_choice=named is not None,
        heading=_heading(sum(len(group) for _day, group in shown), [day for day, _group in shown]),
        counts=counts,
        has_more=len(by_day) > days,
    )


def buttons(times: Iterable[FreeTime]) -> list[FirstTime]:
    """Single times with day and place, as alternatives to a lost one."""
    return [_first(time) for time in times]


def place_of(hours: OfficeHours) -> str:
    """Building and room, and the word that matters to whoever cannot take stairs."""
    step_free = hours.office.step_free and (hours.room is None or hours.room.step_free)
    parts = [
        hours.office.building or hours.office.street,
        hours.room.name if hours.room else "",
        "" if step_free else _("nicht stufenlos"),
    ]
    return ", ".join(part for part in parts if part)


def _day(
    day: datetime.date, times: list[FreeTime], rank: dict[int, NearOffice], order: dict[int, int]
) -> OfferedDay:
    title = long_date(day)
    houses: dict[tuple[int, int], list[FreeTime]] = {}
    for time in times:
        key = (order.get(time.hours.office_id, len(order)), time.hours.room_id or 0)
        houses.setdefault(key, []).append(time)
    return OfferedDay(
        anchor=f"tag-{day.isoformat()}",
        title=title,
        count=_("%(count)d frei") % {"count": len(times)},
        houses=[_house(title, houses[key], rank) for key in sorted(houses)],
    )


def _house(title: str, times: list[FreeTime], rank: dict[int, NearOffice]) -> House:
    hours = times[0].hours
    near = rank.get(hours.office_id)
    rest = f", {title}, {hours.office.name}"
    return House(
        name=hours.office.name,
        distance=near.distance if near else "",
        place=place_of(hours),
        times=[TimeButton(choice_value(t), clock_text(t.starts_at), rest) for t in times],
    )


def _first(time: FreeTime) -> FirstTime:
    hours = time.hours
    return FirstTime(
        value=choice_value(time),
        when=long_moment(time.starts_at),
        place=_("%(office)s, %(minutes)d Minuten")
        % {"office": hours.office.name, "minutes": hours.slot_minutes},
    )


def _heading(count: int, days: list[datetime.date]) -> str:
    if not days:
        return _("Keine freie Zeit gefunden")
    return ngettext("%(count)d freie Zeit %(span)s", "%(count)d freie Zeiten %(span)s", count) % {
        "count": count,
        "span": date_span(days[0], days[-1]),
    }
