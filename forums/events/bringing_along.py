"""A part that is for all comes with every registration that there is already."""

import datetime
from collections.abc import Iterable

from forums.models import EventPart, Mode, PartBooking, Registration
from forums.registering.bookings import book_each_locked
from forums.registering.choosing import modes_of
from partnership.locking import lock_rows


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
    rows = lacking.order_by("created_at", "pk").prefetch_related("bookings")
    coming = [(registration, _mode_of(registration.bookings.all(), modes)) for registration in rows]
    book_each_locked(coming, part=part, now=now)


def _mode_of(bookings: Iterable[PartBooking], modes: list[str]) -> Mode:
    had = [booking.mode for booking in bookings if booking.state in PartBooking.STANDING]
    return Mode(next((mode for mode in had if mode in modes), modes[0]))
