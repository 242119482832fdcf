"""A police officer's day as ready strings: what comes next, the day in order, what is still to do."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.absence_page import Vacancy, period_words, vacancy_of
from consultations.duties import MISSING_SHOWN, Duties
from consultations.models import Absence, Appointment, Claim, Lane, OfficeHours
from consultations.slots import cut_slots
from consultations.talks import Badge, FreeTimes, Talk, lay_out_talks
from consultations.to_agree import ToAgree, rows_to_agree
from partnership.models import Office
from partnership.phone_numbers import dialled
from partnership.times import at_wall_time, berlin_day, clock, clock_span, clock_text, long_date, short_date

COMING_DAYS = 5
ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is and how to get and call there; `geo` and `tel` are what such links carry."""

    city: str
    office: str
    address: str
    room: str
    access_note: str
    geo: str
    phone: str
    tel: str


@dataclass(frozen=True, slots=True)
class Station:
    """One officer's place in office hours. `mark` is its number in the day, '' when it is over."""

    mark: str
    starts: str
    span: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    place: Place
    colleagues: str
    count: str
    badge: Badge | None
    slots: list[Talk | FreeTimes]

    @property
    def talks(self) -> list[Talk]:
        return [slot for slot in self.slots if isinstance(slot, Talk)]


@dataclass(frozen=True, slots=True)
class Taken:
    """Time that something else than the office hours shown has taken."""

    starts: str
    span: str
    starts_at: datetime.datetime
    word: str


@dataclass(frozen=True, slots=True)
class OfficerDay:
    """`name` is empty on the officer's own page."""

    name: str
    blocks: list[Station | Taken]


@dataclass(frozen=True, slots=True)
class NextUp:
    heading: str
    position: str
    station: Station
    talks: list[Talk]
    sentence: str


@dataclass(frozen=True, slots=True)
class Missing:
    reference: str
    firm: str
    when: str
    officer: str
    age: Badge


@dataclass(frozen=True, slots=True)
class ComingHours:
    span: str
    city: str
    officer: str
    booked: str


@dataclass(frozen=True, slots=True)
class ComingDay:
    """`tag` is the day in the page's address."""

    tag: str
    name: str
    hours: list[ComingHours]


@dataclass(frozen=True, slots=True)
class AwayRow:
    """`who` is empty on the officer's own page."""

    pk: int
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class DayLink:
    tag: str
    name: str


@dataclass(frozen=True, slots=True)
class Day:
    """`tag` is the day in the page's address."""

    tag: str
    title: str
    date: str
    is_today: bool
    summary: str
    heading: str
    before: DayLink
    after: DayLink
    next_up: NextUp | None
    people: list[OfficerDay]
    missing: list[Missing]
    more_missing: bool
    waiting: list[ToAgree]
    coming: list[ComingDay]
    vacant: list[Vacancy]
    more_vacant: bool
    away: list[AwayRow]


def read_day(text: str, *, today: datetime.date) -> datetime.date:
    """The day that an address names; today for what is no day or further away than ten years."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return today
    return day if abs((day - today).days) < 3653 else today


def lay_out(duties: Duties, *, now: datetime.datetime, lead_of: frozenset[int] = frozenset()) -> Day:
    """`lead_of`: directorates in which the reader agrees for everybody."""
    today = berlin_day(now)
    people = _people(duties, now=now)
    stations = [block for person in people for block in person.blocks if isinstance(block, Station)]
    return Day(
        tag=duties.day.isoformat(),
        title=_title(duties.day, today=today),
        date=long_date(duties.day),
        is_today=duties.day == today,
        summary=_summary(stations, is_past=duties.day < today),
        heading=_("Der Tag in Reihenfolge") if duties.officer else _("Wer wo ist"),
        before=_day_link(duties.day - ONE_DAY),
        after=_day_link(duties.day + ONE_DAY),
        next_up=_next_up(stations, duties.day, now=now) if duties.officer else None,
        people=people,
        missing=[_missing(a, duties, today=today) for a in duties.missing[:MISSING_SHOWN]],
        more_missing=len(duties.missing) > MISSING_SHOWN,
        waiting=rows_to_agree(duties.waiting, lead_of=lead_of),
        coming=_coming(duties),
        vacant=[vacancy_of(lane, duties.booked, today=today) for lane in duties.vacant],
        more_vacant=duties.more_vacant,
        away=[_away(absence, duties) for absence in duties.away],
    )


def _title(day: datetime.date, *, today: datetime.date) -> str:
    named = {0: _("Heute"), 1: _("Morgen"), -1: _("Gestern")}
    return named.get((day - today).days, long_date(day))


def _day_link(day: datetime.date) -> DayLink:
    return DayLink(day.isoformat(), short_date(day))


def _summary(stations: list[Station], *, is_past: bool) -> str:
    if not stations:
        return _("An diesem Tag war kein Sprechtag.") if is_past else _("Kein Sprechtag an diesem Tag")
    talks = sum(len(station.talks) for station in stations)
    words = ngettext("%(count)d Sprechtag", "%(count)d Sprechtage", len(stations)) % {"count": len(stations)}
    end = clock_text(max(station.ends_at for station in stations))
    return f"{words}, {talk_count(talks)}, " + _("Ende %(clock)s") % {"clock": end}


def talk_count(count: int) -> str:
    return ngettext("%(count)d Gespräch", "%(count)d Gespräche", count) % {"count": count}


def _people(duties: Duties, *, now: datetime.datetime) -> list[OfficerDay]:
    """Everybody with something that day, by name; lanes without an officer come last."""
    by_lane: dict[int | None, list[Appointment]] = {}
    for appointment in duties.appointments:
        by_lane.setdefault(appointment.lane_id, []).append(appointment)
    names: dict[int, str] = {}
    lanes: dict[int, list[Lane]] = {}
    claims: dict[int, list[Claim]] = {}
    for lane in duties.lanes:
        names[lane.officer_id or 0] = str(lane.officer) if lane.officer else _("Ohne Beamtin oder Beamten")
        lanes.setdefault(lane.officer_id or 0, []).append(lane)
    for claim in duties.claims:
        names[claim.officer_id or 0] = str(claim.officer)
        claims.setdefault(claim.officer_id or 0, []).append(claim)
    order = sorted(names, key=lambda key: (key == 0, names[key], key))
    return [
        OfficerDay(
            name="" if duties.officer else names[key],
            blocks=_blocks(lanes.get(key, []), claims.get(key, []), by_lane, day=duties.day, now=now),
        )
        for key in order
    ]


def _blocks(
    lanes: list[Lane],
    claims: list[Claim],
    by_lane: dict[int | None, list[Appointment]],
    *,
    day: datetime.date,
    now: datetime.datetime,
) -> list[Station | Taken]:
    blocks: list[Station | Taken] = [
        _station(lane, by_lane.get(lane.pk, []), number=number, now=now)
        for number, lane in enumerate(lanes, start=1)
    ]
    blocks += [_taken(claim, day=day) for claim in claims]
    return sorted(blocks, key=lambda block: block.starts_at)


def _station(lane: Lane, appointments: list[Appointment], *, number: int, now: datetime.datetime) -> Station:
    hours = lane.hours
    is_draft = hours.state == OfficeHours.State.DRAFT
    return Station(
        mark="" if hours.ends_at <= now else str(number),
        starts=clock_text(hours.starts_at),
        span=clock_span(hours.starts_at, hours.ends_at),
        starts_at=hours.starts_at,
        ends_at=hours.ends_at,
        place=_place(hours),
        colleagues=", ".join(str(n.officer) for n in hours.lanes.all() if n.officer and n.pk != lane.pk),
        count=talk_count(len(appointments)) if appointments else _("noch kein Gespräch gebucht"),
        badge=Badge(_("noch nicht abgestimmt"), "warning") if is_draft else None,
        slots=lay_out_talks(lane, appointments, now=now),
    )


def _place(hours: OfficeHours) -> Place:
    office: Office = hours.office
    phone = office.phone or hours.partnership.phone
    return Place(
        city=office.city,
        office=office.name,
        address=office.address,
        room=hours.room.name if hours.room else "",
        access_note=office.access_note,
        geo=f"{office.latitude:.5f},{office.longitude:.5f}",
        phone=phone,
        tel=dialled(phone),
    )


def _taken(claim: Claim, *, day: datetime.date) -> Taken:
    """Office hours of another directorate are nobody's business here: they show as taken only."""
    starts_at = max(claim.blocked.lower, at_wall_time(day, datetime.time()))
    ends_at = min(claim.blocked.upper, at_wall_time(day + ONE_DAY, datetime.time()))
    is_whole_day = ends_at - starts_at >= datetime.timedelta(hours=23)
    words = {
        Claim.Kind.OFFICE_HOURS: _("belegt"),
        Claim.Kind.ABSENCE: _("abwesend"),
    }
    return Taken(
        starts=_("ganzer Tag") if is_whole_day else clock_text(starts_at),
        span="" if is_whole_day else clock_span(starts_at, ends_at),
        starts_at=starts_at,
        word=words.get(Claim.Kind(claim.kind)) or _("belegt: %(kind)s") % {"kind": claim.get_kind_display()},
    )


def _next_up(stations: list[Station], day: datetime.date, *, now: datetime.datetime) -> NextUp | None:
    """The first station that is not over and is agreed; none on a day that has passed."""
    waiting = [s for s in stations if s.ends_at > now and s.badge is None]
    if not waiting:
        return None
    station = waiting[0]
    talks = [talk for talk in station.talks if talk.is_open]
    if station.starts_at <= now:
        heading = _("Jetzt, bis %(clock)s") % {"clock": clock_text(station.ends_at)}
    elif day == berlin_day(now):
        heading = _("Als Nächstes, %(clock)s") % {"clock": station.starts}
    else:
        heading = _("Zuerst, %(clock)s") % {"clock": station.starts}
    position = _("%(number)d von %(count)d") % {
        "number": stations.index(station) + 1,
        "count": len(stations),
    }
    return NextUp(heading, position if len(stations) > 1 else "", station, talks, _next_words(station, talks))


def _next_words(station: Station, talks: list[Talk]) -> str:
    if talks:
        last = clock(talks[-1].ends_at)
        return ngettext(
            "%(count)d Gespräch bis %(clock)s Uhr", "%(count)d Gespräche bis %(clock)s Uhr", len(talks)
        ) % {"count": len(talks), "clock": last}
    return _("Kein Gespräch mehr gebucht") if station.talks else _("Noch kein Gespräch gebucht")


def _missing(appointment: Appointment, duties: Duties, *, today: datetime.date) -> Missing:
    lane = appointment.lane
    days = (today - berlin_day(appointment.ends_at)).days
    named = {0: _("seit heute"), 1: _("seit gestern")}
    officer = str(lane.officer) if lane and lane.officer else ""
    when = f"{short_date(berlin_day(appointment.starts_at))}, {clock_text(appointment.starts_at)}"
    return Missing(
        reference=appointment.reference,
        firm=appointment.firm_name,
        when=f"{when}, {lane.hours.office.city}" if lane else when,
        officer="" if duties.officer else officer,
        age=Badge(
            named.get(days) or _("seit %(days)d Tagen") % {"days": days}, "danger" if days > 1 else "warning"
        ),
    )


def _away(absence: Absence, duties: Duties) -> AwayRow:
    who = "" if duties.officer else str(absence.officer)
    return AwayRow(absence.pk, who, period_words(absence.starts_at, absence.ends_at))


def _coming(duties: Duties) -> list[ComingDay]:
    days = [
        ComingDay(day.isoformat(), long_date(day), list(_coming_hours(lanes, duties)))
        for day, lanes in groupby(duties.coming, key=lambda lane: lane.hours.day)
    ]
    return days[:COMING_DAYS]


def _coming_hours(lanes: Iterable[Lane], duties: Duties) -> Iterable[ComingHours]:
    for lane in lanes:
        hours = lane.hours
        numbers = {"booked": duties.booked.get(lane.pk, 0), "all": len(cut_slots(hours))}
        is_draft = hours.state == OfficeHours.State.DRAFT
        yield ComingHours(
            span=clock_span(hours.starts_at, hours.ends_at),
            city=hours.office.city,
            officer="" if duties.officer else str(lane.officer or _("ohne Beamtin oder Beamten")),
            booked=_("noch nicht abgestimmt")
            if is_draft
            else _("%(booked)d von %(all)d Zeiten vergeben") % numbers,
        )
