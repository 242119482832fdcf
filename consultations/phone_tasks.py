"""What a firm has to be told on the telephone: no address, or too little time for a mail to be read."""

import datetime

from consultations.models import Appointment, PhoneTask
from partnership.journal import log_act
from partnership.models import Person

SOON = datetime.timedelta(hours=3)


def needs_call(
    appointment: Appointment, *, now: datetime.datetime, before: datetime.datetime | None = None
) -> bool:
    """`before`: when the talk was to begin, if that is not the appointment's time any more."""
    return not appointment.contact_email or (before or appointment.starts_at) - now < SOON


def ask_for_call(
    *,
    appointment: Appointment,
    reason: PhoneTask.Reason,
    before: datetime.datetime | None = None,
    actor: Person | None = None,
) -> PhoneTask:
    """Open the call, or give the open one its new reason; under the lock on the appointment's hours."""
    task, created = PhoneTask.objects.get_or_create(
        appointment=appointment, done_at=None, defaults={"reason": reason, "before": before}
    )
    if not created:
        task.reason = reason
        task.before = task.before or before
        task.save(update_fields=["reason", "before"])
    log_act(
        act="phone_task.opened",
        thing=appointment,
        actor=actor,
        organisation=appointment.host,
        detail={"reason": reason.value},
    )
    return task
