"""What happens to an event is told to everybody who takes part or waits. Call it with its parts locked."""

import datetime
from collections.abc import Sequence

from forums import mails
from forums.models import Event, Registration
from forums.registering.cancelling import end_locked
from partnership.locking import lock_rows

State = Registration.State


def tell_all_of_change(event: Event, *, changes: Sequence[str]) -> None:
    """`changes` are sentences: what is new, and what it was. The event's `calendar_sequence` has risen."""
    mails.tell_event_changed(_registrations(event, State.CONFIRMED), changes=changes)


def end_all_locked(event: Event, *, now: datetime.datetime) -> int:
    """The event is cancelled: so are all registrations. What nobody had confirmed ends without a mail."""
    keys = Registration.objects.filter(event=event, state__in=Registration.STANDING)
    lock_rows(Registration, keys.values_list("pk", flat=True))
    told = _registrations(event, State.CONFIRMED)
    ending = [*told, *_registrations(event, State.UNCONFIRMED)]
    for registration in ending:
        end_locked(registration, by=Registration.CancelledBy.EVENT, now=now)
    mails.tell_event_cancelled(told)
    return len(ending)


def _registrations(event: Event, state: str) -> list[Registration]:
    rows = Registration.objects.filter(event=event, state=state).select_related("registered_by")
    found = list(rows.order_by("pk"))
    for registration in found:
        registration.event = event
    return found
