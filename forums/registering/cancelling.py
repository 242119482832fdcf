"""Somebody does not come; what nobody confirms expires."""

import datetime

from django.utils import timezone

from forums import mails
from forums.models import Registration
from forums.registering.bookings import Freed, give_back_locked, lock_registration, standing_bookings
from forums.registering.window import refuse_late_change
from forums.seats import takes_places
from forums.waiting.offers import pass_on
from partnership.journal import log_act
from partnership.models import Person

BATCH = 200
State = Registration.State


@takes_places
def cancel(
    *,
    registration_id: int,
    with_colleagues: bool = False,
    by: Registration.CancelledBy = Registration.CancelledBy.PERSON,
    actor: Person | None = None,
    tells: bool = True,
) -> Registration:
    """Until the event begins; the places go to those who wait. Twice changes nothing. Without `tells` nobody
    gets a mail: a desk has it from the person. Raises TooLate.
    """
    now = timezone.now()
    registration = lock_registration(registration_id)
    along = _colleagues_of(registration) if with_colleagues else []
    ending = [one for one in (registration, *along) if one.state in Registration.STANDING]
    if not ending:
        return registration
    refuse_late_change(registration.event, now=now)
    freed: Freed = set()
    for one in ending:
        freed |= end_locked(one, by=by, now=now)
        log_act(
            act="registration.cancelled",
            thing=one,
            actor=actor or registration.person,
            organisation=registration.event.organiser,
            detail={"by": by.value},
        )
    if tells:
        mails.tell_cancelled(ending)
    pass_on_all(freed, now=now)
    return registration


def end_locked(registration: Registration, *, by: Registration.CancelledBy, now: datetime.datetime) -> Freed:
    """The caller holds the locks, tells, and passes on what is freed."""
    registration.state, registration.cancelled_by, registration.ended_at = State.CANCELLED, by, now
    registration.calendar_sequence += 1
    registration.save(update_fields=["state", "cancelled_by", "ended_at", "calendar_sequence"])
    return give_back_locked(standing_bookings(registration))


def pass_on_all(freed: Freed, *, now: datetime.datetime) -> None:
    for part, mode in sorted(freed, key=lambda place: (place[0].pk, place[1])):
        pass_on(part=part, mode=mode, now=now)


def expire_due(*, now: datetime.datetime | None = None) -> int:
    """The scan: what nobody has confirmed in time; returns how many. They had taken nothing."""
    now = now or timezone.now()
    due = Registration.objects.filter(state=State.UNCONFIRMED, confirm_by__lte=now)
    keys = list(due.order_by("confirm_by").values_list("pk", flat=True)[:BATCH])
    return sum(_expire(registration_id=key, now=now) for key in keys)


@takes_places
def _expire(*, registration_id: int, now: datetime.datetime) -> bool:
    registration = lock_registration(registration_id)
    if registration.state != State.UNCONFIRMED:
        return False
    registration.state, registration.ended_at = State.EXPIRED, now
    registration.save(update_fields=["state", "ended_at"])
    log_act(act="registration.expired", thing=registration, organisation=registration.event.organiser)
    return True


def _colleagues_of(registration: Registration) -> list[Registration]:
    rows = Registration.objects.filter(registered_by=registration).order_by("pk")
    return list(rows.select_related("event__partnership", "event__organiser", "registered_by"))
