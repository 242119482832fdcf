"""Events and registrations for tests, as they stand when somebody has got that far."""

import datetime
import itertools
from typing import Any

from django.utils import timezone

from forums.models import Event, EventPart, Kind, Mode, PartBooking, PartPlaces, Registration
from partnership.models import Organisation, Partnership
from partnership.times import at_wall_time

_numbers = itertools.count(1)
CODE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def make_event(
    *,
    organiser: Organisation,
    partnership: Partnership | None = None,
    day: datetime.date | None = None,
    state: str = Event.State.ANNOUNCED,
    partners: tuple[Organisation, ...] = (),
    **fields: Any,
) -> Event:
    """In three weeks from 9 to 16 o'clock, announced; without parts."""
    number, now = next(_numbers), timezone.now()
    day = day or timezone.localdate() + datetime.timedelta(days=21)
    defaults: dict[str, Any] = {
        "partnership": partnership or organiser.partnerships.get(),
        "reference": f"F-{code(number)}",
        "kind": Kind.FORUM,
        "title": f"Sicherheitsforum {number}",
        "starts_at": at_wall_time(day, datetime.time(9)),
        "ends_at": at_wall_time(day, datetime.time(16)),
        "venue": "Haus der Wirtschaft",
        "street": "Musterstraße 1",
        "postcode": "04668",
        "city": "Grimma",
        "announced_at": None if state == Event.State.DRAFT else now,
        "cancelled_at": now if state == Event.State.CANCELLED else None,
        "held_at": now if state in (Event.State.HELD, Event.State.CLOSED) else None,
        "closed_at": now if state == Event.State.CLOSED else None,
    }
    event = Event.objects.create(organiser=organiser, state=state, **defaults | fields)
    event.partners.set(partners)
    return event


def make_part(event: Event, *, site: int | None = 15, online: int | None = None, **fields: Any) -> EventPart:
    """As long as the event; `site` and `online` are places, None where nobody takes part that way."""
    defaults: dict[str, Any] = {
        "title": f"Vortrag {next(_numbers)}",
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "credit_hours": 2,
    }
    part = EventPart.objects.create(event=event, **defaults | fields)
    PartPlaces.objects.bulk_create(
        PartPlaces(part=part, mode=mode, capacity=capacity)
        for mode, capacity in ((Mode.SITE, site), (Mode.ONLINE, online))
        if capacity is not None
    )
    return part


def make_registration(
    event: Event, *parts: EventPart, state: str = Registration.State.CONFIRMED, **fields: Any
) -> Registration:
    """Confirmed, with a place on site in each of the parts; `booking_state` is another state of these."""
    number, now = next(_numbers), timezone.now()
    mode = fields.pop("mode", Mode.SITE)
    is_unconfirmed = state == Registration.State.UNCONFIRMED
    booking_state = fields.pop(
        "booking_state", PartBooking.State.PENDING if is_unconfirmed else PartBooking.State.CONFIRMED
    )
    defaults: dict[str, Any] = {
        "reference": f"A-{code(number)}",
        "ticket": "" if is_unconfirmed else f"T{code(number):2>9}",
        "name": "Ute Quendel",
        "email": f"ute{number}@dachdeckerei.example",
        "firm_name": f"Dachdeckerei {number}",
        "confirm_by": now + datetime.timedelta(days=1) if is_unconfirmed else None,
        "confirmed_at": None if is_unconfirmed else now,
        "ended_at": None if state in Registration.STANDING else now,
    }
    registration = Registration.objects.create(event=event, state=state, **defaults | fields)
    for part in parts:
        make_booking(registration, part, mode=mode, state=booking_state)
    return registration


def make_booking(
    registration: Registration,
    part: EventPart,
    *,
    mode: str = Mode.SITE,
    state: str = PartBooking.State.CONFIRMED,
    **fields: Any,
) -> PartBooking:
    """Who waits has waited since now: the next one made stands behind."""
    now = timezone.now()
    is_offered = state == PartBooking.State.OFFERED
    defaults: dict[str, Any] = {
        "choice": part.choice,
        "waits_since": now if state in PartBooking.WAITING else None,
        "offered_at": now if is_offered else None,
        "offer_until": now + datetime.timedelta(days=1) if is_offered else None,
    }
    return PartBooking.objects.create(
        registration=registration, part=part, mode=mode, state=state, **defaults | fields
    )


def code(number: int) -> str:
    """Six characters of those that are used in numbers."""
    digits = ""
    for _place in range(6):
        number, digit = divmod(number, len(CODE))
        digits = CODE[digit] + digits
    return digits
