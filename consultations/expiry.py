"""Holds, offers and unconfirmed bookings that have run out."""

import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from consultations.models import Appointment, FreedTime, PhoneTask, Waiting, WaitingOffer
from consultations.phone_tasks import end_call
from consultations.taking_time import lock_hours_unread, takes_time
from consultations.waiting.asking import end_offer, withdraw_offers
from consultations.waiting.offers import pass_on
from partnership.journal import log_act

State = Appointment.State
BATCH = 200


def has_run_out(appointment: Appointment, *, now: datetime.datetime) -> bool:
    if appointment.state in (State.HELD, State.PROPOSED):
        return appointment.held_until is not None and appointment.held_until <= now
    if appointment.state == State.UNCONFIRMED:
        return appointment.confirm_by is not None and appointment.confirm_by <= now
    return False


def expire_run_out(appointments: list[Appointment], *, now: datetime.datetime) -> list[Appointment]:
    """Expire those that have run out, return the others; the caller holds the lock on the hours."""
    standing = [a for a in appointments if not has_run_out(a, now=now)]
    for appointment in appointments:
        if appointment not in standing:
            _expire(appointment, now=now)
    return standing


def make_room(
    appointments: list[Appointment], *, office_id: int, now: datetime.datetime
) -> list[Appointment]:
    """As `expire_run_out`, for whoever wants the time: where people wait for the house, a booking or an
    offer that has run out still stands until the scan has offered its time to them.
    """
    waited_for = [a for a in appointments if a.state != State.HELD and has_run_out(a, now=now)]
    if waited_for and Waiting.objects.filter(office=office_id, state=Waiting.State.WAITING).exists():
        others = [a for a in appointments if a not in waited_for]
        return [*waited_for, *expire_run_out(others, now=now)]
    return expire_run_out(appointments, now=now)


def end_holds(appointments: QuerySet[Appointment], *, now: datetime.datetime | None = None) -> None:
    """What is only held or offered ends with its time. Under the lock on the hours."""
    appointments.filter(state=State.HELD).update(state=State.EXPIRED)
    offered = appointments.filter(state=State.PROPOSED).select_related("host")
    withdraw_offers(list(offered), now=now or timezone.now())


def expire_due(*, now: datetime.datetime | None = None) -> int:
    """The scan: expire what has run out everywhere, office hours by office hours; returns how many. Times
    that people wait for go to the next in line. What is offered on site has a scan of its own.
    """
    now = now or timezone.now()
    held = Q(state__in=(State.HELD, State.PROPOSED), held_until__lte=now)
    due = held | Q(state=State.UNCONFIRMED, confirm_by__lte=now)
    rows = Appointment.objects.filter(due, lane__isnull=False).order_by("lane__hours_id")
    keys = rows.values_list("lane__hours_id", flat=True)
    return sum(_expire_in_hours(hours_id=key, due=due, now=now) for key in sorted(set(keys[:BATCH])))


@takes_time
def _expire_in_hours(*, hours_id: int, due: Q, now: datetime.datetime) -> int:
    lock_hours_unread(hours_id)
    rows = Appointment.objects.filter(due, lane__hours=hours_id).order_by("period", "pk")
    appointments = list(
        rows.select_related("host", "lane__hours__office__organisation", "lane__hours__partnership")
    )
    ended = [(appointment, appointment.state) for appointment in appointments]
    for appointment, state in ended:
        freed = _expire(appointment, now=now)
        if state != State.HELD:
            pass_on(lane=appointment.lane, period=appointment.period, now=now, freed=freed)
    return len(ended)


def _expire(appointment: Appointment, *, now: datetime.datetime) -> FreedTime | None:
    """The time that had been offered, if it had."""
    if appointment.state == State.PROPOSED:
        return end_offer(appointment, WaitingOffer.Outcome.LAPSED, now=now)
    was_booked = appointment.state == State.UNCONFIRMED
    appointment.state = State.EXPIRED
    appointment.save(update_fields=["state"])
    if was_booked:
        log_act(act="appointment.expired", thing=appointment, organisation=appointment.host)
        end_call(
            appointment=appointment,
            result=PhoneTask.Result.NOT_NEEDED,
            actor=None,
            only=[PhoneTask.Reason.UNCONFIRMED],
        )
    return None


def delete_old_holds(*, now: datetime.datetime | None = None) -> int:
    """Expired holds and offers were nobody's booking; a day later they go."""
    now = now or timezone.now()
    old = Appointment.objects.filter(
        Q(firm_name="") | Q(offer__isnull=False) | Q(visit__isnull=False),
        state=State.EXPIRED,
        held_until__lt=now - datetime.timedelta(days=1),
    )
    return Appointment.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()[0]
