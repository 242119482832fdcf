"""Times for a visit that fit an officer's days, those first on which the officer is near anyway."""

import datetime
from dataclasses import dataclass

from consultations.models import TravelPlan, VisitRequest
from consultations.visits.officer_days import Fit, OfficerDay, days_of, place_of
from consultations.visits.travel import road_km
from consultations.visits.travel_plans import plan_of
from consultations.waiting.wishes import suits
from partnership.models import Person
from partnership.times import berlin_day
from partnership.working_days import next_working_day

DAYS_AHEAD = 15
"""Working days that are looked at, from the next one on or from the firm's first day."""
TIMES_A_DAY = 3
NEAR_KM = 15
"""By road: closer than this the officer is near anyway."""
QUARTER = datetime.timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class DayProposed:
    """`near` is the place close to the firm where the officer is that day, or empty."""

    officer_day: OfficerDay
    fits: list[Fit]
    near: str

    @property
    def day(self) -> datetime.date:
        return self.officer_day.day


def propose(
    *,
    request: VisitRequest,
    officer: Person,
    now: datetime.datetime,
    heeds_wishes: bool = True,
    without_visit: int | None = None,
    days_ahead: int = DAYS_AHEAD,
    minutes: int | None = None,
) -> list[DayProposed]:
    """Best days first: where the officer is near, by the detour; then the others, the soonest first.

    `heeds_wishes`: weekday, part of day and first day as the firm has said. Lunch is nobody's business here.
    Three statements, however many days.
    """
    plan = plan_of(request.police_id)
    days = working_days_after(_last_day_out(request, now=now, heeds_wishes=heeds_wishes), days_ahead)
    found = days_of(officer, days, plan=plan, without_visit=without_visit)
    proposed = [
        DayProposed(day, fits, _near(day, request, plan))
        for day in found.values()
        if (fits := _best_of(day, request, heeds_wishes=heeds_wishes, minutes=minutes))
    ]
    return sorted(proposed, key=_rank)


def working_days_after(day: datetime.date, count: int) -> list[datetime.date]:
    """Monday to Friday, no Saxon public holiday."""
    days = []
    for _number in range(count):
        day = next_working_day(day)
        days.append(day)
    return days


def good_fits(
    day: OfficerDay, request: VisitRequest, *, heeds_wishes: bool, minutes: int | None = None
) -> list[Fit]:
    """All starts on quarter hours that fit, in their order."""
    found = []
    moment = day.opens
    while moment < day.closes:
        if not heeds_wishes or suits(request, moment):
            fit = day.fit(request, moment, minutes=minutes)
            if fit.is_good:
                found.append(fit)
        moment += QUARTER
    return found


def _best_of(day: OfficerDay, request: VisitRequest, *, heeds_wishes: bool, minutes: int | None) -> list[Fit]:
    """The first of each gap between two stops, and the last if both can be offered at once; the shortest
    ways, in their order.
    """
    gaps: dict[tuple[str, str, int], list[Fit]] = {}
    for fit in good_fits(day, request, heeds_wishes=heeds_wishes, minutes=minutes):
        earlier = sum(stop.blocked.upper <= fit.period.lower for stop in day.stops)
        gaps.setdefault((fit.coming_from, fit.going_to, earlier), []).append(fit)
    ends = [
        fit
        for gap in gaps.values()
        for fit in ([gap[0], gap[-1]] if gap[0].blocked.upper <= gap[-1].blocked.lower else [gap[0]])
    ]
    best = sorted(ends, key=lambda fit: (fit.detour_km, fit.period.lower))[:TIMES_A_DAY]
    return sorted(best, key=lambda fit: fit.period.lower)


def _near(day: OfficerDay, request: VisitRequest, plan: TravelPlan) -> str:
    here = place_of(request)
    if here is None:
        return ""
    near = [
        (road_km(plan, stop.place, here), stop.name)
        for stop in day.stops
        if stop.place and stop.request_id != request.pk and not stop.is_offered
    ]
    km, name = min(near, default=(NEAR_KM, ""))
    return name if km < NEAR_KM else ""


def _rank(day: DayProposed) -> tuple[bool, int, datetime.date]:
    least = min(fit.detour_km for fit in day.fits)
    return (not day.near, least if day.near else 0, day.day)


def _last_day_out(request: VisitRequest, *, now: datetime.datetime, heeds_wishes: bool) -> datetime.date:
    """The day before the first that counts: today, as a visit wants a day's notice, or the firm's own."""
    today = berlin_day(now)
    if heeds_wishes and request.not_before:
        return max(today, request.not_before - datetime.timedelta(days=1))
    return today
