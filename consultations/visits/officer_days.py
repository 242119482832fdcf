"""Where an officer is on a day, and whether a visit fits in between."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from consultations.models import Claim, TravelPlan, VisitRequest
from consultations.visits.travel import Place, Travel, estimate
from consultations.visits.travel_plans import start_of
from partnership.models import Person
from partnership.times import at_wall_time, berlin_day


@dataclass(frozen=True, slots=True)
class Stop:
    """What takes the officer's time. `name` is the place, empty where nobody drives to (an absence).

    `request_id` names the request of a visit, offered or standing; `is_offered` says that it may lapse.
    """

    blocked: DateTimeTZRange
    kind: Claim.Kind
    name: str = ""
    place: Place | None = None
    request_id: int | None = None
    is_offered: bool = False
    visit_period: DateTimeTZRange | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """A visit at a time of a day. `blocked` is travel, buffer, visit, buffer, travel.

    `detour_km` is how much longer the day's way becomes. `clashes` are the stops in the way of `blocked`,
    `hits` those in the way of the visit itself.
    """

    period: DateTimeTZRange
    blocked: DateTimeTZRange
    before: Travel
    after: Travel
    coming_from: str
    going_to: str
    detour_km: int
    clashes: list[Stop]
    hits: list[Stop]
    is_in_hours: bool

    @property
    def is_good(self) -> bool:
        return not self.clashes and self.is_in_hours


@dataclass(frozen=True, slots=True)
class OfficerDay:
    """`start` is where the day begins and ends; `stops` in their order."""

    day: datetime.date
    plan: TravelPlan
    start: Place | None
    start_name: str
    stops: list[Stop] = field(default_factory=list)

    def fit(self, request: VisitRequest, starts_at: datetime.datetime, *, minutes: int | None = None) -> Fit:
        """Offered times of the same request do not count as places: one of them at most becomes a visit."""
        length = datetime.timedelta(minutes=minutes or self.plan.visit_minutes)
        start = starts_at.astimezone(datetime.UTC)
        period = DateTimeTZRange(start, start + length)
        others = [stop for stop in self.stops if stop.name and stop.request_id != request.pk]
        earlier = [stop for stop in others if _ends(stop) <= period.lower]
        later = [stop for stop in others if _begins(stop) >= period.upper]
        here = place_of(request)
        come_from, come_name = (earlier[-1].place, earlier[-1].name) if earlier else self._home
        go_to, go_name = (later[0].place, later[0].name) if later else self._home
        before, after = estimate(self.plan, come_from, here), estimate(self.plan, here, go_to)
        direct = 0 if come_from == go_to else estimate(self.plan, come_from, go_to).km
        blocked = self._blocked(period, before, after)
        return Fit(
            period=period,
            blocked=blocked,
            before=before,
            after=after,
            coming_from=come_name,
            going_to=go_name,
            detour_km=max(0, before.km + after.km - direct),
            clashes=[stop for stop in self.stops if _overlap(stop.blocked, blocked)],
            hits=[stop for stop in self.stops if _overlap(stop.blocked, period)],
            is_in_hours=self.opens <= blocked.lower and blocked.upper <= self.closes,
        )

    @property
    def opens(self) -> datetime.datetime:
        return at_wall_time(self.day, self.plan.day_from)

    @property
    def closes(self) -> datetime.datetime:
        return at_wall_time(self.day, self.plan.day_to)

    @property
    def _home(self) -> tuple[Place | None, str]:
        return self.start, self.start_name

    def _blocked(self, period: DateTimeTZRange, before: Travel, after: Travel) -> DateTimeTZRange:
        return DateTimeTZRange(
            period.lower - datetime.timedelta(minutes=before.minutes + self.plan.buffer_before),
            period.upper + datetime.timedelta(minutes=after.minutes + self.plan.buffer_after),
        )


def squeezed(fit: Fit) -> DateTimeTZRange:
    """What is left of `blocked` between the stops before and after: less travel than we would reckon with."""
    before = [stop.blocked.upper for stop in fit.clashes if stop.blocked.upper <= fit.period.lower]
    after = [stop.blocked.lower for stop in fit.clashes if stop.blocked.lower >= fit.period.upper]
    return DateTimeTZRange(max([fit.blocked.lower, *before]), min([fit.blocked.upper, *after]))


def place_of(request: VisitRequest) -> Place | None:
    if request.latitude is None or request.longitude is None:
        return None
    return request.latitude, request.longitude


def days_of(
    officer: Person,
    days: Collection[datetime.date],
    *,
    plan: TravelPlan,
    without_visit: int | None = None,
) -> dict[datetime.date, OfficerDay]:
    """The officer's claims of these days in two statements, however many. `without_visit` is on the move."""
    office = start_of(plan)
    empty = OfficerDay(
        day=min(days),
        plan=plan,
        start=(office.latitude, office.longitude) if office else None,
        start_name=office.city if office else _("Dienststelle"),
    )
    found = {day: replace(empty, day=day, stops=[]) for day in days}
    whole = DateTimeTZRange(
        at_wall_time(min(days), datetime.time()),
        at_wall_time(max(days) + datetime.timedelta(days=1), datetime.time()),
    )
    claims = Claim.objects.filter(officer=officer, blocked__overlap=whole).order_by("blocked")
    if without_visit:
        claims = claims.exclude(visit=without_visit)
    for claim in claims.select_related("hours__office", "visit__request", "visit__appointment"):
        stop = _stop(claim)
        last = berlin_day(claim.blocked.upper - datetime.timedelta(microseconds=1))
        for day, officer_day in found.items():
            if berlin_day(claim.blocked.lower) <= day <= last:
                officer_day.stops.append(stop)
    return found


def _stop(claim: Claim) -> Stop:
    kind = Claim.Kind(claim.kind)
    if claim.visit:
        request, appointment = claim.visit.request, claim.visit.appointment
        return Stop(
            blocked=claim.blocked,
            kind=kind,
            name=request.city,
            place=place_of(request),
            request_id=request.pk,
            is_offered=appointment.state == appointment.State.PROPOSED,
            visit_period=appointment.period,
        )
    if claim.hours:
        office = claim.hours.office
        return Stop(claim.blocked, kind, office.city, (office.latitude, office.longitude))
    return Stop(claim.blocked, kind)


def _begins(stop: Stop) -> datetime.datetime:
    moment: datetime.datetime = (stop.visit_period or stop.blocked).lower
    return moment


def _ends(stop: Stop) -> datetime.datetime:
    moment: datetime.datetime = (stop.visit_period or stop.blocked).upper
    return moment


def _overlap(one: DateTimeTZRange, other: DateTimeTZRange) -> bool:
    return bool(one.lower < other.upper and other.lower < one.upper)
