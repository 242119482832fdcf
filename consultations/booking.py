"""A firm's way to an appointment: hold, book, confirm, move, cancel.

Every function takes time as `taking_time` says: it locks the office hours first.
"""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import mails
from consultations.deadlines import HOLD, confirmation_deadline, link_end, may_still_change
from consultations.models import Appointment, OfficeHours, PhoneTask
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
    with_everything,
    write_concern,
    write_contact,
)
from consultations.references import draw_reference
from consultations.taking_time import SlotTaken, lock_hours, lock_hours_unread, takes_time
from consultations.unconfirmed import refuse_third_unconfirmed
from consultations.waiting.offers import pass_on
from partnership.journal import log_act
from partnership.links import issue_link
from partnership.models import Person, SecretLink
from partnership.refusals import Refusal

State = Appointment.State
NOT_NEEDED = PhoneTask.Result.NOT_NEEDED
"""A firm that acts by itself has read what it would have been called about."""


class HoldLost(Refusal):
    """There is nothing held that could be booked."""


@takes_time
def hold(
    *, hours_id: int, starts_at: datetime.datetime, held_id: int | None = None, held_by: str = ""
) -> Appointment:
    """Hold a time for ten minutes; raises SlotTaken.

    `held_id` is what this browser session holds already: the same time is prolonged,
    another time is given up for the new one. `held_by` tells one browser from another before
    there is a session: a first visitor's double click is one hold.
    """
    now = timezone.now()
    hours, held = _lock_hold(held_id, hours_id, now=now)
    period = period_of(hours, starts_at, now=now)
    held = held or _held_by_first_click(held_by, hours, starts_at)
    if held and held.lane and held.lane.hours_id == hours.pk and held.starts_at == starts_at:
        held.held_until = now + HOLD
        held.save(update_fields=["held_until"])
        return held
    lane = free_lane(hours, period, now=now)
    appointment = held or Appointment(state=State.HELD, reference=draw_reference(hours), held_by=held_by)
    place(appointment, hours=hours, lane=lane, period=period)
    appointment.held_until = now + HOLD
    appointment.save()
    return appointment


@takes_time
def book(*, held_id: int, hours_id: int, details: Details) -> Appointment:
    """Turn what is held into a booking that waits for its confirmation, and ask for it by mail.

    A hold that ran out still counts while nobody else took its time. Raises SlotTaken, HoldLost,
    Refusal for a third unconfirmed booking of one address.
    """
    now = timezone.now()
    lock_hours_unread(hours_id)
    appointment = (
        with_everything()
        .filter(pk=held_id, lane__hours=hours_id, state__in=[State.HELD, State.EXPIRED], firm_name="")
        .first()
    )
    if appointment is None:
        raise HoldLost(_("Ihre Reservierung ist nicht mehr da. Wählen Sie bitte eine Zeit."))
    hours = _open_hours(hours_of(appointment), now=now)
    if appointment.starts_at <= now:
        raise TooLate(_("Diese Zeit hat schon begonnen. Wählen Sie eine spätere."))
    refuse_third_unconfirmed(details.contact_email)
    if appointment.state == State.EXPIRED:
        appointment.lane = free_lane(hours, appointment.period, now=now)
    write_contact(appointment, details)
    appointment.state = State.UNCONFIRMED
    appointment.held_until = None
    appointment.held_by = ""
    appointment.asked_at, appointment.confirm_by = now, confirmation_deadline(hours, now=now)
    appointment.save()
    write_concern(appointment, details)
    token = issue_link(
        thing=appointment, purpose=SecretLink.Purpose.CONFIRM, expires_at=link_end(appointment)
    )
    log_act(act="appointment.booked", thing=appointment, organisation=appointment.host)
    mails.ask_for_confirmation(appointment, token=token)
    return appointment


@takes_time
def confirm(*, appointment_id: int) -> tuple[Appointment, str]:
    """The firm's yes: the appointment and the token of the link to manage it.

    A booking that was released is confirmed all the same while its time is free. Confirming
    again changes nothing and gives an empty token. Raises SlotTaken, TooLate.
    """
    now = timezone.now()
    appointment = lock_appointment(appointment_id)
    hours = hours_of(appointment)
    if appointment.state == State.CONFIRMED:
        return appointment, ""
    has_begun = appointment.starts_at <= now
    if appointment.state not in (State.UNCONFIRMED, State.EXPIRED) and not has_begun:
        raise TooLate(_("Dieser Termin wurde abgesagt. Sie können eine neue Zeit buchen."))
    if has_begun or hours.state != OfficeHours.State.PUBLIC or appointment.emptied_at:
        raise TooLate(_("Dieser Termin kann nicht mehr bestätigt werden. Buchen Sie bitte eine neue Zeit."))
    if appointment.state == State.EXPIRED:
        appointment.lane = free_lane(hours, appointment.period, now=now)
    token = confirm_locked(appointment, now=now)
    end_call(appointment=appointment, result=NOT_NEEDED, actor=None)
    return appointment, token


@takes_time
def move(
    *, appointment_id: int, hours_id: int, starts_at: datetime.datetime, actor: Person | None = None
) -> tuple[Appointment, str]:
    """Move a confirmed appointment in one step: the old time is given up only with the new one taken.

    Returns the appointment and a new token to manage it; earlier links to it end. Raises SlotTaken, TooLate.
    """
    now = timezone.now()
    appointment = lock_appointment(appointment_id, hours_id)
    _refuse_late_change(appointment, now=now)
    own_partnership = OfficeHours.objects.filter(partnership=appointment.partnership)
    hours = own_partnership.select_related("office__organisation", "room").filter(pk=hours_id).first()
    hours = _open_hours(hours, now=now)
    period = period_of(hours, starts_at, now=now)
    if (appointment.starts_at, hours_of(appointment).pk) == (starts_at, hours.pk):
        raise Refusal(_("Das ist schon Ihre Zeit. Wählen Sie eine andere oder lassen Sie es dabei."))
    end_call(appointment=appointment, result=NOT_NEEDED, actor=None)
    given_up, before = appointment.lane, appointment.period
    moved = move_locked(appointment, hours=hours, period=period, now=now, actor=actor or appointment.person)
    pass_on(lane=given_up, period=before, now=now)
    return moved


@takes_time
def cancel_by_firm(*, appointment_id: int, actor: Person | None = None) -> Appointment:
    """The firm cancels, until the partnership's deadline; raises TooLate."""
    now = timezone.now()
    appointment = lock_appointment(appointment_id)
    if appointment.state == State.CANCELLED:
        return appointment
    _refuse_late_change(appointment, now=now)
    cancel_locked(appointment, by=Appointment.CancelledBy.FIRM, actor=actor or appointment.person)
    end_call(appointment=appointment, result=NOT_NEEDED, actor=None)
    pass_on(lane=appointment.lane, period=appointment.period, now=now)
    return appointment


def _lock_hold(
    held_id: int | None, hours_id: int, *, now: datetime.datetime
) -> tuple[OfficeHours, Appointment | None]:
    """The office hours wanted, and what is held, which may stand in others: those are locked, too,
    as another tab may be booking it right now.
    """
    held_rows = Appointment.objects.filter(pk=held_id or 0, state=State.HELD)
    held_in = held_rows.values_list("lane__hours_id", flat=True).first() if held_id else None
    locked = lock_hours(hours_id, *([held_in] if held_in else []))
    hours = _open_hours(locked.get(hours_id), now=now)
    if held_in is None:
        return hours, None
    return hours, held_rows.filter(lane__hours__in=locked).select_related("lane").first()


def _held_by_first_click(
    held_by: str, hours: OfficeHours, starts_at: datetime.datetime
) -> Appointment | None:
    if not held_by:
        return None
    own = Appointment.objects.filter(lane__hours=hours, state=State.HELD, held_by=held_by)
    return own.filter(period__startswith=starts_at).select_related("lane").first()


def _open_hours(hours: OfficeHours | None, *, now: datetime.datetime) -> OfficeHours:
    if hours is None:
        raise SlotTaken
    if hours.state != OfficeHours.State.PUBLIC or not hours.booking_opens_at <= now < hours.booking_closes_at:
        raise SlotTaken(_("Diese Zeit kann nicht mehr gebucht werden. Wählen Sie eine andere."))
    return hours


def _refuse_late_change(appointment: Appointment, *, now: datetime.datetime) -> None:
    if appointment.state not in Appointment.UPCOMING:
        raise TooLate(_("Dieser Termin steht nicht mehr an."))
    if not may_still_change(appointment, now=now):
        raise TooLate(
            _("Die Frist zum Verschieben und Absagen ist vorbei. Rufen Sie bitte an: %(phone)s.")
            % {"phone": hours_of(appointment).office.phone or appointment.partnership.phone}
        )
