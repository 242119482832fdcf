"""Which directorate a request for a visit goes to, and whether its place lies in the partnership at all."""

from partnership.models import Area, Office, Organisation, Partnership
from partnership.places import distance_km
from partnership.queries import members_of


def directorate_for(*, partnership: Partnership, area: Area | None) -> Organisation | None:
    """The member whose house is nearest; the first one where no place or no house is known."""
    members = list(members_of(partnership).filter(kind=Organisation.Kind.POLICE))
    if len(members) < 2 or area is None:
        return members[0] if members else None
    centre = (area.latitude, area.longitude)
    houses = Office.objects.filter(organisation__in=members, is_active=True)
    distances: dict[int, float] = {}
    for house in houses:
        km = distance_km(centre, (house.latitude, house.longitude))
        distances[house.organisation_id] = min(km, distances.get(house.organisation_id, km))
    return min(members, key=lambda police: distances.get(police.pk, float("inf")))


def lies_outside(*, partnership: Partnership, area: Area | None) -> bool:
    """A partnership that has named no areas looks after every place."""
    if not partnership.areas.exists():
        return False
    return area is None or not partnership.areas.filter(pk=area.pk).exists()
