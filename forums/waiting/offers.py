"""A place that becomes free goes to those who wait for it, in order: given or offered, by the nearness of the
event (`terms`).

Under the lock on the part; registrations are not locked here, as whoever books or ends anything of theirs locks
the parts of all that they have.
"""

import datetime

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from forums.models import Event, EventPart, PartBooking, PartPlaces
from forums.seats import free_places, lock_parts, takes_places
from forums.waiting import mails
from forums.waiting.line import line_of
from forums.waiting.terms import OFFERS_UNTIL, moves_up_by_itself, offer_end
from partnership.journal import log_act
from partnership.models import Person

MOST_AT_ONCE = 50
"""In one transaction; the scan goes on with those who come next."""

State = PartBooking.State


def pass_on(*, part: EventPart, mode: str, now: datetime.datetime) -> int:
    """Give what is free in a part to the first in line; returns to how many.

    The last step of the act that frees a place or raises a capacity, with the part locked (`lock_parts`).
    """
    event = part.event
    until = None
    if not moves_up_by_itself(event, now=now):
        until = offer_end(event, now=now)
        if until is None:
            return 0
    if event.state != Event.State.ANNOUNCED:
        return 0
    first = list(line_of(part, mode)[: min(free_places(part, mode), MOST_AT_ONCE)])
    if until is None:
        _move_up(first)
    else:
        _offer(first, until=until, now=now)
    return len(first)


def pass_on_free_places(*, now: datetime.datetime | None = None) -> int:
    """The scan: places that are free while somebody waits for them, as after a capacity was raised by many or
    an event was moved. Returns how many were passed on.
    """
    now = now or timezone.now()
    waits = PartBooking.objects.filter(
        part=OuterRef("part"), mode=OuterRef("mode"), state=State.WAITLISTED
    )
    free = PartPlaces.objects.filter(
        Exists(waits),
        taken__lt=F("capacity"),
        part__event__state=Event.State.ANNOUNCED,
        part__event__starts_at__gt=now + OFFERS_UNTIL,
    )
    total = 0
    for part_id, mode in list(free.order_by("part", "mode").values_list("part", "mode")):
        while passed := _pass_on_alone(part_id, mode, now=now):
            total += passed
    return total


def lapse_due(*, now: datetime.datetime | None = None) -> int:
    """The scan: offers that nobody has answered go to the next in line; returns how many."""
    now = now or timezone.now()
    due = PartBooking.objects.filter(state=State.OFFERED, offer_until__lte=now)
    keys = sorted(set(due.values_list("part", flat=True)))
    return sum(_lapse_in_part(part_id, now=now) for part_id in keys)


@takes_places
def _pass_on_alone(part_id: int, mode: str, *, now: datetime.datetime) -> int:
    parts = lock_parts([part_id])
    return pass_on(part=parts[part_id], mode=mode, now=now) if parts else 0


@takes_places
def _lapse_in_part(part_id: int, *, now: datetime.datetime) -> int:
    parts = lock_parts([part_id])
    rows = PartBooking.objects.filter(part=part_id, state=State.OFFERED, offer_until__lte=now)
    lapsed = list(rows.select_related("part__event", "registration").order_by("waits_since", "pk"))
    for booking in lapsed:
        end_wait(booking, act="registration.offer_lapsed", lapsed_at=now)
        if booking.part.event.starts_at > now:
            mails.tell_lapsed(booking)
    for mode in sorted({booking.mode for booking in lapsed}):
        pass_on(part=parts[part_id], mode=mode, now=now)
    return len(lapsed)


def end_wait(
    booking: PartBooking,
    *,
    act: str,
    actor: Person | None = None,
    lapsed_at: datetime.datetime | None = None,
    **detail: str,
) -> None:
    """The wait, or the offer, ends without a place. Under the lock on the part; then it is passed on."""
    booking.state, booking.offer_until, booking.lapsed_at = State.CANCELLED, None, lapsed_at
    booking.save(update_fields=["state", "offer_until", "lapsed_at"])
    log_booking(booking, act=act, actor=actor, **detail)


def take_place(booking: PartBooking, *, act: str, actor: Person | None = None, **detail: str) -> None:
    """Under the lock on the part. The database refuses it where no place is free."""
    booking.state, booking.offer_until, booking.lapsed_at = State.CONFIRMED, None, None
    booking.save()
    log_booking(booking, act=act, actor=actor, **detail)


def log_booking(booking: PartBooking, *, act: str, actor: Person | None = None, **detail: str) -> None:
    log_act(
        act=act,
        thing=booking.registration,
        actor=actor,
        organisation=booking.part.event.organiser,
        detail={"part": booking.part.title, "mode": booking.get_mode_display(), **detail},
    )


def _move_up(first: list[PartBooking]) -> None:
    _write(first, state=State.CONFIRMED)
    for booking in first:
        log_booking(booking, act="registration.moved_up")
        mails.tell_moved_up(booking)


def _offer(first: list[PartBooking], *, until: datetime.datetime, now: datetime.datetime) -> None:
    _write(first, state=State.OFFERED, offered_at=now, offer_until=until)
    for booking in first:
        log_booking(booking, act="registration.offered")
        mails.offer_place(booking)


def _write(bookings: list[PartBooking], **values: object) -> None:
    PartBooking.objects.filter(pk__in=[booking.pk for booking in bookings]).update(**values)
    for booking in bookings:
        for name, value in values.items():
            setattr(booking, name, value)
