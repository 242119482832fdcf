"""What the desk does for somebody on the telephone or at the counter: book, confirm, move, cancel."""

import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import mails
from consultations.deadlines import link_end
from consultations.models import Appointment, Lane, OfficeHours, PhoneTask
from consultations.phone_tasks import end_call
from consultations.placing import (
    Details,
    TooLate,
    cancel_locked,
    confirm_locked,
    free_lane,
    hours_of,
    lock_appointment,
    move_locked,
    period_of,
    place,
    write_concern,
    write_contact,
)
from consultations.references import draw_reference
from consultations.reminder_plans import plan_reminders
from consultations.slots import cut_slots
from consultations.taking_time import SlotTaken, lock_hours, takes_time
from consultations.waiting.line import serve_caller
from consultations.waiting.offers import pass_on
from partnership.desk_firms import enter_firm
from partnership.firm_contacts import firm_known_to
from partnership.firms import lock_heir
from partnership.journal import log_act
from partnership.links import issue_link
from partnership.models import Firm, Person, SecretLink
from partnership.refusals import Refusal
from partnership.times import berlin_day

State = Appointment.State


@takes_time
def book_for_caller(
    *,
    hours_id: int,
    starts_at: datetime.datetime,
    details: Details,
    actor: Person,
    firm_id: int | None = None,
) -> Appointment:
    """The desk books for somebody on the telephone: confirmed at once. Without `firm_id` the firm is new.

    Without an e-mail address nothing is mailed. With one, the confirmation goes there, which does not
    confirm the address: no person and no rights come of it. Raises SlotTaken.
    """
    now = timezone.now()
    hours = _public(lock_hours(hours_id).get(hours_id))
    period = period_of(hours, starts_at, now=now)
    lane = free_lane(hours, period, now=now)
    serve_caller(hours=hours, details=details, actor=actor)
    appointment = _enter(hours, lane, period, details, firm_id=firm_id, actor=actor, now=now)
    log_act(
        act="appointment.booked_for_caller", thing=appointment, actor=actor, organisation=appointment.host
    )
    mails.tell_confirmed(appointment, token=_manage_link(appointment))
    plan_reminders(appointment=appointment, now=now)
    return appointment


@takes_time
def book_walk_in(
    *,
    hours_id: int,
    starts_at: datetime.datetime,
    details: Details,
    actor: Person,
    firm_id: int | None = None,
) -> Appointment:
    """For somebody at the counter: a free time of today, the running one too. Raises SlotTaken.

    A mail goes out only while the talk is still to come.
    """
    now = timezone.now()
    hours = _public(lock_hours(hours_id).get(hours_id))
    period = _period_until_its_end(hours, starts_at, now=now)
    lane = free_lane(hours, period, now=now)
    appointment = _enter(hours, lane, period, details, firm_id=firm_id, actor=actor, now=now, is_walk_in=True)
    log_act(act="appointment.walked_in", thing=appointment, actor=actor, organisation=appointment.host)
    if starts_at > now:
        mails.tell_confirmed(appointment, token=_manage_link(appointment))
    return appointment


@takes_time
def move_for_caller(
    *, appointment_id: int, hours_id: int, starts_at: datetime.datetime, actor: Person
) -> Appointment:
    """Move a confirmed appointment, after the firm's own deadline too; a call that is owed is made with it.

    Raises SlotTaken, TooLate, Refusal.
    """
    now = timezone.now()
    appointment = lock_appointment(appointment_id, hours_id)
    if appointment.state != State.CONFIRMED:
        raise TooLate(_("Nur ein bestätigter Termin lässt sich verschieben."))
    if appointment.starts_at <= now:
        raise TooLate(_("Das Gespräch hat schon begonnen. Die Polizei trägt ein, ob es stattgefunden hat."))
    own = OfficeHours.objects.filter(partnership=appointment.partnership)
    hours = _public(own.select_related("office__organisation", "room").filter(pk=hours_id).first())
    period = period_of(hours, starts_at, now=now)
    if (appointment.starts_at, hours_of(appointment).pk) == (starts_at, hours.pk):
        raise Refusal(_("Das ist schon die Zeit dieses Termins. Wählen Sie eine andere."))
    given_up, before = appointment.lane, appointment.period
    moved, _token = move_locked(appointment, hours=hours, period=period, now=now, actor=actor)
    end_call(appointment=moved, result=PhoneTask.Result.REACHED, actor=actor)
    pass_on(lane=given_up, period=before, now=now)
    return moved


@takes_time
def cancel_by_desk(*, appointment_id: int, reason: str, actor: Person) -> Appointment:
    """The chamber cancels with a reason that the firm reads; possible until the talk begins."""
    appointment = lock_appointment(appointment_id)
    if appointment.state not in Appointment.UPCOMING:
        raise TooLate(_("Dieser Termin steht nicht mehr an und kann nicht abgesagt werden."))
    now = timezone.now()
    if appointment.starts_at <= now:
        raise TooLate(_("Das Gespräch hat schon begonnen. Die Polizei trägt ein, ob es stattgefunden hat."))
    cancel_locked(appointment, by=Appointment.CancelledBy.DESK, reason=reason, actor=actor)
    pass_on(lane=appointment.lane, period=appointment.period, now=now)
    return appointment


@takes_time
def confirm_for_caller(*, appointment_id: int, actor: Person) -> Appointment:
    """The firm says on the telephone that it comes; what was released is confirmed while its time is free.

    That does not confirm the address: no person and no rights come of it. Raises SlotTaken, TooLate.
    """
    now = timezone.now()
    appointment = lock_appointment(appointment_id)
    hours = hours_of(appointment)
    if appointment.state == State.CONFIRMED:
        return appointment
    may_come = appointment.state in (State.UNCONFIRMED, State.EXPIRED) and appointment.starts_at > now
    if not may_come or hours.state != OfficeHours.State.PUBLIC:
        raise TooLate(_("Dieser Termin kann nicht mehr bestätigt werden. Buchen Sie eine neue Zeit."))
    if appointment.state == State.EXPIRED:
        appointment.lane = free_lane(hours, appointment.period, now=now)
    known = firm_known_to(email=appointment.contact_email, name=appointment.firm_name)
    appointment.firm = known or _new_firm(appointment, actor)
    confirm_locked(appointment, now=now, by_desk=actor)
    end_call(appointment=appointment, result=PhoneTask.Result.REACHED, actor=actor)
    return appointment


def _enter(
    hours: OfficeHours,
    lane: Lane,
    period: DateTimeTZRange,
    details: Details,
    *,
    firm_id: int | None,
    actor: Person,
    now: datetime.datetime,
    is_walk_in: bool = False,
) -> Appointment:
    """The rows of a booking that needs no confirmation. Its link to a firm gives nobody rights over that."""
    appointment = Appointment(
        state=State.CONFIRMED, confirmed_at=now, reference=draw_reference(hours), is_walk_in=is_walk_in
    )
    place(appointment, hours=hours, lane=lane, period=period)
    write_contact(appointment, details)
    appointment.firm = lock_heir(firm_id) if firm_id else _new_firm(details, actor)
    appointment.save()
    write_concern(appointment, details)
    return appointment


def _manage_link(appointment: Appointment) -> str:
    return issue_link(thing=appointment, purpose=SecretLink.Purpose.MANAGE, expires_at=link_end(appointment))


def _new_firm(details: Details | Appointment, actor: Person) -> Firm:
    return enter_firm(
        name=details.firm_name,
        chamber=details.chamber,
        membership_number=details.membership_number,
        phone=details.contact_phone,
        actor=actor,
    )


def _period_until_its_end(
    hours: OfficeHours, starts_at: datetime.datetime, *, now: datetime.datetime
) -> DateTimeTZRange:
    if berlin_day(now) == hours.day:
        for start, end in cut_slots(hours):
            if start == starts_at and end > now:
                return DateTimeTZRange(start, end)
    raise SlotTaken(_("Diese Zeit ist vorbei. Wählen Sie eine von heute, die noch läuft oder kommt."))


def _public(hours: OfficeHours | None) -> OfficeHours:
    if hours is None or hours.state != OfficeHours.State.PUBLIC:
        raise SlotTaken(_("Dieser Sprechtag ist nicht öffentlich. Wählen Sie eine andere Zeit."))
    return hours
