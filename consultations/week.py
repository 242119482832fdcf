"""A week of office hours in one house: what is taken and what is free, for picture, table and list. Pure."""

import datetime
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consultations.expiry import has_run_out
from consultations.models import Appointment, Lane, OfficeHours
from consultations.offers import choice_of
from consultations.slots import Slot, cut_slots
from partnership.times import WEEKDAYS, clock, date_span

State = Appointment.State
WEEK = re.compile(r"^(20[0-9]{2})-W([0-9]{2})$")


class Kind(models.TextChoices):
    """What a time in the week is, in the order of legend and table."""

    CONFIRMED = "confirmed", gettext_lazy("bestätigt")
    UNCONFIRMED = "unconfirmed", gettext_lazy("noch nicht bestätigt")
    ATTENDED = "attended", gettext_lazy("wahrgenommen")
    MISSED = "missed", gettext_lazy("nicht erschienen")
    HELD = "held", gettext_lazy("gerade reserviert")
    OFFERED = "offered", gettext_lazy("angeboten")
    FREE = "free", gettext_lazy("frei")
    UNUSED = "unused", gettext_lazy("blieb frei")
    LACKING = "lacking", gettext_lazy("ohne Beamtin/Beamten")


TAKEN = (Kind.CONFIRMED, Kind.UNCONFIRMED, Kind.ATTENDED, Kind.MISSED)
ALWAYS_NAMED = (Kind.CONFIRMED, Kind.UNCONFIRMED, Kind.FREE)
KIND_OF_STATE = {
    State.CONFIRMED: Kind.CONFIRMED,
    State.UNCONFIRMED: Kind.UNCONFIRMED,
    State.ATTENDED: Kind.ATTENDED,
    State.MISSED: Kind.MISSED,
    State.PROPOSED: Kind.OFFERED,
    State.HELD: Kind.HELD,
}


@dataclass(frozen=True, slots=True)
class Time:
    """One talk in one lane. `reference` is empty where there is no appointment to open, `choice` where
    there is no free time to book.

    `words` is what a block shows, `name` says all of it to those who cannot see where it stands.
    """

    kind: Kind
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    words: str
    name: str
    reference: str = ""
    choice: str = ""
    lacks_officer: bool = False

    @property
    def clock(self) -> str:
        return clock(self.starts_at)


@dataclass(frozen=True, slots=True)
class Sitting:
    """The hours of one day. Only public ones have times, a list for each lane; others have a `note`."""

    hours: OfficeHours
    span: str
    place: str
    officers: str
    lanes: list[list[Time]]
    times_planned: str = ""
    note: str = ""
    lacks_officer: bool = False

    @property
    def is_public(self) -> bool:
        return self.hours.state == OfficeHours.State.PUBLIC

    @property
    def times(self) -> list[Time]:
        """Of all lanes, earliest first."""
        return sorted((t for lane in self.lanes for t in lane), key=lambda t: t.starts_at)

    @property
    def counts(self) -> Counter[Kind]:
        return Counter(time.kind for lane in self.lanes for time in lane)


@dataclass(frozen=True, slots=True)
class WeekDay:
    day: datetime.date
    is_today: bool
    sittings: list[Sitting]

    @property
    def title(self) -> str:
        """'Montag, 23.11.'."""
        return day_title(self.day)


@dataclass(frozen=True, slots=True)
class Week:
    monday: datetime.date
    days: list[WeekDay]

    @property
    def title(self) -> str:
        """'Woche vom 23. bis 27. November 2026'."""
        first, last = self.days[0].day, self.days[-1].day
        span = date_span(first, last)
        return _("Woche %(span)s") % {"span": span if first.year != last.year else f"{span} {last.year}"}

    @property
    def sittings(self) -> list[Sitting]:
        return [sitting for day in self.days for sitting in day.sittings]

    @property
    def counts(self) -> Counter[Kind]:
        return sum((sitting.counts for sitting in self.sittings), Counter())

    @property
    def kinds(self) -> list[Kind]:
        """The kinds that legend and table name: the usual ones, and what else there is."""
        counts = self.counts
        return [kind for kind in Kind if counts[kind] or kind in ALWAYS_NAMED]

    @property
    def finding(self) -> str:
        """'14 von 21 Zeiten vergeben', or why there is nothing to count."""
        counts = self.counts
        if total := counts.total():
            taken = sum(counts[kind] for kind in TAKEN)
            return ngettext(
                "%(taken)d von %(total)d Zeit vergeben", "%(taken)d von %(total)d Zeiten vergeben", total
            ) % {"taken": taken, "total": total}
        if self.sittings:
            return _("In dieser Woche ist kein Sprechtag öffentlich.")
        return _("In dieser Woche ist hier kein Sprechtag angelegt.")

    @property
    def finding_rest(self) -> str:
        """'(67 %), 6 frei.', after the finding."""
        counts = self.counts
        total = counts.total()
        if not total:
            return ""
        percent = round(100 * sum(counts[kind] for kind in TAKEN) / total)
        parts = [_("%(count)d frei") % {"count": counts[Kind.FREE]}]
        if held := counts[Kind.HELD]:
            parts.append(_("%(count)d gerade reserviert") % {"count": held})
        if offered := counts[Kind.OFFERED]:
            parts.append(_("%(count)d angeboten") % {"count": offered})
        if lacking := counts[Kind.LACKING]:
            parts.append(_("%(count)d ohne Beamtin/Beamten") % {"count": lacking})
        if unused := counts[Kind.UNUSED]:
            parts.append(
                ngettext("%(count)d blieb frei", "%(count)d blieben frei", unused) % {"count": unused}
            )
        return _("(%(percent)d %%), %(parts)s.") % {"percent": percent, "parts": ", ".join(parts)}

    @property
    def key(self) -> str:
        return week_key(self.monday)

    @property
    def key_before(self) -> str:
        return week_key(self.monday - datetime.timedelta(days=7))

    @property
    def key_after(self) -> str:
        return week_key(self.monday + datetime.timedelta(days=7))


def week_key(day: datetime.date) -> str:
    """'2026-W48', the ISO week that holds the day."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02d}"


def monday_of(key: str, *, today: datetime.date) -> datetime.date:
    """The Monday of a week key; of this week for anything that is none."""
    if found := WEEK.match(key):
        try:
            return datetime.date.fromisocalendar(int(found[1]), int(found[2]), 1)
        except ValueError:
            pass
    return today - datetime.timedelta(days=today.weekday())


def lay_out_week(
    *,
    monday: datetime.date,
    hours: Iterable[OfficeHours],
    appointments: Iterable[Appointment],
    now: datetime.datetime,
    today: datetime.date,
    vacant: Collection[int] = (),
) -> Week:
    """`hours` of one house in this week with their lanes; `appointments` that stand in them, holds included.

    `vacant`: keys of the lanes that want an officer.

    Saturday and Sunday appear when they have hours.
    """
    by_day: dict[datetime.date, list[Sitting]] = {}
    for sitting in lay_out_hours(hours, appointments, now=now, vacant=vacant):
        by_day.setdefault(sitting.hours.day, []).append(sitting)
    days = [monday + datetime.timedelta(days=number) for number in range(7)]
    shown = [day for day in days if day.weekday() < 5 or day in by_day]
    return Week(monday, [WeekDay(day, day == today, by_day.get(day, [])) for day in shown])


def lay_out_hours(
    hours: Iterable[OfficeHours],
    appointments: Iterable[Appointment],
    *,
    now: datetime.datetime,
    vacant: Collection[int] = (),
) -> list[Sitting]:
    """Earliest first."""
    in_lane: dict[int, list[Appointment]] = {}
    for appointment in appointments:
        if appointment.lane_id and not has_run_out(appointment, now=now):
            in_lane.setdefault(appointment.lane_id, []).append(appointment)
    return [
        _sitting(h, in_lane, now=now, vacant=vacant)
        for h in sorted(hours, key=lambda h: (h.day, h.starts, h.pk))
    ]


def planned_times(hours: OfficeHours) -> list[str]:
    """'9:00–9:45' of each talk."""
    return [f"{clock(start)}–{clock(end)}" for start, end in cut_slots(hours)]


def day_title(day: datetime.date) -> str:
    return f"{WEEKDAYS['de'][day.weekday()]}, {day.day}.{day.month}."


def short_span(hours: OfficeHours) -> str:
    """'9:00–12:00'."""
    return f"{clock(hours.starts_at)}–{clock(hours.ends_at)}"


def _sitting(
    hours: OfficeHours,
    in_lane: dict[int, list[Appointment]],
    *,
    now: datetime.datetime,
    vacant: Collection[int],
) -> Sitting:
    lanes = list(hours.lanes.all())
    slots = cut_slots(hours)
    is_public = hours.state == OfficeHours.State.PUBLIC
    several = len(lanes) > 1
    count = len(slots) * len(lanes)
    planned = ngettext("%(count)d Zeit geplant", "%(count)d Zeiten geplant", count) % {"count": count}
    return Sitting(
        hours=hours,
        span=short_span(hours),
        place=hours.room.name if hours.room else _("ohne Raum"),
        officers=", ".join(str(lane.officer) if lane.officer else _("noch niemand") for lane in lanes),
        lanes=[
            _times(lane, slots, in_lane, several=several, now=now, is_vacant=lane.pk in vacant)
            for lane in (lanes if is_public else [])
        ],
        lacks_officer=any(lane.pk in vacant for lane in lanes),
        times_planned=planned,
        note="" if is_public else _note(hours, planned),
    )


def _note(hours: OfficeHours, times: str) -> str:
    if hours.state == OfficeHours.State.CANCELLED:
        return _("abgesagt: %(reason)s") % {"reason": hours.cancel_reason}
    if hours.state == OfficeHours.State.DRAFT and hours.publish_when_agreed:
        return _("wartet auf Zustimmung, %(times)s") % {"times": times}
    return _("%(state)s, %(times)s") % {"state": hours.get_state_display(), "times": times}


def _times(
    lane: Lane,
    slots: list[Slot],
    in_lane: dict[int, list[Appointment]],
    *,
    several: bool,
    now: datetime.datetime,
    is_vacant: bool,
) -> list[Time]:
    """What stands in the lane, and between it the times of the grid that are free."""
    standing = in_lane.get(lane.pk, [])
    who = f", {lane.officer}" if several and lane.officer else ""
    times = [_taken(appointment, who, lacks_officer=is_vacant) for appointment in standing]
    for start, end in slots if lane.officer_id or is_vacant else []:
        if all(end <= a.starts_at or start >= a.ends_at for a in standing):
            free = _free(lane.hours_id, start, end, who, now=now)
            times.append(free if lane.officer_id else _lacking(start, end, who))
    return sorted(times, key=lambda time: time.starts_at)


def _taken(appointment: Appointment, who: str, *, lacks_officer: bool) -> Time:
    kind = KIND_OF_STATE[State(appointment.state)]
    start, end = appointment.starts_at, appointment.ends_at
    firm = appointment.firm_name
    what = [part for part in (firm, str(kind.label)) if part]
    if lacks_officer:
        what.append(str(Kind.LACKING.label))
    return Time(
        kind=kind,
        starts_at=start,
        ends_at=end,
        words=firm or _("%(clock)s reserviert") % {"clock": clock(start)},
        name=_name(start, end, ", ".join(what), who),
        reference=appointment.reference if firm else "",
        lacks_officer=lacks_officer,
    )


def _free(
    hours_id: int, start: datetime.datetime, end: datetime.datetime, who: str, *, now: datetime.datetime
) -> Time:
    kind = Kind.FREE if start > now else Kind.UNUSED
    return Time(
        kind=kind,
        starts_at=start,
        ends_at=end,
        words=f"{clock(start)} {kind.label}",
        name=_name(start, end, str(kind.label), who),
        choice=choice_of(hours_id, start) if kind == Kind.FREE else "",
    )


def _lacking(start: datetime.datetime, end: datetime.datetime, who: str) -> Time:
    kind = Kind.LACKING
    return Time(
        kind=kind,
        starts_at=start,
        ends_at=end,
        words=str(kind.label),
        name=_name(start, end, str(kind.label), who),
        lacks_officer=True,
    )


def _name(start: datetime.datetime, end: datetime.datetime, what: str, who: str) -> str:
    """Clock and firm stand together as in the picture: who speaks to the computer says what is seen."""
    words = {"start": clock(start), "what": what, "end": clock(end), "who": who}
    return _("%(start)s %(what)s, bis %(end)s Uhr%(who)s") % words
