"""Somebody was there, and gets a certificate."""

import datetime
from typing import Any

from django.utils import timezone

from forums.certificates.issuing import issue_certificates
from forums.door.half_days import half_days_of
from forums.models import Attendance, Certificate, Event, EventPart, Registration
from tests.event_factories import make_event, make_part, make_registration
from tests.personas import World

A_WEEK_AGO = datetime.timedelta(days=7)


def make_past_event(world: World, **fields: Any) -> Event:
    """The IHK's, a week ago from 9 to 16 o'clock, held."""
    day = timezone.localdate() - A_WEEK_AGO
    defaults: dict[str, Any] = {"organiser": world.ihk, "day": day, "state": Event.State.HELD}
    return make_event(**defaults | fields)


def was_there(registration: Registration, part: EventPart, *, halves: int = 9) -> None:
    """In the first so many half-days of the part."""
    booking = registration.bookings.get(part=part)
    Attendance.objects.bulk_create(
        Attendance(booking=booking, day=half.day, half=half.half, way=Attendance.Way.LIST)
        for half in half_days_of(part)[:halves]
    )


def make_attended(world: World, **fields: Any) -> Registration:
    """In a talk of 2 hours, from the morning to the afternoon."""
    event = fields.pop("event", None) or make_past_event(world)
    part = event.parts.first() or make_part(event, title="Einbruchschutz im Betrieb")
    registration = make_registration(event, part, **fields)
    was_there(registration, part)
    return registration


def certify(world: World, registration: Registration | None = None) -> Certificate:
    registration = registration or make_attended(world)
    (certificate,) = issue_certificates(
        event_id=registration.event_id, registration_ids=[registration.pk], actor=world.bert
    )
    return certificate
