"""Distances, as the crow flies, from centre coordinates."""

import math
import os.path
from collections.abc import Iterable

from partnership.models import Area, Office

EARTH_RADIUS_KM = 6371.0


def geo_of(latitude: float | None, longitude: float | None) -> str:
    """What a `geo:` link carries; empty where nobody knows."""
    if latitude is None or longitude is None:
        return ""
    return f"{latitude:.5f},{longitude:.5f}"


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance in kilometres between two (latitude, longitude) in degrees."""
    lat1, lat2 = math.radians(a[0]), math.radians(b[0])
    h = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(h))


def centre_of_postcode(postcode: str) -> tuple[float, float] | None:
    """(latitude, longitude) of the first area that names the postcode, or None."""
    return (
        Area.objects.filter(postcodes__contains=[postcode], valid_until__isnull=True)
        .values_list("latitude", "longitude")
        .first()
    )


def offices_by_nearness(offices: Iterable[Office], postcode: str) -> list[tuple[Office, int | None]]:
    """Offices with their distance in whole kilometres, nearest first.

    An unknown postcode orders by the longest common prefix, with no distance; an empty
    one leaves the order as it is.
    """
    offices = list(offices)
    if not postcode:
        return [(office, None) for office in offices]
    if centre := centre_of_postcode(postcode):
        measured = [(round(distance_km(centre, (o.latitude, o.longitude))), o) for o in offices]
        return [(office, km) for km, office in sorted(measured, key=lambda pair: pair[0])]

    def shared(office: Office) -> int:
        return len(os.path.commonprefix([office.postcode, postcode]))

    return [(office, None) for office in sorted(offices, key=shared, reverse=True)]
