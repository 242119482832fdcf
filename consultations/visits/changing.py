"""Moving, cancelling and handing over a visit that stands. A time given up is passed on to those who wait."""

import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import mails
from consultations.deadlines import link_end, may_still_change
from consultations.models import Appointment, Claim, VisitRequest
from consultations.phone_tasks import end_call
from consultations.placing import NOT_NEEDED, TooLate
from consultations.reminder_plans import plan_reminders
from consultations.taking_time import takes_time
from consultations.visits import planning_mails
from consultations.visits.freed import pass_on_visit
from consultations.visits.placing import Step, blocked_for, day_of, lock_visit, note_step, write_travel
from consultations.visits.proposals import propose
from partnership.journal import log_act
from partnership.links import extend_links, issue_link, revoke_links
from partnership.models import Person, SecretLink
from partnership.refusals import Refusal
from partnership.times import short_moment

By = Appointment.CancelledBy
State = Appointment.State
MOST_CHOICES = 6


def times_to_move_to(appointment: Appointment, *, now: datetime.datetime) -> list[DateTimeTZRange]:
    """Up to six that fit the officer's days, best days first taken, then in their order."""
    visit = appointment.visit
    minutes = int((appointment.ends_at - appointment.starts_at).total_seconds() // 60)
    days = propose(
        request=visit.request, officer=visit.officer, now=now, without_visit=visit.pk, minutes=minutes
    )
    fits = [fit for day in days for fit in day.fits if fit.period.lower != appointment.starts_at]
    return sorted((fit.period for fit in fits[:MOST_CHOICES]), key=lambda period: period.lower)


@takes_time
def move_visit(
    *,
    appointment_id: int,
    starts_at: datetime.datetime,
    actor: Person | None = None,
    by: Appointment.CancelledBy = By.FIRM,
    reason: str = "",
    insists: bool = False,
) -> tuple[Appointment, str]:
    """Move in one step: the old time is given up only with the new one taken; travel is reckoned anew.

    The firm chooses among `times_to_move_to`, until its deadline; police (`by`) any time. Returns the
    appointment and a new token to manage it; earlier links end. Raises TooLate, Refusal, TimeClash,
    TravelTight.
    """
    appointment, now = lock_visit(appointment_id, with_line=True), timezone.now()
    visit, request = appointment.visit, appointment.visit.request
    _refuse_late_change(appointment, by=by, now=now)
    if starts_at == appointment.starts_at:
        raise Refusal(
            _("Das ist schon die Zeit des Besuchs. Wählen Sie eine andere oder lassen Sie es dabei.")
        )
    if starts_at <= now:
        raise Refusal(_("Diese Zeit liegt in der Vergangenheit. Wählen Sie eine spätere."))
    if by == By.FIRM and starts_at not in [p.lower for p in times_to_move_to(appointment, now=now)]:
        raise TooLate(_("Diese Zeit gibt es nicht mehr. Wählen Sie eine andere."))
    before = appointment.period
    minutes = int((before.upper - before.lower).total_seconds() // 60)
    day = day_of(request, visit.officer, starts_at, without_visit=visit.pk)
    fit = day.fit(request, starts_at, minutes=minutes)
    Claim.objects.filter(visit=visit).update(blocked=blocked_for(fit, insists=insists))
    write_travel(visit, fit)
    visit.save()
    appointment.period = fit.period
    appointment.calendar_sequence += 1
    appointment.save(update_fields=["period", "calendar_sequence"])
    revoke_links(thing=appointment)
    token = issue_link(thing=appointment, purpose=SecretLink.Purpose.MANAGE, expires_at=link_end(appointment))
    words = {"from": short_moment(before.lower), "to": short_moment(appointment.starts_at)}
    note_step(request, Step.SHIFTED, by=actor, reason=reason or words["to"])
    log_act(
        act="appointment.moved", thing=appointment, actor=actor, organisation=request.police, detail=words
    )
    end_call(appointment=appointment, result=NOT_NEEDED, actor=actor)
    plan_reminders(appointment=appointment, now=now)
    mails.tell_moved(appointment, before=before.lower, token=token, reason=reason)
    if by == By.FIRM or actor != visit.officer:
        planning_mails.tell_officer(appointment, planning_mails.News.MOVED, before=before.lower)
    pass_on_visit(appointment, now=now, period=before)
    return appointment, token


@takes_time
def cancel_visit(
    *,
    appointment_id: int,
    by: Appointment.CancelledBy,
    actor: Person | None = None,
    reason: str = "",
    needs_no_visit: bool = False,
) -> Appointment:
    """The visit will not be; firm and officer are told, calendars too. The request goes back to the officer,
    or ends if the firm says that it needs none any more. Cancelling again changes nothing.

    The firm cancels until its deadline. Raises TooLate.
    """
    appointment, now = lock_visit(appointment_id, with_line=True), timezone.now()
    if appointment.state == State.CANCELLED:
        return appointment
    request = appointment.visit.request
    _refuse_late_change(appointment, by=by, now=now)
    appointment.state = State.CANCELLED
    appointment.cancelled_by, appointment.cancel_reason = by, reason[:200]
    appointment.calendar_sequence += 1
    appointment.save()
    Claim.objects.filter(visit=appointment.visit).delete()
    extend_links(thing=appointment, expires_at=link_end(appointment))
    request.state = VisitRequest.State.TAKEN
    if needs_no_visit:
        request.state, request.ended_at = VisitRequest.State.WITHDRAWN, now
        request.end_reason = _("Die Firma braucht keinen Besuch mehr.")
    request.save(update_fields=["state", "ended_at", "end_reason"])
    note_step(request, Step.CALLED_OFF, by=actor, reason=reason)
    log_act(
        act="appointment.cancelled",
        thing=appointment,
        actor=actor or (appointment.person if by == By.FIRM else None),
        organisation=request.police,
        detail={"by": by.value},
    )
    end_call(appointment=appointment, result=NOT_NEEDED, actor=actor)
    mails.tell_cancelled(appointment, with_calendar=True)
    if by == By.FIRM or actor != appointment.visit.officer:
        planning_mails.tell_officer(
            appointment, planning_mails.News.WITHDRAWN if needs_no_visit else planning_mails.News.CANCELLED
        )
    pass_on_visit(appointment, now=now)
    return appointment


@takes_time
def hand_over_visit(
    *, appointment_id: int, officer: Person, actor: Person, reason: str = "", insists: bool = False
) -> Appointment:
    """A colleague takes a visit that stands, at its time, with travel as that day's way wants it. The firm is
    not told, as it was not told who comes. Raises TimeClash, TravelTight (unless they insist), Refusal.
    """
    appointment, now = lock_visit(appointment_id, officer, with_line=True), timezone.now()
    visit, request = appointment.visit, appointment.visit.request
    if appointment.state != State.CONFIRMED or appointment.ends_at <= now:
        raise Refusal(_("Dieser Besuch steht nicht mehr an."))
    before = visit.officer
    if before == officer:
        raise Refusal(_("Diesen Besuch hat %(who)s schon.") % {"who": officer})
    minutes = int((appointment.ends_at - appointment.starts_at).total_seconds() // 60)
    fit = day_of(request, officer, appointment.starts_at).fit(request, appointment.starts_at, minutes=minutes)
    blocked = blocked_for(fit, insists=insists)
    Claim.objects.filter(visit=visit).update(officer=officer, blocked=blocked)
    visit.officer = request.officer = officer
    write_travel(visit, fit)
    visit.save()
    request.save(update_fields=["officer"])
    note_step(request, Step.HANDED_OVER, by=actor, to=officer, reason=reason)
    log_act(act="visit.handed_over", thing=appointment, actor=actor, organisation=request.police)
    if actor != officer:
        planning_mails.tell_officer(appointment, planning_mails.News.HANDED_TO_YOU, words=reason)
    if actor != before:
        planning_mails.tell_officer(appointment, planning_mails.News.HANDED_ON, words=reason, to=before)
    return appointment


def _refuse_late_change(
    appointment: Appointment, *, by: Appointment.CancelledBy, now: datetime.datetime
) -> None:
    if appointment.state != State.CONFIRMED or appointment.ends_at <= now:
        raise TooLate(_("Dieser Termin steht nicht mehr an."))
    if by == By.FIRM and not may_still_change(appointment, now=now):
        raise TooLate(
            _("Die Frist zum Verschieben und Absagen ist vorbei. Rufen Sie bitte an: %(phone)s.")
            % {"phone": appointment.partnership.phone}
        )
