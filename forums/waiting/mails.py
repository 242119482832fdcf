"""Content of the mails to those who wait for a place, and to the desk where somebody has to be called."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation

from forums.event_words import organisers_of, part_when_of, place_of, when_of
from forums.models import PartBooking, Registration
from forums.waiting.words import part_in_words
from partnership.current import absolute_url
from partnership.links import issue_link
from partnership.models import Post, SecretLink
from partnership.outbox import queue_mail
from partnership.queries import holders_of
from partnership.times import long_moment

LINK_OUTLASTS = datetime.timedelta(days=30)


def tell_moved_up(booking: PartBooking, *, was_offered: bool = False) -> None:
    """A place instead of the wait, with the calendar entry as it is now."""
    registration = booking.registration
    with translation.override(registration.page_language):
        content = _facts(booking) | {"was_offered": was_offered}
    if not _queue(booking, "event_moved_up", content):
        _ask_for_call(booking)


def offer_place(booking: PartBooking) -> None:
    assert booking.offer_until is not None
    with translation.override(booking.registration.page_language):
        content = _facts(booking) | {"until": long_moment(booking.offer_until)}
    if not _queue(booking, "event_offer", content):
        _ask_for_call(booking)


def tell_lapsed(booking: PartBooking) -> None:
    with translation.override(booking.registration.page_language):
        content = _facts(booking)
    _queue(booking, "event_offer_lapsed", content)


def tell_ended(bookings: list[PartBooking], *, reason: str = "") -> None:
    """All of one registration: the event begins, or the desk ends it, with a reason."""
    with translation.override(bookings[0].registration.page_language):
        content = _facts(bookings[0]) | {
            "parts": [part_in_words(booking) for booking in bookings],
            "reason": reason,
        }
    _queue(bookings[0], "event_waiting_ended", content)


def _ask_for_call(booking: PartBooking) -> None:
    """Nobody can write to this person: the desk calls."""
    registration, event = booking.registration, booking.part.event
    content = {
        "booking": booking.pk,
        "name": registration.name,
        "phone": registration.phone,
        "title": event.title,
        "when": when_of(event),
        "part": part_in_words(booking),
        "until": long_moment(booking.offer_until) if booking.offer_until else "",
        "page": absolute_url(event.partnership, reverse("events:waiting", args=[event.reference])),
    }
    people = [(person.name, person.email) for person in holders_of(Post.Role.DESK, event.organiser_id)]
    for name, email in people or [(event.contact_name, event.contact_email)]:
        if email:
            queue_mail(
                partnership=event.partnership,
                kind="event_waiting_call",
                to_name=name,
                to_email=email,
                content=content,
                thing=registration,
            )


def _facts(booking: PartBooking) -> dict[str, Any]:
    """`booking` is for the last look before the mail leaves (`still_true`)."""
    event = booking.part.event
    return {
        "booking": booking.pk,
        "title": event.title,
        "when": when_of(event),
        "place": place_of(event),
        "part": part_in_words(booking),
        "name": booking.registration.name,
        "reference": booking.registration.reference,
        "phone": event.contact_phone or event.partnership.phone,
    }


def _queue(
    booking: PartBooking, kind: str, content: dict[str, Any], calendar: dict[str, Any] | None = None
) -> bool:
    """With a link of its own to the registration's page. False where nobody can be written to."""
    registration, event = booking.registration, booking.part.event
    to_name, to_email = addressee(registration)
    if not to_email:
        return False
    expires_at = event.ends_at + LINK_OUTLASTS
    token = issue_link(thing=registration, purpose=SecretLink.Purpose.EVENT, expires_at=expires_at)
    pages = {
        "page_url": reverse("forums:registration", args=[token]),
        "answer_url": reverse("forums:offer", args=[token, booking.pk]),
        "leave_url": reverse("forums:leave_line", args=[token, booking.pk]),
    }
    content |= {name: absolute_url(event.partnership, path) for name, path in pages.items()}
    queue_mail(
        partnership=event.partnership,
        kind=kind,
        to_name=to_name,
        to_email=to_email,
        language=registration.page_language,
        content=content,
        calendar=calendar,
        thing=registration,
    )
    return True


def addressee(registration: Registration) -> tuple[str, str]:
    """(name, address): whoever registered a colleague along gets the mails of one without an address."""
    if registration.email or registration.registered_by is None:
        return registration.name, registration.email
    return registration.registered_by.name, registration.registered_by.email
