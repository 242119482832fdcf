"""Holds and unconfirmed bookings that have run out."""

import datetime

from django.db.models import Q
from django.utils import timezone

from consultations.models import Appointment, PhoneTask
from consultations.phone_tasks import end_call
from consultations.taking_time import lock_hours_unread, takes_time
from partnership.journal import log_act

State = Appointment.State
BATCH = 200


def has_run_out(appointment: Appointment, *, now: datetime.datetime) -> bool:
    if appointment.state == State.HELD:
        return appointment.held_until is not None and appointment.held_until <= now
    if appointment.state == State.UNCONFIRMED:
        return appointment.confirm_by is not None and appointment.confirm_by <= now
    return False


def expire_run_out(appointments: list[Appointment], *, now: datetime.datetime) -> list[Appointment]:
    """Expire those that have run out, return the others; the caller holds the lock on the hours."""
    standing = [a for a in appointments if not has_run_out(a, now=now)]
    for appointment in appointments:
        if appointment in standing:
            continue
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
    return standing


def expire_due(*, now: datetime.datetime | None = None) -> int:
    """The scan: expire what has run out everywhere, office hours by office hours; returns how many."""
    now = now or timezone.now()
    due = Q(state=State.HELD, held_until__lte=now) | Q(state=State.UNCONFIRMED, confirm_by__lte=now)
    keys = Appointment.objects.filter(due).order_by("lane__hours_id").values_list("lane__hours_id", flat=True)
    return sum(_expire_in_hours(hours_id=key, due=due, now=now) for key in sorted(set(keys[:BATCH])))


@takes_time
def _expire_in_hours(*, hours_id: int, due: Q, now: datetime.datetime) -> int:
    lock_hours_unread(hours_id)
    appointments = list(Appointment.objects.filter(due, lane__hours=hours_id).select_related("host"))
    expire_run_out(appointments, now=now)
    return len(appointments)


def delete_old_holds(*, now: datetime.datetime | None = None) -> int:
    """Expired holds carry nobody's data; a day later they go."""
    now = now or timezone.now()
    old = Appointment.objects.filter(
        state=State.EXPIRED, firm_name="", held_until__lt=now - datetime.timedelta(days=1)
    )
    return old.delete()[0]
