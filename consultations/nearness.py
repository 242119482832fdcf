"""Which offices are near a postcode, and in which words."""

import os.path
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnership.models import Office
from partnership.place_map import Spot
from partnership.places import offices_by_nearness

NEAR_KM = 40
AT_LEAST = 3


@dataclass(frozen=True, slots=True)
class NearOffice:
    """An office, its distance in whole kilometres if known, and its name among the others."""

    office: Office
    km: int | None
    label: str
    distance: str

    @property
    def is_far(self) -> bool:
        return self.km is not None and self.km > NEAR_KM


def near_offices(offices: Iterable[Office], postcode: str) -> list[NearOffice]:
    """Nearest first. An office is called by its town; where a town has several, by its house, too."""
    ranked = offices_by_nearness(offices, postcode)
    towns = [office.city for office, _km in ranked]
    return [
        NearOffice(
            office=office,
            km=km,
            label=f"{office.city}, {office.organisation.short_name}"
            if towns.count(office.city) > 1
            else office.city,
            distance=_distance(office, km, postcode),
        )
        for office, km in ranked
    ]


def preselected(near: list[NearOffice], postcode: str) -> list[int]:
    """Up to 40 km away, at least three; by the longest common start of the postcode; else all."""
    if not postcode:
        return [n.office.pk for n in near]
    if any(n.km is not None for n in near):
        return [n.office.pk for rank, n in enumerate(near) if rank < AT_LEAST or not n.is_far]
    shared = {n.office.pk: _shared_digits(n.office.postcode, postcode) for n in near}
    longest = max(shared.values(), default=0)
    return [pk for pk, digits in shared.items() if digits == longest]


def spots_of(offices: Iterable[Office]) -> list[Spot]:
    """One for each town, at its main house if it has one."""
    main_last = sorted(offices, key=lambda office: office.kind == Office.Kind.MAIN)
    return list(
        {
            o.city: Spot(o.city, o.latitude, o.longitude, o.kind == Office.Kind.MAIN) for o in main_last
        }.values()
    )


def listed(names: Iterable[str]) -> str:
    """'Leipzig, Borna und Grimma', none twice."""
    once = list(dict.fromkeys(names))
    if len(once) < 2:
        return "".join(once)
    return _("%(names)s und %(last)s") % {"names": ", ".join(once[:-1]), "last": once[-1]}


def _shared_digits(a: str, b: str) -> int:
    return len(os.path.commonprefix([a, b]))


def _distance(office: Office, km: int | None, postcode: str) -> str:
    if postcode and (office.postcode == postcode or km == 0):
        return _("in Ihrem Ort")
    return "" if km is None else _("%(km)d km") % {"km": km}
