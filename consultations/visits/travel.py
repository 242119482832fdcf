"""How far and how long a way is, without asking a map service: an estimate (Schätzung). Pure.

The straight line between two coordinates times a factor for the road, driven at speeds that rise with the
length of the way: the first 10 km in town, the next 20 between towns, the rest on motorways. Roads in
Germany are about 1.3 times as long as the straight line (Ballou, Rahardja and Sakai, "Selected country
circuity factors for road travel distance estimation", 2002); the speeds are ours and meant to be corrected
by a directorate that knows its roads (`TravelPlan`).

Coordinates are centres of municipalities, so within one the distance says nothing: `WITHIN_A_PLACE` is the
least.
"""

import math
from dataclasses import dataclass

from consultations.models import TravelPlan
from partnership.places import distance_km

Place = tuple[float, float]
"""(latitude, longitude) in degrees."""

BANDS_KM = (10, 20)
"""How much of a way is driven at the first speed, and how much at the second."""
FULL_MINUTES = 5


@dataclass(frozen=True, slots=True, order=True)
class Travel:
    """Whole kilometres; minutes in full fives, rounded up."""

    km: int
    minutes: int


WITHIN_A_PLACE = Travel(3, 10)
UNKNOWN = Travel(20, 30)
"""For a way to or from a place without coordinates."""


def estimate(plan: TravelPlan, start: Place | None, end: Place | None) -> Travel:
    if start is None or end is None:
        return UNKNOWN
    km = road_km(plan, start, end)
    full = math.ceil(minutes_of(plan, km) / FULL_MINUTES) * FULL_MINUTES
    return Travel(max(WITHIN_A_PLACE.km, round(km)), max(WITHIN_A_PLACE.minutes, full))


def road_km(plan: TravelPlan, start: Place, end: Place) -> float:
    return distance_km(start, end) * (100 + plan.detour_percent) / 100


def minutes_of(plan: TravelPlan, km: float) -> float:
    """Each part of the way at its own speed, so that a longer way never takes less time."""
    near = min(km, BANDS_KM[0])
    middle = min(max(km - BANDS_KM[0], 0), BANDS_KM[1])
    far = max(km - sum(BANDS_KM), 0)
    return 60 * (near / plan.speed_near + middle / plan.speed_middle + far / plan.speed_far)
