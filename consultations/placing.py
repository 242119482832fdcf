"""Putting an appointment into a lane, and what every way to an appointment shares. Call it under the lock."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from consultations import mails
from consultations.contacts import adopt_contact
from consultations.deadlines import confirmation_deadline, link_end
from consultations.expiry import make_room
from consultations.models import Appointment, Concern, Lane, OfficeHours, PhoneTask
from consultations.phone_tasks import end_call
from consultations.queries import FreeTime
from consultations.reminder_plans import plan_reminders
from consultations.slots import cut_slots, holds
from consultations.taking_time import SlotTaken, lock_hours_unread, lock_requests_of_visits
from consultations.whereabouts import PLACE, lane_of
from partnership.blocked_addresses import mailbox_is_proven
from partnership.journal import log_act
from partnership.links import extend_links, issue_link, revoke_links
from partnership.models import Organisation, Person, SecretLink
from partnership.refusals import Refusal
from partnership.times import short_moment

State = Appointment.State
Reason, NOT_NEEDED = PhoneTask.Reason, PhoneTask.Result.NOT_NEEDED


class TooLate(Refusal):
    """The moment for this has passed."""


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a firm says of itself (the chamber may read it) and confides (it may not)."""

    firm_name: str
    contact_name: str
    contact_email: str
    contact_phone: str = ""
    chamber: Organisation | None = None
    membership_number: str = ""
    topic: str = ""
    language: str = "de"
    note: str = ""
    accessibility_need: str = ""
    page_language: str = "de"


def lock_appointment(appointment_id: int, *other_hours_ids: int) -> Appointment:
    """Lock the hours it stands in (and others), in id order, then read it. On site its request is locked."""
    while True:
        hours_id = Appointment.objects.values_list("lane__hours_id", flat=True).get(pk=appointment_id)
        if hours_id is None:
            lock_requests_of_visits(appointment_id)
        lock_hours_unread(*(key for key in (hours_id, *other_hours_ids) if key))
        appointment = with_everything().select_related("person").get(pk=appointment_id)
        if (appointment.lane.hours_id if appointment.lane else None) == hours_id:
            return appointment


def with_everything() -> QuerySet[Appointment]:
    """What an act's log entry and mail need; read after the lock, so that it is what the lock protects."""
    return Appointment.objects.select_related(*PLACE, "visit__officer", "host", "police")


def hours_of(appointment: Appointment) -> OfficeHours:
    return lane_of(appointment).hours


def period_of(hours: OfficeHours, starts_at: datetime.datetime, *, now: datetime.datetime) -> DateTimeTZRange:
    if starts_at > now:
        for start, end in cut_slots(hours):
            if start == starts_at:
                return DateTimeTZRange(start, end)
    raise SlotTaken(_("Diese Zeit gibt es nicht mehr. Wählen Sie eine andere."))


def free_lane(
    hours: OfficeHours, period: DateTimeTZRange, *, now: datetime.datetime, moving: Appointment | None = None
) -> Lane:
    """The first lane with an officer and nothing in this period; what has run out makes room.

    The hours may have become shorter since a booking that comes back, so that they no longer hold it.
    """
    if not holds(hours, period.lower, period.upper):
        raise SlotTaken(_("Diese Zeit gibt es nicht mehr. Wählen Sie eine andere."))
    standing = Appointment.objects.filter(
        lane__hours=hours, period__overlap=period, state__in=Appointment.BLOCKING
    )
    if moving:
        standing = standing.exclude(pk=moving.pk)
    left = make_room(list(standing), office_id=hours.office_id, now=now)
    taken = {appointment.lane_id for appointment in left}
    for lane in Lane.objects.filter(hours=hours, officer__isnull=False).order_by("number"):
        if lane.pk not in taken:
            lane.hours = hours
            return lane
    raise SlotTaken


def place(appointment: Appointment, *, hours: OfficeHours, lane: Lane, period: DateTimeTZRange) -> None:
    appointment.lane = lane
    appointment.period = period
    appointment.partnership = hours.partnership
    appointment.host = hours.office.organisation
    appointment.police_id = hours.police_id


def write_contact(appointment: Appointment, details: Details) -> None:
    appointment.firm_name = details.firm_name
    appointment.chamber = details.chamber
    appointment.membership_number = details.membership_number
    appointment.contact_name = details.contact_name
    appointment.contact_email = details.contact_email.strip().lower()
    appointment.contact_phone = details.contact_phone
    appointment.page_language = details.page_language


def write_concern(appointment: Appointment, details: Details) -> None:
    Concern.objects.create(
        appointment=appointment,
        topic=details.topic,
        language=details.language,
        note=details.note,
        accessibility_need=details.accessibility_need,
    )


def confirm_locked(appointment: Appointment, *, now: datetime.datetime, by_desk: Person | None = None) -> str:
    """Confirm and tell the firm; the caller holds the lock on the hours. Returns the token to manage it.

    `by_desk` says so for the firm on the telephone, which confirms no address: no person comes of it.
    """
    appointment.state = State.CONFIRMED
    appointment.confirmed_at = now
    if by_desk is None:
        appointment.person, appointment.firm = adopt_contact(appointment, now=now)
        mailbox_is_proven(appointment.contact_email)
    appointment.save()
    token = issue_link(thing=appointment, purpose=SecretLink.Purpose.MANAGE, expires_at=link_end(appointment))
    log_act(
        act="appointment.confirmed",
        thing=appointment,
        actor=by_desk or appointment.person,
        organisation=appointment.host,
    )
    mails.tell_confirmed(appointment, token=token)
    plan_reminders(appointment=appointment, now=now)
    return token


def move_locked(
    appointment: Appointment,
    *,
    hours: OfficeHours,
    period: DateTimeTZRange,
    now: datetime.datetime,
    actor: Person | None,
    reason: str = "",
) -> tuple[Appointment, str]:
    """Move and tell the firm; the caller holds the lock on both office hours. Returns a new link's token.

    What was not confirmed yet is asked about again, for the new time.
    """
    before = appointment.starts_at
    is_asked = appointment.state == State.UNCONFIRMED
    lane = free_lane(hours, period, now=now, moving=appointment)
    place(appointment, hours=hours, lane=lane, period=period)
    appointment.calendar_sequence += 1
    if is_asked:
        appointment.asked_at, appointment.confirm_by = now, confirmation_deadline(hours, now=now)
    appointment.save()
    revoke_links(thing=appointment)
    purpose = SecretLink.Purpose.CONFIRM if is_asked else SecretLink.Purpose.MANAGE
    token = issue_link(thing=appointment, purpose=purpose, expires_at=link_end(appointment))
    log_act(
        act="appointment.moved",
        thing=appointment,
        actor=actor,
        organisation=appointment.host,
        detail={"from": short_moment(before), "to": short_moment(appointment.starts_at)},
    )
    if is_asked:
        end_call(appointment=appointment, result=NOT_NEEDED, actor=actor, only=[Reason.UNCONFIRMED])
        mails.ask_for_confirmation(appointment, token=token, before=before, reason=reason)
    else:
        plan_reminders(appointment=appointment, now=now)
        mails.tell_moved(appointment, before=before, token=token, reason=reason)
    return appointment, token


def cancel_locked(
    appointment: Appointment,
    *,
    by: Appointment.CancelledBy,
    reason: str = "",
    actor: Person | None = None,
    other_times: Sequence[FreeTime] = (),
) -> None:
    """Cancel and tell the firm; the caller holds the lock on the hours."""
    known_to_calendars = appointment.confirmed_at is not None
    appointment.state = State.CANCELLED
    appointment.cancelled_by = by
    appointment.cancel_reason = reason
    appointment.calendar_sequence += 1
    appointment.save()
    extend_links(thing=appointment, expires_at=link_end(appointment))
    log_act(
        act="appointment.cancelled",
        thing=appointment,
        actor=actor,
        organisation=appointment.host,
        detail={"by": by.value},
    )
    open_questions = [Reason.UNCONFIRMED, Reason.OFFERED]
    end_call(appointment=appointment, result=NOT_NEEDED, actor=actor, only=open_questions)
    mails.tell_cancelled(appointment, with_calendar=known_to_calendars, other_times=other_times)
