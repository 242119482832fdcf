"""A ticket: its number as people read it out and type it, and the address in its QR code."""

import re

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from forums.models import Event, Registration
from partnership.current import absolute_url
from partnership.qr_codes import QrCode, draw_qr_code

LENGTH = 10
LOOK_ALIKES = ("0OQD", "1ILJT7", "2Z", "5S", "8B", "UVY")
"""What is read or heard for each other. 0, O, 1, I and L are in no number."""
ADDRESS = re.compile(r".*/einlass/", re.DOTALL)


def ticket_groups(ticket: str) -> list[str]:
    """'K7M', '2PQ', 'R4ST'."""
    return [ticket[:3], ticket[3:6], ticket[6:]]


def qr_code_of(registration: Registration) -> QrCode:
    path = reverse("events:check_in", args=[registration.ticket])
    return draw_qr_code(
        absolute_url(registration.event.partnership, path), label=_("QR-Code für den Einlass")
    )


def find_ticket(registrations: QuerySet[Registration], typed: str, *, event: Event) -> Registration | None:
    """Whose number was typed, or read by a hand scanner, which types the whole address.

    In the event itself look-alikes are taken for each other where only one number fits.
    """
    number = re.sub(r"[^0-9A-Z]", "", ADDRESS.sub("", typed).upper())[: LENGTH + 1]
    if len(number) != LENGTH:
        return None
    if exact := registrations.filter(ticket=number).first():
        return exact
    pattern = "".join(f"[{_alike(sign)}]" for sign in number)
    found = list(registrations.filter(event=event, ticket__regex=f"^{pattern}$")[:2])
    return found[0] if len(found) == 1 else None


def _alike(sign: str) -> str:
    return next((signs for signs in LOOK_ALIKES if sign in signs), sign)
