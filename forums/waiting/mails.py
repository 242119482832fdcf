"""Content of the mails to those who wait for a place, and to the desk where somebody has to be called."""

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse
from django.utils import translation

from forums.event_words import place_of, when_of
from forums.mails import address_of
from forums.models import PartBooking
from forums.registering.access import issue_own_links
from forums.registering.bookings import standing_bookings_of_each
from forums.registering.calendar_entry import certain_among, entry_for
from forums.waiting.words import part_in_words
from partnership.current import absolute_url
from partnership.models import Post
from partnership.outbox import Draft, queue_mail, queue_mails
from partnership.queries import holders_of
from partnership.times import long_moment

State = PartBooking.State
Written = tuple[dict[str, Any], dict[str, Any] | None]
"""Content and calendar entry."""


def tell_moved_up(bookings: Sequence[PartBooking], *, was_offered: bool = False) -> list[PartBooking]:
    """A place instead of the wait, with the calendar entry as it is now. Returns those without an address."""
    own = standing_bookings_of_each(booking.registration for booking in bookings)

    def write(booking: PartBooking) -> Written:
        registration, calendar = booking.registration, None
        if registration.email:
            certain = certain_among(own[registration.pk])
            calendar = entry_for(registration, method="REQUEST", certain=certain)
        also = {"was_offered": was_offered, "has_calendar": calendar is not None}
        return _facts(booking) | also, calendar

    return _queue(bookings, "event_moved_up", write)


def offer_places(bookings: Sequence[PartBooking]) -> list[PartBooking]:
    """Returns those without an address."""

    def write(booking: PartBooking) -> Written:
        assert booking.offer_until is not None
        return _facts(booking) | {"until": long_moment(booking.offer_until)}, None

    return _queue(bookings, "event_offer", write)


def tell_lapsed(booking: PartBooking) -> None:
    _queue([booking], "event_offer_lapsed", lambda booking: (_facts(booking), None))


def tell_ended(bookings: list[PartBooking], *, reason: str = "") -> None:
    """All of one registration: the event begins, or the desk ends it, with a reason."""

    def write(first: PartBooking) -> Written:
        also = {
            "parts": [part_in_words(booking) for booking in bookings],
            "has_places": first.registration.bookings.filter(state=State.CONFIRMED).exists(),
            "reason": reason,
        }
        return _facts(first) | also, None

    _queue(bookings[:1], "event_waiting_ended", write)


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
    bookings: Sequence[PartBooking], kind: str, write: Callable[[PartBooking], Written]
) -> list[PartBooking]:
    """Of one event, in the language of each. Returns those of whom nobody can be written to."""
    told = [booking for booking in bookings if address_of(booking.registration)]
    if told:
        tokens = issue_own_links([booking.registration for booking in told])
        queue_mails(_draft(booking, kind, write, tokens[booking.registration_id]) for booking in told)
    return [booking for booking in bookings if booking not in told]


def _draft(booking: PartBooking, kind: str, write: Callable[[PartBooking], Written], token: str) -> Draft:
    """With a link of its own to the registration's page."""
    registration, event = booking.registration, booking.part.event
    reader = registration if registration.email else registration.registered_by or registration
    with translation.override(registration.page_language):
        content, calendar = write(booking)
    pages = {
        "page_url": reverse("forums:registration", args=[token]),
        "answer_url": reverse("forums:waits", args=[token, registration.reference]),
    }
    return {
        "partnership": event.partnership,
        "kind": kind,
        "to_name": reader.name,
        "to_email": address_of(registration),
        "language": registration.page_language,
        "content": content | {name: absolute_url(event.partnership, path) for name, path in pages.items()},
        "calendar": calendar,
        "thing": registration,
    }
