"""Content of the mails to those who wait for a place, and to the desk where somebody has to be called."""

from typing import Any

from django.urls import reverse
from django.utils import translation

from forums.event_words import place_of, when_of
from forums.mails import address_of
from forums.models import PartBooking
from forums.registering.calendar_entry import entry_for
from forums.registering.window import link_end
from forums.waiting.words import part_in_words
from partnership.current import absolute_url
from partnership.links import issue_link
from partnership.models import Post, SecretLink
from partnership.outbox import queue_mail
from partnership.queries import holders_of
from partnership.times import long_moment

State = PartBooking.State


def tell_moved_up(booking: PartBooking, *, was_offered: bool = False) -> bool:
    """A place instead of the wait, with the calendar entry as it is now. False without an address."""
    registration = booking.registration
    with translation.override(registration.page_language):
        content = _facts(booking) | {"was_offered": was_offered}
        calendar = entry_for(registration, method="REQUEST") if registration.email else None
        content["has_calendar"] = calendar is not None
    return _queue(booking, "event_moved_up", content, calendar)


def offer_place(booking: PartBooking) -> bool:
    """False without an address."""
    assert booking.offer_until is not None
    with translation.override(booking.registration.page_language):
        content = _facts(booking) | {"until": long_moment(booking.offer_until)}
    return _queue(booking, "event_offer", content)


def tell_lapsed(booking: PartBooking) -> None:
    with translation.override(booking.registration.page_language):
        content = _facts(booking)
    _queue(booking, "event_offer_lapsed", content)


def tell_ended(bookings: list[PartBooking], *, reason: str = "") -> None:
    """All of one registration: the event begins, or the desk ends it, with a reason."""
    with translation.override(bookings[0].registration.page_language):
        content = _facts(bookings[0]) | {
            "parts": [part_in_words(booking) for booking in bookings],
            "has_places": bookings[0].registration.bookings.filter(state=State.CONFIRMED).exists(),
            "reason": reason,
        }
    _queue(bookings[0], "event_waiting_ended", content)


def ask_for_call(booking: PartBooking) -> None:
    """To the desk of whoever organises: this person can only be told on the telephone."""
    registration, event = booking.registration, booking.part.event
    with translation.override("de"):
        content = _facts(booking) | {
            "contact_phone": registration.phone,
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
        "for_name": "" if booking.registration.email else booking.registration.name,
        "reference": booking.registration.reference,
        "phone": event.contact_phone or event.partnership.phone,
    }


def _queue(
    booking: PartBooking, kind: str, content: dict[str, Any], calendar: dict[str, Any] | None = None
) -> bool:
    """With a link of its own to the registration's page. False where nobody can be written to."""
    registration, event = booking.registration, booking.part.event
    to_email = address_of(registration)
    if not to_email:
        return False
    reader = registration if registration.email else registration.registered_by or registration
    token = issue_link(thing=registration, purpose=SecretLink.Purpose.EVENT, expires_at=link_end(event))
    pages = {
        "page_url": reverse("forums:registration", args=[token]),
        "answer_url": reverse("forums:waits", args=[token, registration.reference]),
    }
    content |= {name: absolute_url(event.partnership, path) for name, path in pages.items()}
    queue_mail(
        partnership=event.partnership,
        kind=kind,
        to_name=reader.name,
        to_email=to_email,
        language=registration.page_language,
        content=content,
        calendar=calendar,
        thing=registration,
    )
    return True
