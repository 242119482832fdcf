"""A police officer's day as ready strings: what comes next, the day in order, what is still to do."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.absence_page import Vacancy, vacancy_of
from consultations.models import Appointment, Claim, Lane
from consultations.talks import Talk
from consultations.to_agree import ToAgree, rows_to_agree
from consultations.today.duties import MISSING_SHOWN, Duties
from consultations.today.route import Route, RouteMap, Ways, reckon, sketch
from consultations.today.stations import (
    Block,
    Station,
    VisitStation,
    lay_out_station,
    lay_out_taken,
    lay_out_visit,
    talk_count,
)
from consultations.today.to_do import (
    AwayRow,
    ComingDay,
    Missing,
    Uncovered,
    away_row,
    coming_days,
    missing_row,
    uncovered_row,
)
from partnership.times import berlin_day, clock, clock_text, long_date, short_date

ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OfficerDay:
    """`name` is empty on the officer's own page. `legs` are the ways to the stations, by their number."""

    name: str
    blocks: list[Block]
    route: Route | None

    @property
    def stations(self) -> list[Station | VisitStation]:
        return [block for block in self.blocks if isinstance(block, Station | VisitStation)]

    @property
    def rows(self) -> list[tuple[str, Block]]:
        """Each block with the way to it; '' for what nobody drives to."""
        legs = iter(self.route.words if self.route else [])
        drives = (Station, VisitStation)
        return [(next(legs, "") if isinstance(block, drives) else "", block) for block in self.blocks]


@dataclass(frozen=True, slots=True)
class NextUp:
    heading: str
    position: str
    station: Station | VisitStation
    talks: list[Talk]
    sentence: str


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
    map: RouteMap | None
    missing: list[Missing]
    more_missing: bool
    unreported: list[Missing]
    more_unreported: bool
    waiting: list[ToAgree]
    coming: list[ComingDay]
    vacant: list[Vacancy]
    more_vacant: bool
    uncovered: list[Uncovered]
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
    today, ways = berlin_day(now), Ways()
    people = _people(duties, ways, now=now)
    stations = [station for person in people for station in person.stations]
    own_route = people[0].route if duties.officer and people else None
    return Day(
        tag=duties.day.isoformat(),
        title=_title(duties.day, today=today),
        date=long_date(duties.day),
        is_today=duties.day == today,
        summary=_summary(stations, own_route, is_past=duties.day < today),
        heading=_("Der Tag in Reihenfolge") if duties.officer else _("Wer wo ist"),
        before=_day_link(duties.day - ONE_DAY),
        after=_day_link(duties.day + ONE_DAY),
        next_up=_next_up(stations, duties.day, now=now) if duties.officer else None,
        people=people,
        map=sketch(stations, ways) if own_route else None,
        missing=[
            missing_row(a, duties, today=today, page="appointments:outcome")
            for a in duties.missing[:MISSING_SHOWN]
        ],
        more_missing=len(duties.missing) > MISSING_SHOWN,
        unreported=[
            missing_row(a, duties, today=today, page="appointments:visit_log")
            for a in duties.unreported[:MISSING_SHOWN]
        ],
        more_unreported=len(duties.unreported) > MISSING_SHOWN,
        waiting=rows_to_agree(duties.waiting, lead_of=lead_of),
        coming=coming_days(duties),
        vacant=[vacancy_of(lane, duties.booked, today=today) for lane in duties.vacant],
        more_vacant=duties.more_vacant,
        uncovered=[uncovered_row(visit, names_officer=not duties.officer) for visit in duties.uncovered],
        away=[away_row(absence, duties) for absence in duties.away],
    )


def _title(day: datetime.date, *, today: datetime.date) -> str:
    named = {0: _("Heute"), 1: _("Morgen"), -1: _("Gestern")}
    return named.get((day - today).days, long_date(day))


def _day_link(day: datetime.date) -> DayLink:
    return DayLink(day.isoformat(), short_date(day))


def _summary(stations: list[Station | VisitStation], own_route: Route | None, *, is_past: bool) -> str:
    """'4 Stationen, 62 km, Ende 16:45 Uhr'; without a visit '2 Sprechtage, 5 Gespräche, Ende 16:00 Uhr'."""
    if not stations:
        return _("An diesem Tag war kein Termin.") if is_past else _("Kein Termin an diesem Tag")
    end = _("Ende %(clock)s") % {"clock": clock_text(max(station.ends_at for station in stations))}
    if own_route:
        count = ngettext("%(count)d Station", "%(count)d Stationen", len(stations)) % {"count": len(stations)}
        return ", ".join([count, _("%(km)d km") % {"km": own_route.km}, end])
    return ", ".join([*_counts(stations), end])


def _counts(stations: list[Station | VisitStation]) -> list[str]:
    hours = [station for station in stations if isinstance(station, Station)]
    visits, words = len(stations) - len(hours), []
    if hours:
        words.append(
            ngettext("%(count)d Sprechtag", "%(count)d Sprechtage", len(hours)) % {"count": len(hours)}
        )
        words.append(talk_count(sum(len(station.talks) for station in hours)))
    if visits:
        words.append(ngettext("%(count)d Besuch", "%(count)d Besuche", visits) % {"count": visits})
    return words


def _people(duties: Duties, ways: Ways, *, now: datetime.datetime) -> list[OfficerDay]:
    """Everybody with something that day, by name; lanes without an officer come last."""
    names: dict[int, str] = {}
    own: dict[int, list[Lane | Appointment]] = {}
    claims: dict[int, list[Claim]] = {}
    for lane in duties.lanes:
        names[lane.officer_id or 0] = str(lane.officer) if lane.officer else _("Ohne Beamtin oder Beamten")
        own.setdefault(lane.officer_id or 0, []).append(lane)
    for visit in duties.visits:
        names[visit.visit.officer_id] = str(visit.visit.officer)
        own.setdefault(visit.visit.officer_id, []).append(visit)
    for claim in duties.claims:
        names[claim.officer_id or 0] = str(claim.officer)
        claims.setdefault(claim.officer_id or 0, []).append(claim)
    order = sorted(names, key=lambda key: (key == 0, names[key], key))
    return [
        _officer_day(
            "" if duties.officer else names[key],
            own.get(key, []),
            claims.get(key, []),
            duties,
            ways,
            now=now,
        )
        for key in order
    ]


def _officer_day(
    name: str,
    own: list[Lane | Appointment],
    claims: list[Claim],
    duties: Duties,
    ways: Ways,
    *,
    now: datetime.datetime,
) -> OfficerDay:
    own = sorted(own, key=lambda thing: thing.hours.starts_at if isinstance(thing, Lane) else thing.starts_at)
    stations = [_station(thing, duties, number=number, now=now) for number, thing in enumerate(own, start=1)]
    taken = [lay_out_taken(claim, day=duties.day, police=duties.police) for claim in claims]
    blocks: list[Block] = sorted([*stations, *taken], key=lambda block: block.starts_at)
    return OfficerDay(name=name, blocks=blocks, route=reckon(stations, ways))


def _station(
    thing: Lane | Appointment, duties: Duties, *, number: int, now: datetime.datetime
) -> Station | VisitStation:
    if isinstance(thing, Lane):
        talks = [a for a in duties.appointments if a.lane_id == thing.pk]
        return lay_out_station(thing, talks, number=number, now=now)
    return lay_out_visit(
        thing,
        number=number,
        photos=duties.photos.get(thing.visit.request_id, 0),
        last=duties.last_reports.get(thing.firm_id or 0),
        now=now,
    )


def _next_up(
    stations: list[Station | VisitStation], day: datetime.date, *, now: datetime.datetime
) -> NextUp | None:
    """The first station that is not over and is agreed; none on a day that has passed."""
    waiting = [s for s in stations if s.ends_at > now and (isinstance(s, VisitStation) or s.badge is None)]
    if not waiting:
        return None
    station = waiting[0]
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
    talks = [talk for talk in station.talks if talk.is_open] if isinstance(station, Station) else []
    sentence = _next_words(station, talks) if isinstance(station, Station) else station.occasion
    return NextUp(heading, position if len(stations) > 1 else "", station, talks, sentence)


def _next_words(station: Station, talks: list[Talk]) -> str:
    if talks:
        last = clock(talks[-1].ends_at)
        return ngettext(
            "%(count)d Gespräch bis %(clock)s Uhr", "%(count)d Gespräche bis %(clock)s Uhr", len(talks)
        ) % {"count": len(talks), "clock": last}
    return _("Kein Gespräch mehr gebucht") if station.talks else _("Noch kein Gespräch gebucht")
