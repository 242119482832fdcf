"""Putting a visit into an officer's day, and what every way to a visit shares. Call it under the lock.

The lock on the officer comes first (several in id order), then that on requests, in id order, then firms.
"""

import datetime
from collections.abc import Collection

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from consultations import mails
from consultations.contacts import adopt_contact
from consultations.deadlines import link_end
from consultations.models import Appointment, Claim, Visit, VisitRequest, VisitRequestStep, WaitingOffer
from consultations.references import draw_visit_reference
from consultations.reminder_plans import plan_reminders
from consultations.taking_time import TimeClash, lock_officers_and_rooms
from consultations.visits.line import takers_of_freed_times
from consultations.visits.officer_days import Fit, OfficerDay, days_of, squeezed
from consultations.visits.travel_plans import plan_of
from consultations.waiting.asking import end_offer
from partnership.blocked_addresses import mailbox_is_proven
from partnership.journal import log_act
from partnership.links import issue_link
from partnership.models import Person, SecretLink
from partnership.refusals import Refusal
from partnership.times import berlin_day, clock_text, short_moment

State = Appointment.State
Step = VisitRequestStep.Kind


class TravelTight(Refusal):
    """The visit itself fits, the way to it or from it is longer than what is free. An officer may insist."""


def lock_request(request_id: int, *others: Person, with_line: bool = False) -> VisitRequest:
    """The officers in whose days it has or may get a time, and others, then the request, then read.

    `with_line`: all who take freed times, too, since what the act frees is passed on.
    """
    while True:
        known = _officers_about(request_id)
        lock_officers_and_rooms(officers=[*known, *others], rooms=[])
        wanted = Q(pk=request_id)
        if with_line:
            police_id = VisitRequest.objects.values_list("police", flat=True).get(pk=request_id)
            wanted |= Q(pk__in=takers_of_freed_times(police_id).order_by().values("pk"))
        list(VisitRequest.objects.select_for_update(no_key=True).filter(wanted).order_by("pk").values("pk"))
        if set(_officers_about(request_id)) <= {*known, *others}:
            return requests_with_everything().get(pk=request_id)


def _officers_about(request_id: int) -> list[Person]:
    standing = Q(visits__request=request_id, visits__appointment__state__in=[State.PROPOSED, State.CONFIRMED])
    return list(Person.objects.filter(Q(taken_visit_requests=request_id) | standing).distinct())


def lock_visit(appointment_id: int, *others: Person, with_line: bool = False) -> Appointment:
    """As `lock_request`, for one of its visits."""
    request_id = Visit.objects.values_list("request", flat=True).get(pk=appointment_id)
    request = lock_request(request_id, *others, with_line=with_line)
    appointment = visits_with_everything().get(pk=appointment_id)
    appointment.visit.request = request
    return appointment


def requests_with_everything() -> QuerySet[VisitRequest]:
    return VisitRequest.objects.select_related(
        *("partnership", "police", "officer", "person", "firm", "chamber", "matter")
    )


def visits_with_everything() -> QuerySet[Appointment]:
    """What an act's log entry and mail need; read after the lock."""
    return Appointment.objects.select_related(
        "partnership", "police", "person", "visit__officer", "visit__request__police"
    )


def open_times(request: VisitRequest) -> QuerySet[Appointment]:
    """Offered and not answered, run out or not; those from the waiting list among them."""
    rows = visits_with_everything().filter(visit__request=request, state=State.PROPOSED)
    return rows.select_related("offer__freed").order_by("period", "pk")


def own_open_times(request: VisitRequest) -> list[Appointment]:
    """Those that its officer has offered."""
    return list(open_times(request).filter(offer__isnull=True))


def day_of(
    request: VisitRequest, officer: Person, starts_at: datetime.datetime, *, without_visit: int | None = None
) -> OfficerDay:
    day = berlin_day(starts_at)
    plan = plan_of(request.police_id)
    return days_of(officer, [day], plan=plan, without_visit=without_visit)[day]


def blocked_for(fit: Fit, *, insists: bool) -> DateTimeTZRange:
    """What the visit takes of the officer's day. Raises TimeClash; TravelTight unless the officer insists."""
    if fit.hits:
        until = max(stop.blocked.upper for stop in fit.hits)
        raise TimeClash(
            _("In dieser Zeit ist schon etwas eingetragen, mit Fahrt bis %(until)s. Wählen Sie eine andere.")
            % {"until": clock_text(until)}
        )
    if fit.clashes and not insists:
        raise TravelTight(
            _(
                "Die Fahrt passt nicht: von %(start)s etwa %(before)d Minuten, nach %(end)s etwa "
                "%(after)d Minuten (Schätzung). Wählen Sie eine andere Zeit "
                "oder bestätigen Sie, dass es trotzdem geht."
            )
            % {
                "start": fit.coming_from,
                "before": fit.before.minutes,
                "end": fit.going_to,
                "after": fit.after.minutes,
            }
        )
    return squeezed(fit) if fit.clashes else fit.blocked


def place_visit(
    *,
    request: VisitRequest,
    officer: Person,
    fit: Fit,
    state: Appointment.State,
    held_until: datetime.datetime | None = None,
    insists: bool = False,
) -> Appointment:
    """A time in the officer's day, with its claim; travel is reckoned now and stays as it is."""
    blocked = blocked_for(fit, insists=insists)
    appointment = Appointment.objects.create(
        partnership=request.partnership,
        police=request.police,
        reference=draw_visit_reference(),
        mode=Appointment.Mode.ON_SITE,
        state=state,
        period=fit.period,
        held_until=held_until,
        firm=request.firm,
        person=request.person,
        firm_name=request.firm_name,
        chamber=request.chamber,
        membership_number=request.membership_number,
        contact_name=request.contact_name,
        contact_email=request.contact_email,
        contact_phone=request.contact_phone,
        page_language=request.page_language,
    )
    visit = Visit(appointment=appointment, request=request, officer=officer)
    write_travel(visit, fit)
    visit.save()
    Claim.objects.create(kind=Claim.Kind.VISIT, officer=officer, visit=visit, blocked=blocked)
    return appointment


def write_travel(visit: Visit, fit: Fit) -> None:
    visit.km_before, visit.minutes_before = fit.before.km, fit.before.minutes
    visit.km_after, visit.minutes_after = fit.after.km, fit.after.minutes


def confirm_visit(
    appointment: Appointment,
    request: VisitRequest,
    *,
    now: datetime.datetime,
    actor: Person | None,
    by_firm: bool,
) -> str:
    """The visit stands; firm is told, the request planned. Returns the token to manage it.

    A yes through a link proves the mailbox; on the telephone nobody comes of it who was not known.
    """
    appointment.state = State.CONFIRMED
    appointment.confirmed_at, appointment.held_until = now, None
    if by_firm and appointment.person is None:
        appointment.person, appointment.firm = adopt_contact(appointment, now=now)
        mailbox_is_proven(appointment.contact_email)
        request.person, request.firm = appointment.person, appointment.firm
    appointment.save()
    visit = appointment.visit
    request.state, request.officer = VisitRequest.State.PLANNED, visit.officer
    request.taken_at = request.taken_at or now
    request.save(update_fields=["state", "officer", "taken_at", "person", "firm"])
    token = issue_link(thing=appointment, purpose=SecretLink.Purpose.MANAGE, expires_at=link_end(appointment))
    note_step(request, Step.FIXED, by=actor, to=visit.officer, reason=short_moment(appointment.starts_at))
    log_act(
        act="appointment.confirmed",
        thing=appointment,
        actor=actor or appointment.person,
        organisation=request.police,
    )
    mails.tell_confirmed(appointment, token=token)
    plan_reminders(appointment=appointment, now=now)
    return token


def give_up_times(
    appointments: Collection[Appointment], outcome: WaitingOffer.Outcome, *, now: datetime.datetime
) -> None:
    """Offered ones that become nothing; their claims go."""
    for appointment in appointments:
        end_offer(appointment, outcome, now=now)


def note_step(
    request: VisitRequest,
    kind: VisitRequestStep.Kind,
    *,
    by: Person | None,
    to: Person | None = None,
    reason: str = "",
) -> None:
    VisitRequestStep.objects.create(request=request, kind=kind, by=by, to=to, reason=reason[:300])
