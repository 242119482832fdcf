"""A time that becomes free goes to those who wait for its house: one after the other, each with a hold.

Office hours are locked before the line, the line before firms. Nobody has two open offers.
"""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from consultations.deadlines import offer_deadline
from consultations.models import (
    Appointment,
    FreedTime,
    Lane,
    OfficeHours,
    PassedOver,
    PhoneTask,
    Waiting,
    WaitingOffer,
)
from consultations.phone_tasks import ask_for_call
from consultations.references import draw_reference
from consultations.slots import cut_slots
from consultations.waiting import mails
from consultations.waiting.asking import LEAST_HOLD, MOST_MESSAGES, messages_since, next_to_ask
from consultations.waiting.wishes import suits
from partnership.blocked_addresses import block_of, blocked_among
from partnership.journal import log_act

State = Appointment.State
Reason = PassedOver.Reason


def pass_on(
    *, lane: Lane | None, period: DateTimeTZRange, now: datetime.datetime, freed: FreedTime | None = None
) -> WaitingOffer | None:
    """Offer a free time to the next in line; with nobody left, or after three, it is public.

    The last step of the act that frees it, under the lock on its hours. `freed`: it was offered before.
    """
    if lane is None or not _can_be_offered(lane, period, now=now):
        return None
    line = _lock_line(lane.hours.office_id)
    if not line:
        return None
    freed = freed or FreedTime.objects.create(hours=lane.hours, period=period, freed_at=now)
    known = _read_line(line, lane.hours, now=now)
    asked = next_to_ask(freed, line, lambda waiting: known.reason_against(waiting, freed), now=now)
    if asked is None:
        return None
    waiting, number = asked
    return _offer(waiting, freed, lane, number=number, now=now)


@dataclass(frozen=True, slots=True)
class _Line:
    """What decides whether those in line are asked: messages of seven days, own appointments, bounces."""

    messages: Counter[int]
    with_open_offer: frozenset[int]
    busy_addresses: frozenset[str]
    blocked_addresses: set[str]

    def reason_against(self, waiting: Waiting, freed: FreedTime) -> PassedOver.Reason | None:
        if not suits(waiting, freed.starts_at):
            return Reason.WISH
        if waiting.contact_email and waiting.contact_email in self.busy_addresses:
            return Reason.OWN_DAY
        if waiting.contact_email in self.blocked_addresses and not waiting.contact_phone:
            return Reason.UNREACHABLE
        if waiting.pk in self.with_open_offer:
            return Reason.OPEN_OFFER
        return Reason.MESSAGES if self.messages[waiting.pk] >= MOST_MESSAGES else None


def _read_line(line: list[Waiting], hours: OfficeHours, *, now: datetime.datetime) -> _Line:
    messages, with_open_offer = messages_since(line, now=now)
    addresses = [waiting.contact_email for waiting in line if waiting.contact_email]
    busy = Appointment.objects.filter(
        lane__hours__day=hours.day, state__in=Appointment.UPCOMING, contact_email__in=addresses
    )
    busy_addresses = frozenset(busy.values_list("contact_email", flat=True))
    return _Line(messages, with_open_offer, busy_addresses, blocked_among(addresses))


def _lock_line(office_id: int) -> list[Waiting]:
    """All who wait for the house, in order; read after the lock."""
    rows = Waiting.objects.filter(office=office_id, state=Waiting.State.WAITING)
    keys = list(rows.select_for_update(no_key=True).order_by("joined_at", "pk").values_list("pk", flat=True))
    if not keys:
        return []
    return list(rows.filter(pk__in=keys).select_related("office", "partnership").order_by("joined_at", "pk"))


def _can_be_offered(lane: Lane, period: DateTimeTZRange, *, now: datetime.datetime) -> bool:
    """What the public could book now, and for long enough to answer."""
    hours = lane.hours
    if hours.state != OfficeHours.State.PUBLIC or not hours.booking_opens_at <= now < hours.booking_closes_at:
        return False
    if lane.officer_id is None or (period.lower, period.upper) not in cut_slots(hours):
        return False
    if offer_deadline(hours, period.lower, now=now) - now < LEAST_HOLD:
        return False
    standing = Appointment.objects.filter(lane=lane, period__overlap=period, state__in=Appointment.BLOCKING)
    return not standing.exists()


def _offer(
    waiting: Waiting, freed: FreedTime, lane: Lane, *, number: int, now: datetime.datetime
) -> WaitingOffer:
    hours = lane.hours
    expires_at = offer_deadline(hours, freed.starts_at, now=now)
    appointment = Appointment.objects.create(
        partnership=hours.partnership,
        host=hours.office.organisation,
        police_id=hours.police_id,
        reference=draw_reference(hours),
        state=State.PROPOSED,
        lane=lane,
        period=freed.period,
        held_until=expires_at,
        firm_name=waiting.firm_name,
        contact_name=waiting.contact_name,
        contact_email=waiting.contact_email,
        contact_phone=waiting.contact_phone,
        page_language=waiting.page_language,
    )
    offer = WaitingOffer.objects.create(
        waiting=waiting,
        freed=freed,
        appointment=appointment,
        number=number,
        offered_at=now,
        expires_at=expires_at,
    )
    log_act(act="appointment.offered", thing=appointment, organisation=appointment.host)
    if waiting.contact_email and not block_of(waiting.contact_email):
        mails.offer_time(offer, appointment)
    else:
        ask_for_call(appointment=appointment, reason=PhoneTask.Reason.OFFERED)
    return offer
