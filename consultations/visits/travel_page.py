"""What a directorate's settings mean for ways that it knows."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.models import TravelPlan
from consultations.visits.travel import Travel, estimate
from consultations.visits.travel_plans import start_of
from partnership.models import Office

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Example:
    way: str
    takes: str


def examples_of(plan: TravelPlan) -> list[Example]:
    """From the start to towns with a house of a partner, as stored."""
    start = start_of(plan)
    if start is None:
        return []
    houses = Office.objects.filter(
        is_active=True, organisation__membership__partnership__members=plan.police_id
    )
    towns: dict[str, Office] = {}
    for house in houses.exclude(city=start.city).order_by("city", "pk").distinct():
        towns.setdefault(house.city, house)
    here = (start.latitude, start.longitude)
    return [
        Example(f"{start.city} – {city}", _words(estimate(plan, here, (house.latitude, house.longitude))))
        for city, house in list(towns.items())[:SHOWN]
    ]


def _words(travel: Travel) -> str:
    return _("%(km)d km, etwa %(minutes)d Minuten") % {"km": travel.km, "minutes": travel.minutes}
