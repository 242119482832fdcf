"""The tickets that somebody holds: the own one, and those of colleagues registered along."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from forums.door.tickets import qr_code_of, ticket_groups
from forums.event_words import access_of, place_of, when_of
from forums.models import Event, Mode, Registration
from forums.registering.access import RegistrationAccess
from forums.registering.calendar_entry import certain_bookings, part_in_one_line
from partnership.documents import pdf_of
from partnership.qr_codes import QrCode
from partnership.times import current_language


@dataclass(frozen=True, slots=True)
class OwnTicket:
    """`name` is empty where a link's page names nobody (docs/decisions/0004) and needs not tell two apart."""

    name: str
    qr: QrCode
    groups: list[str]
    parts: list[str]


def lay_out_tickets(access: RegistrationAccess) -> dict[str, Any]:
    registrations = access.registrations()
    with_name = access.is_signed_in or len(registrations) > 1
    event = access.registration.event
    tickets = [_ticket(one, with_name=with_name) for one in registrations]
    return {
        "event": event,
        "partnership": event.partnership,
        "when": when_of(event),
        "place": place_of(event),
        "access_words": access_of(event),
        "tickets": [ticket for ticket in tickets if ticket],
        "language": current_language(),
        "back_url": access.page_url,
        "pdf_url": access.ticket_pdf_url,
    }


def print_tickets(access: RegistrationAccess) -> bytes:
    """A page for each, in the language shown."""
    return pdf_of(render_to_string("pdf/tickets.html", lay_out_tickets(access)))


def _ticket(registration: Registration, *, with_name: bool) -> OwnTicket | None:
    """None for who has no place on site."""
    stands = registration.state == Registration.State.CONFIRMED
    if not stands or registration.event.state == Event.State.CANCELLED:
        return None
    placed = [booking for booking in certain_bookings(registration) if booking.mode == Mode.SITE]
    if not placed:
        return None
    return OwnTicket(
        name=registration.name if with_name else "",
        qr=qr_code_of(registration),
        groups=ticket_groups(registration.ticket),
        parts=[part_in_one_line(booking) for booking in placed],
    )
