"""A time in an officer's day that a visit has given up goes to those who wait for one, one after the other.

As `waiting.offers` does for a house; whom to ask is decided by the same code. Under the locks on the officer
and on all who take freed times (`placing.lock_request` with `with_line`).
"""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from consultations.deadlines import freed_time_deadline
from consultations.models import Appointment, FreedTime, PassedOver, Visit, VisitRequest, WaitingOffer
from consultations.visits import planning_mails
from consultations.visits.line import takers_of_freed_times
from consultations.visits.officer_days import Fit, OfficerDay
from consultations.visits.placing import day_of, open_times, place_visit
from consultations.waiting.asking import LEAST_HOLD, MOST_MESSAGES, end_offer, messages_since, next_to_ask
from consultations.waiting.wishes import suits
from partnership.blocked_addresses import blocked_among
from partnership.journal import log_act
from partnership.models import Person
from partnership.times import at_wall_time

State = Appointment.State
Reason = PassedOver.Reason
QUARTER = datetime.timedelta(minutes=15)
SHIFTS = sorted(range(-4, 5), key=abs)
"""In quarters of an hour: another firm's way may be longer or shorter, so that its visit begins a little
earlier or later than the one that was given up."""


def pass_on_visit(
    given_up: Appointment,
    *,
    now: datetime.datetime,
    freed: FreedTime | None = None,
    officer: Person | None = None,
    period: DateTimeTZRange | None = None,
) -> WaitingOffer | None:
    """Offer the time to the next in the directorate's line whose wishes and way fit; after three, or with
    nobody left, it is the officer's again. The last step of the act that frees it.

    `freed`: it was offered before. `officer` and `period`: whose and when, if the visit stands elsewhere now.
    """
    officer = officer or given_up.visit.officer
    period = freed.period if freed else period or given_up.period
    day = day_of(given_up.visit.request, officer, period.lower)
    line = _line_for(given_up, officer, period)
    if not line or not _can_be_offered(day, period, now=now):
        _tell_of_end(given_up, freed)
        return None
    freed = freed or FreedTime.objects.create(officer=officer, period=period, freed_at=now)
    known = _read_line(line, freed, day, now=now)
    asked = next_to_ask(freed, line, known.reason_against, now=now)
    if asked is None:
        _tell_of_end(given_up, freed)
        return None
    request, number = asked
    fit = known.fit_for(request)
    assert fit is not None
    return _offer(request, freed, fit, number=number, now=now)


def pass_on_open_offers(
    request: VisitRequest, outcome: WaitingOffer.Outcome, *, now: datetime.datetime
) -> None:
    """What is offered to it from the waiting list goes to the next."""
    for appointment in open_times(request).filter(offer__isnull=False):
        freed = end_offer(appointment, outcome, now=now)
        pass_on_visit(appointment, now=now, freed=freed)


@dataclass(frozen=True, slots=True)
class _Line:
    """What decides whether those in line are asked."""

    freed: FreedTime
    day: OfficerDay
    messages: Counter[int]
    with_open_offer: frozenset[int]
    with_open_times: frozenset[int]
    busy_addresses: frozenset[str]
    blocked_addresses: set[str]

    def reason_against(self, request: VisitRequest) -> PassedOver.Reason | None:
        email = request.contact_email
        against = {
            Reason.WISH: not any(suits(request, start) for start in self._starts),
            Reason.IN_HANDS: request.officer_id not in (None, self.freed.officer_id),
            Reason.NO_EMAIL: not email or email in self.blocked_addresses,
            Reason.OWN_DAY: email in self.busy_addresses,
            Reason.TRAVEL: self.fit_for(request) is None,
            Reason.OPEN_OFFER: request.pk in self.with_open_offer | self.with_open_times,
            Reason.MESSAGES: self.messages[request.pk] >= MOST_MESSAGES,
        }
        return next((reason for reason, holds in against.items() if holds), None)

    def fit_for(self, request: VisitRequest) -> Fit | None:
        """The start nearest to the freed one that suits the firm and fits the day."""
        for start in self._starts:
            if suits(request, start) and (fit := self.day.fit(request, start)).is_good:
                return fit
        return None

    @property
    def _starts(self) -> list[datetime.datetime]:
        return [self.freed.starts_at + QUARTER * number for number in SHIFTS]


def _line_for(given_up: Appointment, officer: Person, period: DateTimeTZRange) -> list[VisitRequest]:
    """Without whoever has just given this time up."""
    gave_up = Visit.objects.filter(
        officer=officer, appointment__state=State.CANCELLED, appointment__period=period
    )
    rows = takers_of_freed_times(given_up.police_id).exclude(pk__in=gave_up.values("request"))
    return list(rows.select_related("partnership", "police", "officer", "person", "firm"))


def _can_be_offered(day: OfficerDay, period: DateTimeTZRange, *, now: datetime.datetime) -> bool:
    """Nothing else stands there by now, and there is long enough to answer."""
    if freed_time_deadline(period.lower, now=now) - now < LEAST_HOLD:
        return False
    return all(stop.blocked.upper <= period.lower or stop.blocked.lower >= period.upper for stop in day.stops)


def _read_line(
    line: list[VisitRequest], freed: FreedTime, day: OfficerDay, *, now: datetime.datetime
) -> _Line:
    messages, with_open_offer = messages_since(line, now=now)
    keys = [request.pk for request in line]
    addresses = [request.contact_email for request in line if request.contact_email]
    open_times = Visit.objects.filter(request__in=keys, appointment__state=State.PROPOSED)
    whole = DateTimeTZRange(
        at_wall_time(day.day, datetime.time()),
        at_wall_time(day.day + datetime.timedelta(days=1), datetime.time()),
    )
    busy = Appointment.objects.filter(
        period__overlap=whole, state__in=Appointment.UPCOMING, contact_email__in=addresses
    )
    return _Line(
        freed=freed,
        day=day,
        messages=messages,
        with_open_offer=with_open_offer,
        with_open_times=frozenset(open_times.values_list("request", flat=True)),
        busy_addresses=frozenset(busy.values_list("contact_email", flat=True)),
        blocked_addresses=blocked_among(addresses),
    )


def _offer(
    request: VisitRequest, freed: FreedTime, fit: Fit, *, number: int, now: datetime.datetime
) -> WaitingOffer:
    assert freed.officer is not None
    expires_at = freed_time_deadline(fit.period.lower, now=now)
    appointment = place_visit(
        request=request, officer=freed.officer, fit=fit, state=State.PROPOSED, held_until=expires_at
    )
    offer = WaitingOffer.objects.create(
        request=request,
        freed=freed,
        appointment=appointment,
        number=number,
        offered_at=now,
        expires_at=expires_at,
    )
    log_act(act="appointment.offered", thing=appointment, organisation=request.police)
    planning_mails.offer_freed_time(request, appointment, until=expires_at)
    return offer


def _tell_of_end(given_up: Appointment, freed: FreedTime | None) -> None:
    """Whoever reads of a cancellation knows that the time is free, unless somebody was asked meanwhile."""
    if freed and freed.offers.exists():
        planning_mails.tell_officer(given_up, planning_mails.News.FREE_AGAIN)
