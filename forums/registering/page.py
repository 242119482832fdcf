"""A registration as ready strings: what is certain, what waits, what can be done."""

import datetime
from dataclasses import dataclass

from forums.certificates.queries import certificate_of
from forums.models import Registration
from forums.registering.access import RegistrationAccess
from forums.registering.bookings import standing_bookings
from forums.registering.calendar_entry import certain_bookings, part_in_one_line
from forums.registering.joining import Joining, joining_of
from forums.registering.window import may_still_change
from forums.waiting.words import Wait, waits_of


@dataclass(frozen=True, slots=True)
class Card:
    """One person of a registration."""

    reference: str
    name: str
    state: str
    is_own: bool
    stands: bool
    certain: list[str]
    waits: list[Wait]
    waits_url: str
    has_offer: bool
    joining: Joining
    change_url: str
    cancel_url: str
    calendar_url: str
    certificate_url: str


def cards_of(access: RegistrationAccess, *, now: datetime.datetime) -> list[Card]:
    return [_card(access, registration, now=now) for registration in access.registrations()]


def _card(access: RegistrationAccess, registration: Registration, *, now: datetime.datetime) -> Card:
    stands = registration.state == Registration.State.CONFIRMED
    can_change = stands and may_still_change(registration.event, now=now)
    certain = certain_bookings(registration) if stands else []
    is_to_come = registration.event.ends_at > now
    waits = waits_of(registration, now=now)
    return Card(
        reference=registration.reference,
        name=registration.name,
        state=str(registration.get_state_display()),
        is_own=registration.pk == access.registration.pk,
        stands=stands,
        certain=[part_in_one_line(booking) for booking in certain],
        waits=waits,
        waits_url=access.url("waits", registration) if waits else "",
        has_offer=any(wait.until for wait in waits),
        joining=joining_of(registration, now=now),
        change_url=access.url("change", registration) if can_change else "",
        cancel_url=access.url("cancel", registration) if can_change else "",
        calendar_url=access.url("calendar_file", registration) if certain and is_to_come else "",
        certificate_url=access.url("certificate", registration) if certificate_of(registration) else "",
    )


def parts_of(registration: Registration) -> list[str]:
    """What a registration is for, before it is confirmed."""
    return [part_in_one_line(booking) for booking in standing_bookings(registration)]
