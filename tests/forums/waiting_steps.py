"""Events in which people wait, for tests."""

import datetime
from typing import Any

from django.utils import timezone

from forums.models import Event, EventPart, Mode, PartBooking, PartPlaces, Registration
from partnership.times import today
from tests.event_factories import make_booking, make_event, make_part, make_registration
from tests.personas import World

State = PartBooking.State


def in_days(count: int) -> datetime.date:
    return today() + datetime.timedelta(days=count)


def make_full_part(world: World, *, days: int = 21, site: int = 1, **fields: Any) -> EventPart:
    """All places on site are taken; the event is so many days ahead."""
    event = make_event(organiser=world.ihk, day=in_days(days))
    part = make_part(event, site=site, **fields)
    for _number in range(site):
        make_registration(event, part)
    return part


def beginning_in(event: Event, **left: float) -> None:
    """Move an event, with its parts, so near that this time is left."""
    starts_at = timezone.now() + datetime.timedelta(**left)
    shift = starts_at - event.starts_at
    for part in event.parts.all():
        part.starts_at, part.ends_at = part.starts_at + shift, part.ends_at + shift
        part.save()
    event.starts_at, event.ends_at = starts_at, event.ends_at + shift
    event.save()


def someone_waiting(part: EventPart, *, mode: str = Mode.SITE, **fields: Any) -> PartBooking:
    """At the end of the line."""
    registration = make_registration(part.event, **fields)
    return make_booking(registration, part, mode=mode, state=State.WAITLISTED)


def attending(part: EventPart) -> Registration:
    booking = PartBooking.objects.filter(part=part, state=State.CONFIRMED).order_by("pk").first()
    assert booking is not None
    return booking.registration


def state_of(booking: PartBooking) -> str:
    booking.refresh_from_db()
    return booking.state


def raise_to(part: EventPart, capacity: int, mode: str = Mode.SITE) -> None:
    PartPlaces.objects.filter(part=part, mode=mode).update(capacity=capacity)
