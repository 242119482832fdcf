"""A part that is for all comes with every registration that there is already."""

import datetime
from collections.abc import Iterable

from forums.models import EventPart, Mode, PartBooking, Registration
from forums.registering.choosing import modes_of
from forums.seats import open_places
from partnership.locking import lock_rows

State = PartBooking.State


def bring_along(part: EventPart, *, now: datetime.datetime) -> None:
    """A place while there is one, else the line; in the way of what they have booked, where it is offered.

    Under the lock on the event's parts.
    """
    modes = modes_of(part)
    if not modes:
        return
    rows = Registration.objects.filter(event=part.event_id, state__in=Registration.STANDING)
    lacking = rows.exclude(bookings__in=part.bookings.filter(state__in=PartBooking.STANDING))
    lock_rows(Registration, lacking.values_list("pk", flat=True))
    left = {mode: open_places(part, mode) for mode in modes}
    new = []
    for registration in lacking.order_by("created_at", "pk").prefetch_related("bookings"):
        mode = _mode_of(registration.bookings.all(), modes)
        booking = PartBooking(registration=registration, part=part, mode=mode, choice=part.choice)
        if registration.state == Registration.State.CONFIRMED and left[mode]:
            booking.state = State.CONFIRMED
            left[mode] -= 1
        elif registration.state == Registration.State.CONFIRMED:
            booking.state, booking.waits_since = State.WAITLISTED, now
        new.append(booking)
    PartBooking.objects.bulk_create(new)


def _mode_of(bookings: Iterable[PartBooking], modes: list[str]) -> Mode:
    had = [booking.mode for booking in bookings if booking.state in PartBooking.STANDING]
    return Mode(next((mode for mode in had if mode in modes), modes[0]))
