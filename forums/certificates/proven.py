"""What somebody's attendance proves: parts, and how many of their hours."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.utils.formats import number_format

from forums.door.attended import parts_attended_in
from forums.models import Event, EventPart

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class ProvenPart:
    """`halves` of the half-days that the part lasts."""

    part: EventPart
    halves: int
    of_halves: int

    @property
    def hours(self) -> Decimal:
        """Whoever was there in the morning only has the morning's share."""
        share = Decimal(self.part.credit_hours) * self.halves / self.of_halves
        return share.quantize(CENT, ROUND_DOWN)


def proven_parts(event: Event, registration_ids: Collection[int]) -> dict[int, list[ProvenPart]]:
    """By registration, in the order of the programme; who was nowhere is missing.

    Where parts have hours for a certificate, others prove nothing: a welcome, a break.
    """
    only_with_hours = event.parts.filter(credit_hours__gt=0).exists()
    found: dict[int, list[ProvenPart]] = {}
    for registration, rows in parts_attended_in(registration_ids).items():
        proven = [
            ProvenPart(row.part, len(row.attended), len(row.attended) + len(row.missed))
            for row in rows
            if row.part.credit_hours or not only_with_hours
        ]
        if proven:
            found[registration] = proven
    return found


def sum_of_hours(proven: Collection[ProvenPart]) -> Decimal:
    return sum((row.hours for row in proven), Decimal(0))


def hours_in_words(hours: Decimal) -> str:
    """'4,5' or '4'; with a point where the page is English."""
    return number_format(hours.normalize() + 0)
