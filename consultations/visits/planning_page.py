"""Planning a visit as ready strings: what stands, what is offered, what is proposed and why."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.models import Appointment, Visit, VisitRequest
from consultations.visits.day_picture import DayPicture, draw_day
from consultations.visits.officer_days import Fit
from consultations.visits.placing import open_times
from consultations.visits.proposals import DayProposed, propose
from consultations.visits.travel import Travel
from consultations.waiting.page import Happened, happened_to
from consultations.waiting.wishes import wishes_in_words
from partnership.times import clock_span, long_date, long_moment, long_period

DAYS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class TimeRow:
    when: str
    until: str
    travel: str
    is_from_waiting_list: bool = False
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class DayChoices:
    """`choices` are (value, words); `reason` is why this day."""

    name: str
    title: str
    reason: str
    choices: list[tuple[str, str]]
    picture: DayPicture


@dataclass(frozen=True, slots=True)
class PlanningPage:
    wishes: str
    standing: TimeRow | None
    open_times: list[TimeRow]
    days: list[DayChoices]
    passed_over: list[Happened]


def lay_out_planning(
    request: VisitRequest, *, standing: Appointment | None, now: datetime.datetime, heeds_wishes: bool
) -> PlanningPage:
    """In a constant number of statements."""
    days: list[DayProposed] = []
    if request.officer:
        days = propose(
            request=request,
            officer=request.officer,
            now=now,
            heeds_wishes=heeds_wishes,
            without_visit=standing.pk if standing else None,
        )
    return PlanningPage(
        wishes=wishes_in_words(request),
        standing=_row(standing, now=now) if standing else None,
        open_times=[_row(appointment, now=now) for appointment in open_times(request)],
        days=[_choices(day, request, without=standing) for day in days[:DAYS_SHOWN]],
        passed_over=happened_to(request),
    )


def standing_visit(request: VisitRequest) -> Appointment | None:
    rows = Appointment.objects.filter(visit__request=request, state=Appointment.State.CONFIRMED)
    return rows.select_related("visit__officer", "visit__request", "partnership").first()


def travel_words(travel: Travel) -> str:
    return _("%(km)d km, etwa %(minutes)d Min.") % {"km": travel.km, "minutes": travel.minutes}


def _row(appointment: Appointment, *, now: datetime.datetime) -> TimeRow:
    visit: Visit = appointment.visit
    held_until = appointment.held_until
    return TimeRow(
        when=long_period(appointment.starts_at, appointment.ends_at),
        until=long_moment(held_until) if held_until else "",
        travel=_("Fahrt davor %(before)s, danach %(after)s")
        % {
            "before": travel_words(Travel(visit.km_before, visit.minutes_before)),
            "after": travel_words(Travel(visit.km_after, visit.minutes_after)),
        },
        is_from_waiting_list=hasattr(appointment, "offer"),
        is_over=held_until is not None and held_until <= now,
    )


def _choices(day: DayProposed, request: VisitRequest, *, without: Appointment | None) -> DayChoices:
    fits = [fit for fit in day.fits if without is None or fit.period.lower != without.starts_at]
    return DayChoices(
        name=f"tag_{day.day.isoformat()}",
        title=long_date(day.day),
        reason=_reason(day, request),
        choices=[(fit.period.lower.isoformat(), _words_of(fit)) for fit in fits],
        picture=draw_day(day),
    )


def _words_of(fit: Fit) -> str:
    return _("%(span)s; von %(start)s %(before)s, nach %(end)s %(after)s") % {
        "span": clock_span(fit.period.lower, fit.period.upper),
        "start": fit.coming_from,
        "before": travel_words(fit.before),
        "end": fit.going_to,
        "after": travel_words(fit.after),
    }


def _reason(day: DayProposed, request: VisitRequest) -> str:
    detour = min(fit.detour_km for fit in day.fits)
    if day.near:
        return _("An dem Tag schon in %(place)s, %(km)d km Umweg.") % {"place": day.near, "km": detour}
    if any(stop.name and stop.request_id != request.pk for stop in day.officer_day.stops):
        return _("An dem Tag schon unterwegs, %(km)d km Umweg.") % {"km": detour}
    return _("Eine eigene Fahrt, %(km)d km hin und zurück.") % {"km": detour}
