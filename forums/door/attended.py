"""In which parts somebody was there, read for many at once."""

from collections.abc import Collection
from dataclasses import dataclass

from forums.door.half_days import HalfDay, half_days_of
from forums.models import Attendance, EventPart, PartBooking, Registration


@dataclass(frozen=True, slots=True)
class AttendedPart:
    """A part in which somebody was there, in at least one of its half-days."""

    part: EventPart
    attended: list[HalfDay]
    missed: list[HalfDay]

    @property
    def is_whole(self) -> bool:
        return not self.missed


def parts_attended(registration: Registration) -> list[AttendedPart]:
    return parts_attended_in([registration.pk]).get(registration.pk, [])


def parts_attended_in(registration_ids: Collection[int]) -> dict[int, list[AttendedPart]]:
    """By registration, in one statement for any number; who was never there is missing."""
    rows = Attendance.objects.filter(booking__registration__in=registration_ids)
    attended: dict[PartBooking, set[HalfDay]] = {}
    for row in rows.select_related("booking__part__event").order_by(
        "booking__part__starts_at", "booking__part"
    ):
        attended.setdefault(row.booking, set()).add(HalfDay(row.day, row.half))
    found: dict[int, list[AttendedPart]] = {}
    for booking, halves in attended.items():
        missed = [half for half in half_days_of(booking.part) if half not in halves]
        found.setdefault(booking.registration_id, []).append(
            AttendedPart(booking.part, sorted(halves), missed)
        )
    return found
