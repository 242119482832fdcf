"""A place that becomes free goes to those who wait for it, in order: given or offered, by the nearness of the
event (`terms`).

Under the lock on the part. What is done to one registration alone locks all parts of its event, so that it is
not done at the same time.
"""

import datetime

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from forums.models import Event, EventPart, PartBooking, PartPlaces, Registration
from forums.seats import free_places, lock_parts_of_event, takes_places
from forums.waiting import mails
from forums.waiting.line import TOLD_WITH, line_of
from forums.waiting.terms import OFFERS_UNTIL, moves_up_by_itself, offer_end
from partnership.journal import log_acts
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
    if not first:
        return 0
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
    waits = PartBooking.objects.filter(part=OuterRef("part"), mode=OuterRef("mode"), state=State.WAITLISTED)
    free = PartPlaces.objects.filter(
        Exists(waits),
        taken__lt=F("capacity"),
        part__event__state=Event.State.ANNOUNCED,
        part__event__starts_at__gt=now + OFFERS_UNTIL,
    )
    rows = free.order_by("part__event", "part", "mode").values_list("part__event", "part", "mode")
    return sum(_pass_on_all(event_id, part_id, mode, now=now) for event_id, part_id, mode in list(rows))


def lapse_due(*, now: datetime.datetime | None = None) -> int:
    """The scan: offers that nobody has answered go to the next in line; returns how many."""
    now = now or timezone.now()
    due = PartBooking.objects.filter(state=State.OFFERED, offer_until__lte=now)
    keys = sorted(set(due.values_list("part__event", flat=True)))
    return sum(_lapse_in_event(event_id, now=now) for event_id in keys)


def _pass_on_all(event_id: int, part_id: int, mode: str, *, now: datetime.datetime) -> int:
    """In transactions of a bearable length."""
    total = 0
    while passed := _pass_on_alone(event_id, part_id, mode, now=now):
        total += passed
    return total


@takes_places
def _pass_on_alone(event_id: int, part_id: int, mode: str, *, now: datetime.datetime) -> int:
    part = lock_parts_of_event(event_id).get(part_id)
    return pass_on(part=part, mode=mode, now=now) if part else 0


@takes_places
def _lapse_in_event(event_id: int, *, now: datetime.datetime) -> int:
    parts = lock_parts_of_event(event_id)
    rows = PartBooking.objects.filter(part__in=parts, state=State.OFFERED, offer_until__lte=now)
    lapsed = list(rows.select_related(*TOLD_WITH).order_by("part", "waits_since", "pk"))
    for booking in lapsed:
        end_wait(booking, act="registration.offer_lapsed", lapsed_at=now)
        if booking.part.event.starts_at > now:
            mails.tell_lapsed(booking)
    for part_id, mode in sorted({(booking.part_id, booking.mode) for booking in lapsed}):
        pass_on(part=parts[part_id], mode=mode, now=now)
    return len(lapsed)


def end_wait(
    booking: PartBooking,
    *,
    act: str,
    actor: Person | None = None,
    lapsed_at: datetime.datetime | None = None,
    reason: str = "",
) -> None:
    """The wait, or the offer, ends without a place. Under the lock on the part; then it is passed on."""
    booking.state, booking.offer_until, booking.lapsed_at = State.CANCELLED, None, lapsed_at
    booking.save(update_fields=["state", "offer_until", "lapsed_at"])
    log_booking(booking, act=act, actor=actor, reason=reason)


def take_place(booking: PartBooking, *, act: str, actor: Person | None = None, reason: str = "") -> None:
    """Under the lock on the part. The database refuses it where no place is free."""
    booking.state, booking.offer_until, booking.lapsed_at = State.CONFIRMED, None, None
    booking.save()
    _renew_calendar_entries([booking])
    log_booking(booking, act=act, actor=actor, reason=reason)


def log_booking(booking: PartBooking, *, act: str, actor: Person | None = None, reason: str = "") -> None:
    _log_bookings([booking], act=act, actor=actor, reason=reason)


def _log_bookings(
    bookings: list[PartBooking], *, act: str, actor: Person | None = None, reason: str = ""
) -> None:
    """Of one part and mode."""
    part, mode = bookings[0].part, bookings[0].get_mode_display()
    log_acts(
        act=act,
        things=[booking.registration for booking in bookings],
        actor=actor,
        organisation=part.event.organiser,
        detail={"part": part.title, "mode": mode} | ({"reason": reason} if reason else {}),
    )


def _move_up(first: list[PartBooking]) -> None:
    _write(first, state=State.CONFIRMED)
    _renew_calendar_entries(first)
    _log_bookings(first, act="registration.moved_up")
    for booking in mails.tell_moved_up(first):
        mails.ask_for_call(booking)


def _offer(first: list[PartBooking], *, until: datetime.datetime, now: datetime.datetime) -> None:
    _write(first, state=State.OFFERED, offered_at=now, offer_until=until)
    _log_bookings(first, act="registration.offered")
    for booking in mails.offer_places(first):
        mails.ask_for_call(booking)


def _write(bookings: list[PartBooking], **values: object) -> None:
    PartBooking.objects.filter(pk__in=[booking.pk for booking in bookings]).update(**values)
    for booking in bookings:
        for name, value in values.items():
            setattr(booking, name, value)


def _renew_calendar_entries(bookings: list[PartBooking]) -> None:
    """A part more stands in them."""
    keys = [booking.registration_id for booking in bookings]
    Registration.objects.filter(pk__in=keys).update(calendar_sequence=F("calendar_sequence") + 1)
    for booking in bookings:
        booking.registration.calendar_sequence += 1
