"""Beside the day: what is missing, what comes, who is away. Ready strings."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.absence_page import period_words
from consultations.models import Absence, Appointment, Lane, OfficeHours
from consultations.slots import cut_slots
from consultations.talks import Badge
from consultations.today.duties import Duties
from consultations.whereabouts import officer_of, place_words, whereabouts_of
from partnership.times import berlin_day, clock_span, clock_text, long_date, short_date

COMING_DAYS = 5


@dataclass(frozen=True, slots=True)
class Missing:
    reference: str
    firm: str
    when: str
    officer: str
    age: Badge
    page: str


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A visit that stands, whose officer is away or has no post any more. Only leads read who it is."""

    reference: str
    firm: str
    when: str
    place: str
    officer: str
    page: str


@dataclass(frozen=True, slots=True)
class Coming:
    span: str
    city: str
    officer: str
    booked: str


@dataclass(frozen=True, slots=True)
class ComingDay:
    """`tag` is the day in the page's address."""

    tag: str
    name: str
    hours: list[Coming]


@dataclass(frozen=True, slots=True)
class AwayRow:
    """`who` is empty on the officer's own page."""

    pk: int
    who: str
    when: str


def missing_row(appointment: Appointment, duties: Duties, *, today: datetime.date, page: str) -> Missing:
    """What its officer owes: an outcome or a report."""
    days = (today - berlin_day(appointment.ends_at)).days
    named = {0: _("seit heute"), 1: _("seit gestern")}
    when = f"{short_date(berlin_day(appointment.starts_at))}, {clock_text(appointment.starts_at)}"
    return Missing(
        reference=appointment.reference,
        firm=appointment.firm_name,
        when=f"{when}, {whereabouts_of(appointment).city}",
        officer=_name(officer_of(appointment), duties),
        age=Badge(
            named.get(days) or _("seit %(days)d Tagen") % {"days": days}, "danger" if days > 1 else "warning"
        ),
        page=reverse(page, args=[appointment.reference]),
    )


def uncovered_row(appointment: Appointment, *, names_officer: bool) -> Uncovered:
    day = berlin_day(appointment.starts_at)
    request = appointment.visit.request
    return Uncovered(
        reference=appointment.reference,
        firm=appointment.firm_name,
        when=f"{short_date(day)}{day.year}, {clock_span(appointment.starts_at, appointment.ends_at)}",
        place=place_words(appointment),
        officer=str(appointment.visit.officer) if names_officer else "",
        page=reverse("appointments:visit_request", args=[request.reference]),
    )


def away_row(absence: Absence, duties: Duties) -> AwayRow:
    who = "" if duties.officer else str(absence.officer)
    return AwayRow(absence.pk, who, period_words(absence.starts_at, absence.ends_at))


def coming_days(duties: Duties) -> list[ComingDay]:
    rows = [(lane.hours.starts_at, lane.pk, _coming_hours(lane, duties)) for lane in duties.coming]
    rows += [(visit.starts_at, visit.pk, _coming_visit(visit, duties)) for visit in duties.coming_visits]
    rows.sort(key=lambda row: row[:2])
    days = groupby(rows, key=lambda row: berlin_day(row[0]))
    return list(_first(ComingDay(day.isoformat(), long_date(day), [r[2] for r in own]) for day, own in days))


def _first(days: Iterator[ComingDay]) -> Iterator[ComingDay]:
    for number, day in enumerate(days):
        if number == COMING_DAYS:
            return
        yield day


def _coming_hours(lane: Lane, duties: Duties) -> Coming:
    hours = lane.hours
    numbers = {"booked": duties.booked.get(lane.pk, 0), "all": len(cut_slots(hours))}
    is_draft = hours.state == OfficeHours.State.DRAFT
    return Coming(
        span=clock_span(hours.starts_at, hours.ends_at),
        city=hours.office.city,
        officer="" if duties.officer else str(lane.officer or _("ohne Beamtin oder Beamten")),
        booked=_("noch nicht abgestimmt")
        if is_draft
        else _("%(booked)d von %(all)d Zeiten vergeben") % numbers,
    )


def _coming_visit(visit: Appointment, duties: Duties) -> Coming:
    return Coming(
        span=clock_span(visit.starts_at, visit.ends_at),
        city=whereabouts_of(visit).city,
        officer=_name(officer_of(visit), duties),
        booked=_("Besuch: %(firm)s") % {"firm": visit.firm_name},
    )


def _name(officer: object, duties: Duties) -> str:
    """Nobody is named on their own page."""
    return "" if duties.officer or officer is None else str(officer)
