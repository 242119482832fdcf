"""A registration as a calendar entry: one for each person, from the first own part to the last."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from forums.event_words import part_when_of, place_of
from forums.models import PartBooking, Registration
from forums.registering.bookings import standing_bookings
from partnership.calendar_files import build_calendar, calendar_entry

UID_DOMAIN = "foren.sicherheitspartnerschaft"
"""Not the sender's: that may change, and a calendar would no longer know its entry."""


def uid_of(registration: Registration) -> str:
    return f"{registration.reference}@{UID_DOMAIN}"


def sequence_of(registration: Registration) -> int:
    """Rises with what changes about the event, and with what changes about the own parts."""
    return registration.event.calendar_sequence + registration.calendar_sequence


def certain_bookings(registration: Registration) -> list[PartBooking]:
    """With a place; what somebody waits for stands in no calendar."""
    return certain_among(standing_bookings(registration))


def certain_among(bookings: Iterable[PartBooking]) -> list[PartBooking]:
    return [booking for booking in bookings if booking.state == PartBooking.State.CONFIRMED]


def entry_for(
    registration: Registration, *, method: str, certain: Sequence[PartBooking] | None = None
) -> dict[str, Any]:
    """The UID stays for life. Without a part of one's own, as in a cancellation, it is the event's time.

    `certain` are the certain bookings, where they have been read before.
    """
    event = registration.event
    certain = certain_bookings(registration) if certain is None else certain
    return calendar_entry(
        method=method,
        uid=uid_of(registration),
        sequence=sequence_of(registration),
        starts_at=min((booking.part.starts_at for booking in certain), default=event.starts_at),
        ends_at=max((booking.part.ends_at for booking in certain), default=event.ends_at),
        summary=event.title,
        location=place_of(event),
        description=_description(registration, certain),
    )


def calendar_file(registration: Registration) -> bytes:
    """For download: METHOD PUBLISH, so that a calendar adds it without asking anybody back."""
    stands = registration.state == Registration.State.CONFIRMED and certain_bookings(registration)
    entry = entry_for(registration, method="PUBLISH" if stands else "CANCEL")
    return build_calendar(partnership=registration.event.partnership, entry=entry)


def _description(registration: Registration, certain: Sequence[PartBooking]) -> str:
    lines = [part_in_one_line(booking) for booking in certain]
    way = _("Anmeldung %(reference)s. Zum Ändern oder Abmelden öffnen Sie den Link in unserer E-Mail.")
    return "\n".join([*lines, way % {"reference": registration.reference}])


def part_in_one_line(booking: PartBooking) -> str:
    """'9:00 bis 10:30 Uhr: Vortrag, Saal'; how somebody takes part is said where it is online."""
    part = booking.part
    where = part.room if booking.mode == "site" else str(booking.get_mode_display())
    return f"{part_when_of(part)}: {part.title}" + (f", {where}" if where else "")
