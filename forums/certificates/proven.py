"""What somebody's attendance proves: parts, and how many of their hours."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.db.models import Count
from django.utils.formats import number_format

from forums.door.half_days import half_days_of
from forums.models import Attendance, Event, EventPart, PartBooking

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class ProvenPart:
    """`halves` of the half-days that the part lasts."""

    part: EventPart
    mode: str
    halves: int
    of_halves: int

    @property
    def hours(self) -> Decimal:
        """Whoever was there in the morning only has the morning's share."""
        share = Decimal(self.part.credit_hours) * self.halves / self.of_halves
        return share.quantize(CENT, ROUND_DOWN)


def proven_parts(event: Event, registration_ids: Collection[int]) -> dict[int, list[ProvenPart]]:
    """By registration, in the order of the programme; nobody is in it who was nowhere.

    Where parts have hours for a certificate, others prove nothing: a welcome, a break.
    """
    parts = {part.pk: part for part in countable_parts(event)}
    rows = (
        Attendance.objects.filter(
            booking__registration__in=registration_ids,
            booking__part__in=parts,
            booking__state=PartBooking.State.CONFIRMED,
        )
        .values_list("booking__registration", "booking__part", "booking__mode")
        .annotate(halves=Count("pk"))
    )
    found: dict[int, list[ProvenPart]] = defaultdict(list)
    for registration, key, mode, halves in rows:
        lasts = len(half_days_of(parts[key]))
        found[registration].append(ProvenPart(parts[key], mode, min(halves, lasts), lasts))
    order = {key: place for place, key in enumerate(parts)}
    return {key: sorted(proven, key=lambda row: order[row.part.pk]) for key, proven in found.items()}


def countable_parts(event: Event) -> list[EventPart]:
    parts = list(event.parts.order_by("starts_at", "pk"))
    with_hours = [part for part in parts if part.credit_hours]
    return with_hours or parts


def sum_of_hours(proven: Collection[ProvenPart]) -> Decimal:
    return sum((row.hours for row in proven), Decimal(0))


def hours_in_words(hours: Decimal) -> str:
    """'4,5' or '4'; with a point where the page is English."""
    return number_format(hours.normalize() + 0)
