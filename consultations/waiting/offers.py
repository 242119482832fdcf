"""A time that becomes free goes to those who wait for its house: one after the other, each with a hold.

Office hours are locked before the line, the line before firms. Nobody has two open offers.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q

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
from consultations.phone_tasks import ask_for_call, end_call
from consultations.references import draw_reference
from consultations.slots import cut_slots
from consultations.waiting import mails
from consultations.waiting.wishes import suits
from partnership.blocked_addresses import block_of, blocked_among
from partnership.journal import log_act
from partnership.models import Person

MOST_OFFERS = 3
MOST_MESSAGES = 3
A_WEEK = datetime.timedelta(days=7)
LEAST_HOLD = datetime.timedelta(minutes=15)
"""Shorter ones are no offer: the time is everybody's at once."""

State = Appointment.State
Outcome = WaitingOffer.Outcome
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
    asked = set(freed.offers.values_list("waiting", flat=True))
    if len(asked) >= MOST_OFFERS:
        return None
    known = _read_line(line, lane.hours, now=now)
    for waiting in line:
        if waiting.pk in asked:
            continue
        if reason := known.reason_against(waiting, freed):
            PassedOver.objects.update_or_create(
                freed=freed, waiting=waiting, defaults={"reason": reason, "at": now}
            )
            continue
        return _offer(waiting, freed, lane, number=len(asked) + 1, now=now)
    return None


def end_offer(
    appointment: Appointment,
    outcome: WaitingOffer.Outcome,
    *,
    now: datetime.datetime,
    actor: Person | None = None,
) -> FreedTime | None:
    """The hold ends without an appointment; whoever was asked keeps the place in line. Returns the time for
    `pass_on`. Under the lock on the hours.
    """
    appointment.state = State.EXPIRED
    appointment.save(update_fields=["state"])
    end_call(appointment=appointment, result=PhoneTask.Result.NOT_NEEDED, actor=actor)
    offer = WaitingOffer.objects.select_related("freed", "waiting").filter(appointment=appointment).first()
    if offer is None:
        return None
    close_offer(offer, outcome, now=now)
    log_act(act=f"waiting.{outcome}", thing=offer.waiting, actor=actor, organisation=appointment.host)
    return offer.freed


def close_offer(offer: WaitingOffer, outcome: WaitingOffer.Outcome, *, now: datetime.datetime) -> None:
    offer.outcome, offer.answered_at = outcome, now
    offer.save(update_fields=["outcome", "answered_at"])


def withdraw_offers(appointments: Iterable[Appointment], *, now: datetime.datetime) -> None:
    """Their time is lost, as when a day is cancelled. The page behind the mail's link says so."""
    for appointment in appointments:
        end_offer(appointment, Outcome.WITHDRAWN, now=now)


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


def messages_since(line: Iterable[Waiting], *, now: datetime.datetime) -> tuple[Counter[int], frozenset[int]]:
    """How many messages each has got in seven days, calls with an offer included, and whose offer is open."""
    line = list(line)
    offers = WaitingOffer.objects.filter(
        Q(offered_at__gt=now - A_WEEK) | Q(outcome=""), waiting__in=[waiting.pk for waiting in line]
    )
    rows = list(offers.values_list("waiting", "outcome"))
    counted = Counter(waiting for waiting, _outcome in rows)
    for waiting in line:
        if waiting.new_times_mailed_at and waiting.new_times_mailed_at > now - A_WEEK:
            counted[waiting.pk] += 1
    return counted, frozenset(waiting for waiting, outcome in rows if not outcome)


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
