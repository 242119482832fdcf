"""A firm's way to an appointment: hold, book, confirm, move, cancel.

Every function takes time as `taking_time` says: it locks the office hours first.
"""

import datetime
import secrets
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import mails
from consultations.contacts import adopt_contact
from consultations.deadlines import HOLD, confirmation_deadline, link_end, may_still_change
from consultations.expiry import expire_run_out
from consultations.models import Appointment, Concern, Lane, OfficeHours
from consultations.slots import cut_slots
from consultations.taking_time import SlotTaken, lock_hours, lock_hours_unread, takes_time
from consultations.unconfirmed import refuse_third_unconfirmed
from partnership.journal import log_act
from partnership.links import extend_links, issue_link, revoke_links
from partnership.models import Organisation, Person, SecretLink
from partnership.refusals import Refusal
from partnership.times import short_moment

REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
State = Appointment.State


class TooLate(Refusal):
    """The moment for this has passed."""


class HoldLost(Refusal):
    """There is nothing held that could be booked."""


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
    period = _period_of(hours, starts_at, now=now)
    held = held or _held_by_first_click(held_by, hours, starts_at)
    if held and held.lane and held.lane.hours_id == hours.pk and held.starts_at == starts_at:
        held.held_until = now + HOLD
        held.save(update_fields=["held_until"])
        return held
    lane = _free_lane(hours, period, now=now)
    appointment = held or Appointment(state=State.HELD, reference=_draw_reference(hours), held_by=held_by)
    _place(appointment, hours=hours, lane=lane, period=period)
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
        _with_everything()
        .filter(pk=held_id, lane__hours=hours_id, state__in=[State.HELD, State.EXPIRED], firm_name="")
        .first()
    )
    if appointment is None:
        raise HoldLost(_("Ihre Reservierung ist nicht mehr da. Wählen Sie bitte eine Zeit."))
    hours = _open_hours(_hours_of(appointment), now=now)
    if appointment.starts_at <= now:
        raise TooLate(_("Diese Zeit hat schon begonnen. Wählen Sie eine spätere."))
    refuse_third_unconfirmed(details.contact_email)
    if appointment.state == State.EXPIRED:
        appointment.lane = _free_lane(hours, appointment.period, now=now)
    _write_contact(appointment, details)
    appointment.state = State.UNCONFIRMED
    appointment.held_until = None
    appointment.held_by = ""
    appointment.confirm_by = confirmation_deadline(hours, now=now)
    appointment.save()
    _write_concern(appointment, details)
    token = issue_link(
        thing=appointment, purpose=SecretLink.Purpose.CONFIRM, expires_at=link_end(appointment)
    )
    log_act(act="appointment.booked", thing=appointment, organisation=appointment.host)
    mails.ask_for_confirmation(appointment, token=token)
    return appointment


@takes_time
def book_for_caller(
    *, hours_id: int, starts_at: datetime.datetime, details: Details, actor: Person
) -> Appointment:
    """The desk books for somebody on the telephone: confirmed at once, possible until the talk begins.

    Without an e-mail address nothing is mailed. With one, the confirmation goes there, which does not
    confirm the address: no person and no rights come of it. Raises SlotTaken.
    """
    now = timezone.now()
    hours = lock_hours(hours_id).get(hours_id)
    if hours is None or hours.state != OfficeHours.State.PUBLIC:
        raise SlotTaken(_("Dieser Sprechtag ist nicht öffentlich. Wählen Sie eine andere Zeit."))
    period = _period_of(hours, starts_at, now=now)
    lane = _free_lane(hours, period, now=now)
    appointment = Appointment(state=State.CONFIRMED, confirmed_at=now, reference=_draw_reference(hours))
    _place(appointment, hours=hours, lane=lane, period=period)
    _write_contact(appointment, details)
    appointment.save()
    _write_concern(appointment, details)
    token = issue_link(thing=appointment, purpose=SecretLink.Purpose.MANAGE, expires_at=link_end(appointment))
    log_act(
        act="appointment.booked_for_caller", thing=appointment, actor=actor, organisation=appointment.host
    )
    mails.tell_confirmed(appointment, token=token)
    return appointment


@takes_time
def confirm(*, appointment_id: int) -> tuple[Appointment, str]:
    """The firm's yes: the appointment and the token of the link to manage it.

    A booking that was released is confirmed all the same while its time is free. Confirming
    again changes nothing and gives an empty token. Raises SlotTaken, TooLate.
    """
    now = timezone.now()
    appointment = _lock_appointment(appointment_id)
    hours = _hours_of(appointment)
    if appointment.state == State.CONFIRMED:
        return appointment, ""
    has_begun = appointment.starts_at <= now
    if appointment.state not in (State.UNCONFIRMED, State.EXPIRED) and not has_begun:
        raise TooLate(_("Dieser Termin wurde abgesagt. Sie können eine neue Zeit buchen."))
    if has_begun or hours.state != OfficeHours.State.PUBLIC:
        raise TooLate(_("Dieser Termin kann nicht mehr bestätigt werden. Buchen Sie bitte eine neue Zeit."))
    if appointment.state == State.EXPIRED:
        appointment.lane = _free_lane(hours, appointment.period, now=now)
    appointment.state = State.CONFIRMED
    appointment.confirmed_at = now
    appointment.person, appointment.firm = adopt_contact(appointment, now=now)
    appointment.save()
    token = issue_link(thing=appointment, purpose=SecretLink.Purpose.MANAGE, expires_at=link_end(appointment))
    log_act(
        act="appointment.confirmed",
        thing=appointment,
        actor=appointment.person,
        organisation=appointment.host,
    )
    mails.tell_confirmed(appointment, token=token)
    return appointment, token


@takes_time
def move(
    *, appointment_id: int, hours_id: int, starts_at: datetime.datetime, actor: Person | None = None
) -> tuple[Appointment, str]:
    """Move a confirmed appointment in one step: the old time is given up only with the new one taken.

    Returns the appointment and a new token to manage it; earlier links to it end. Raises SlotTaken, TooLate.
    """
    now = timezone.now()
    appointment = _lock_appointment(appointment_id, hours_id)
    _refuse_late_change(appointment, now=now)
    own_partnership = OfficeHours.objects.filter(partnership=appointment.partnership)
    hours = own_partnership.select_related("office__organisation", "room").filter(pk=hours_id).first()
    hours = _open_hours(hours, now=now)
    period = _period_of(hours, starts_at, now=now)
    before = appointment.starts_at
    if (before, _hours_of(appointment).pk) == (starts_at, hours.pk):
        raise Refusal(_("Das ist schon Ihre Zeit. Wählen Sie eine andere oder lassen Sie es dabei."))
    lane = _free_lane(hours, period, now=now, moving=appointment)
    _place(appointment, hours=hours, lane=lane, period=period)
    appointment.calendar_sequence += 1
    appointment.save()
    revoke_links(thing=appointment)
    token = issue_link(thing=appointment, purpose=SecretLink.Purpose.MANAGE, expires_at=link_end(appointment))
    log_act(
        act="appointment.moved",
        thing=appointment,
        actor=actor or appointment.person,
        organisation=appointment.host,
        detail={"from": short_moment(before), "to": short_moment(starts_at)},
    )
    mails.tell_moved(appointment, before=before, token=token)
    return appointment, token


@takes_time
def cancel_by_firm(*, appointment_id: int, actor: Person | None = None) -> Appointment:
    """The firm cancels, until the partnership's deadline; raises TooLate."""
    appointment = _lock_appointment(appointment_id)
    if appointment.state == State.CANCELLED:
        return appointment
    _refuse_late_change(appointment, now=timezone.now())
    cancel_locked(appointment, by=Appointment.CancelledBy.FIRM, actor=actor or appointment.person)
    return appointment


@takes_time
def cancel_by_desk(*, appointment_id: int, reason: str, actor: Person) -> Appointment:
    """The chamber cancels with a reason that the firm reads; possible until the talk begins."""
    appointment = _lock_appointment(appointment_id)
    if appointment.state not in Appointment.UPCOMING:
        raise TooLate(_("Dieser Termin steht nicht mehr an und kann nicht abgesagt werden."))
    if appointment.starts_at <= timezone.now():
        raise TooLate(_("Das Gespräch hat schon begonnen. Die Polizei trägt ein, ob es stattgefunden hat."))
    cancel_locked(appointment, by=Appointment.CancelledBy.DESK, reason=reason, actor=actor)
    return appointment


def cancel_locked(
    appointment: Appointment, *, by: Appointment.CancelledBy, reason: str = "", actor: Person | None = None
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
    mails.tell_cancelled(appointment, with_calendar=known_to_calendars)


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


def _lock_appointment(appointment_id: int, *other_hours_ids: int) -> Appointment:
    """Lock the hours it stands in (and others), in id order, then read it."""
    while True:
        hours_id = Appointment.objects.values_list("lane__hours_id", flat=True).get(pk=appointment_id)
        lock_hours_unread(hours_id, *other_hours_ids)
        appointment = _with_everything().select_related("person").get(pk=appointment_id)
        if _hours_of(appointment).pk == hours_id:
            return appointment


def _with_everything() -> QuerySet[Appointment]:
    """What an act's log entry and mail need; read after the lock, so that it is what the lock protects."""
    return Appointment.objects.select_related(
        "lane__hours__office", "lane__hours__room", "partnership", "host"
    )


def _hours_of(appointment: Appointment) -> OfficeHours:
    assert appointment.lane is not None
    return appointment.lane.hours


def _period_of(
    hours: OfficeHours, starts_at: datetime.datetime, *, now: datetime.datetime
) -> DateTimeTZRange:
    if starts_at > now:
        for start, end in cut_slots(hours):
            if start == starts_at:
                return DateTimeTZRange(start, end)
    raise SlotTaken(_("Diese Zeit gibt es nicht mehr. Wählen Sie eine andere."))


def _free_lane(
    hours: OfficeHours, period: DateTimeTZRange, *, now: datetime.datetime, moving: Appointment | None = None
) -> Lane:
    """The first lane with an officer and nothing in this period; what has run out makes room."""
    standing = Appointment.objects.filter(
        lane__hours=hours, period__overlap=period, state__in=Appointment.BLOCKING
    )
    if moving:
        standing = standing.exclude(pk=moving.pk)
    taken = {appointment.lane_id for appointment in expire_run_out(list(standing), now=now)}
    for lane in Lane.objects.filter(hours=hours, officer__isnull=False).order_by("number"):
        if lane.pk not in taken:
            lane.hours = hours
            return lane
    raise SlotTaken


def _place(appointment: Appointment, *, hours: OfficeHours, lane: Lane, period: DateTimeTZRange) -> None:
    appointment.lane = lane
    appointment.period = period
    appointment.partnership = hours.partnership
    appointment.host = hours.office.organisation
    appointment.police_id = hours.police_id


def _write_contact(appointment: Appointment, details: Details) -> None:
    appointment.firm_name = details.firm_name
    appointment.chamber = details.chamber
    appointment.membership_number = details.membership_number
    appointment.contact_name = details.contact_name
    appointment.contact_email = details.contact_email.strip().lower()
    appointment.contact_phone = details.contact_phone
    appointment.page_language = details.page_language


def _write_concern(appointment: Appointment, details: Details) -> None:
    Concern.objects.create(
        appointment=appointment,
        topic=details.topic,
        language=details.language,
        note=details.note,
        accessibility_need=details.accessibility_need,
    )


def _refuse_late_change(appointment: Appointment, *, now: datetime.datetime) -> None:
    if appointment.state not in Appointment.UPCOMING:
        raise TooLate(_("Dieser Termin steht nicht mehr an."))
    if not may_still_change(appointment, now=now):
        raise TooLate(
            _("Die Frist zum Verschieben und Absagen ist vorbei. Rufen Sie bitte an: %(phone)s.")
            % {"phone": _hours_of(appointment).office.phone or appointment.partnership.phone}
        )


def _draw_reference(hours: OfficeHours) -> str:
    """The office's initial and six characters that are not confused on the telephone."""
    code = "".join(secrets.choice(REFERENCE_ALPHABET) for _n in range(6))
    return f"{hours.office.city[:1].upper()}-{code}"
