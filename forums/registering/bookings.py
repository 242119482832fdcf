"""A person's place in a part: given, waited for, given back. Call it under the lock on the parts."""

import datetime
from collections.abc import Iterable

from django.db.models import QuerySet

from forums.models import EventPart, PartBooking, Registration
from forums.seats import lock_parts_of_event, open_places
from partnership.locking import lock_rows

State = PartBooking.State
Freed = set[tuple[EventPart, str]]
"""Part and mode of each place that somebody gave up."""


def lock_registration(registration_id: int) -> Registration:
    """Lock the parts of its event, then it and its colleagues; then read it with what acts need."""
    event_id = Registration.objects.values_list("event_id", flat=True).get(pk=registration_id)
    lock_parts_of_event(event_id)
    along = Registration.objects.filter(registered_by=registration_id).values_list("pk", flat=True)
    lock_rows(Registration, [registration_id, *along])
    rows = Registration.objects.select_related(
        *("event__partnership", "event__organiser", "event__office", "person", "registered_by")
    )
    return rows.get(pk=registration_id)


def book_part_locked(
    *, registration: Registration, part: EventPart, mode: str, now: datetime.datetime
) -> PartBooking:
    """A place if one is free that nobody waits for, else the end of the line."""
    booking = standing_bookings(registration).filter(part=part).first()
    booking = booking or PartBooking(registration=registration, part=part)
    booking.mode, booking.choice = mode, part.choice
    booking.offered_at = booking.offer_until = None
    if open_places(part, mode):
        booking.state, booking.waits_since = State.CONFIRMED, None
    else:
        booking.state, booking.waits_since = State.WAITLISTED, now
    booking.save()
    return booking


def book_each_locked(
    registrations: Iterable[tuple[Registration, str]], *, part: EventPart, now: datetime.datetime
) -> list[PartBooking]:
    """As `book_part_locked`, for many in this order, each with a mode; none has the part yet. Of those who
    have not confirmed it is pending.
    """
    left = {places.mode: open_places(part, places.mode) for places in part.places.all()}
    new = []
    for registration, mode in registrations:
        booking = PartBooking(registration=registration, part=part, mode=mode, choice=part.choice)
        if registration.state == Registration.State.CONFIRMED and left[mode]:
            booking.state = State.CONFIRMED
            left[mode] -= 1
        elif registration.state == Registration.State.CONFIRMED:
            booking.state, booking.waits_since = State.WAITLISTED, now
        new.append(booking)
    return PartBooking.objects.bulk_create(new)


def standing_bookings(registration: Registration) -> QuerySet[PartBooking]:
    return _standing().filter(registration=registration)


def standing_bookings_of_each(registrations: Iterable[Registration]) -> dict[int, list[PartBooking]]:
    """Key of a registration -> its own, for many at once."""
    found: dict[int, list[PartBooking]] = {registration.pk: [] for registration in registrations}
    for booking in _standing().filter(registration__in=found):
        found[booking.registration_id].append(booking)
    return found


def _standing() -> QuerySet[PartBooking]:
    rows = PartBooking.objects.filter(state__in=PartBooking.STANDING)
    return rows.select_related("part__event").order_by("part__starts_at", "part")


def give_back_locked(bookings: Iterable[PartBooking]) -> Freed:
    """Cancel them; what they had taken is returned, for those who wait."""
    freed: Freed = set()
    for booking in bookings:
        if booking.state in (State.CONFIRMED, State.OFFERED) and not booking.beyond_reason:
            freed.add((booking.part, booking.mode))
        booking.state = State.CANCELLED
        booking.waits_since = booking.offered_at = booking.offer_until = None
        booking.save(update_fields=["state", "waits_since", "offered_at", "offer_until"])
    return freed
