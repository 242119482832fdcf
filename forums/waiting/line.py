"""Who waits for a place in a part, in which order."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from forums.models import Event, EventPart, PartBooking, Registration

State = PartBooking.State
TOLD_WITH = (
    "registration__registered_by",
    "registration__event__office",
    "part__event__partnership",
    "part__event__organiser",
    "part__event__office",
)
"""What mails about a wait read."""
Places = dict[int, tuple[int, int]]
"""Key of a booking -> (place, how many wait) for the same part in the same way."""


def line_of(part: EventPart, mode: str) -> QuerySet[PartBooking]:
    """Who waits for a part, in order, without those who have a place in another at the same time."""
    elsewhere = PartBooking.objects.filter(
        registration=OuterRef("registration"),
        state__in=(State.CONFIRMED, State.OFFERED),
        part__is_for_all=False,
        part__starts_at__lt=part.ends_at,
        part__ends_at__gt=part.starts_at,
    ).exclude(part=part)
    line = waiting_for(part, mode).order_by("waits_since", "pk")
    return line if part.is_for_all else line.exclude(Exists(elsewhere))


def waiting_for(part: EventPart, mode: str) -> QuerySet[PartBooking]:
    return _waiting().filter(part=part, mode=mode).select_related(*TOLD_WITH)


def place_in_line(booking: PartBooking) -> tuple[int, int]:
    """(place, how many wait) for the same part in the same way."""
    line = waiting_for(booking.part, booking.mode)
    ahead = Q(waits_since__lt=booking.waits_since) | Q(waits_since=booking.waits_since, pk__lt=booking.pk)
    return line.filter(ahead).count() + 1, line.count()


def places_in_lines(bookings: Iterable[PartBooking]) -> Places:
    """Of those among them that wait, in one statement."""
    parts = {booking.part_id for booking in bookings if booking.state == State.WAITLISTED}
    if not parts:
        return {}
    lines: dict[tuple[int, str], list[int]] = {}
    rows = _waiting().filter(part__in=parts).order_by("waits_since", "pk")
    for key, part_id, mode in rows.values_list("pk", "part", "mode"):
        lines.setdefault((part_id, mode), []).append(key)
    return {key: (place, len(line)) for line in lines.values() for place, key in enumerate(line, start=1)}


def waited_for(event: Event) -> set[tuple[int, str]]:
    """Part and mode in which somebody waits: what is free there is not for anybody new."""
    waits = PartBooking.objects.filter(part__event=event, state=State.WAITLISTED)
    return set(waits.values_list("part", "mode"))


def _waiting() -> QuerySet[PartBooking]:
    return PartBooking.objects.filter(
        state=State.WAITLISTED, registration__state=Registration.State.CONFIRMED
    )
