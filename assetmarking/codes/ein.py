"""The owner's code that is engraved (Eigentümer-Identifizierungs-Nummer): an address in key numbers.

Layouts differ by Land and decade, and nothing in it proves it. So there are readings, each with how sure it
is, and none is refused.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.models import Area

PLATES = {
    "14511": "C",
    "14521": "ERZ ANA ASZ AU MAB MEK STL SZB ZP",
    "14522": "FG BED BRB DL FLÖ HC MW RL",
    "14523": "V AE OVL PL RC",
    "14524": "Z GC HOT WDA",
    "14612": "DD",
    "14625": "BZ BIW HY KM",
    "14626": "GR LÖB NOL NY WSW ZI",
    "14627": "MEI GRH RG RIE",
    "14628": "PIR DW FTL SEB",
    "14713": "L",
    "14729": "L BNA GHA GRM MTL WUR",
    "14730": "TDO DZ EB OZ TG TO",
}
"""District of Saxony by its official key -> plates; the first is today's."""
STREET_DIGITS, HOUSE_DIGITS, MUNICIPALITY_DIGITS = 5, 3, 3
LAYOUTS = ((3, 5, 3), (3, 5, 4), (0, 5, 3), (0, 5, 4), (2, 5, 3), (8, 5, 3), (3, 4, 3))
"""Digits of municipality, street and house number, the usual one first. Towns that are a district by
themselves were often left without a municipality; eight digits are the whole official key."""
_NUMERIC = re.compile(
    r"(?P<plate>[A-ZÄÖÜ]{1,3})(?P<digits>\d{8,17})(?P<suffix>[A-Z]?)(?P<initials>[A-ZÄÖÜ]{2})(?P<year>\d{2})?"
)
_SPELLED = re.compile(
    r"(?P<plate>[A-ZÄÖÜ]{1,3})(?P<municipality>\d{3})(?P<street>[A-ZÄÖÜ]{3,8})(?P<house>\d{1,3})"
    r"(?P<initials>[A-ZÄÖÜ]{2})(?P<year>\d{2})?"
)
"""As in Bavaria: the street's first letters instead of its key."""
_SEPARATORS = re.compile(r"[\s./_–—-]+")


class Confidence(models.IntegerChoices):
    CERTAIN = 1, gettext_lazy("sicher")
    LIKELY = 2, gettext_lazy("wahrscheinlich")
    GUESSED = 3, gettext_lazy("geraten")


@dataclass(frozen=True, slots=True)
class Reading:
    plate: str
    municipality: str
    street: str
    house: str
    initials: str
    year: str
    place: str
    """Name of the municipality; empty where it is not known here."""
    confidence: Confidence

    @property
    def words(self) -> list[tuple[Any, str]]:
        """Label and value of each part."""
        parts = [
            (_("Kennzeichen"), self.plate),
            (_("Gemeinde"), f"{self.place} ({self.municipality})" if self.place else self.municipality),
            (_("Straßenschlüssel"), self.street),
            (_("Hausnummer"), self.house.lstrip("0")),
            (_("Initialen"), self.initials),
            (_("gekennzeichnet im Jahr"), f"20{self.year}" if self.year else ""),
        ]
        return [(label, value) for label, value in parts if value]


def form_ein(*, area: Area, street: str, house: str, initials: str, year: int) -> str:
    """In groups, as it is read out: 'L 080 01234 012 MM 26'."""
    plate = PLATES[area.ags[:5]].split()[0]
    return (
        f"{plate} {area.ags[5:]} {street.zfill(STREET_DIGITS)} {house.zfill(HOUSE_DIGITS)} "
        f"{initials.upper()} {year % 100:02}"
    )


def areas_with_plate() -> models.QuerySet[Area]:
    """Municipalities of today for which a code can be formed."""
    rows = Area.objects.filter(valid_until__isnull=True, ags__regex=r"^\d{8}$")
    return rows.filter(ags__regex=f"^({'|'.join(PLATES)})").order_by("name")


def readings_of(text: str) -> list[Reading]:
    """The surest first; none where it has no layout that is known."""
    groups = [group for group in _SEPARATORS.split(text.strip().upper()) if group]
    joined = "".join(groups)
    if match := _NUMERIC.fullmatch(joined):
        found = _numeric_readings(match, groups)
    elif match := _SPELLED.fullmatch(joined):
        found = [match.groupdict("")]
    else:
        return []
    names = _names_of(found)
    many = len(found) > 1
    readings = [_reading(parts, names, groups=groups, is_one_of_many=many) for parts in found]
    return sorted(readings, key=lambda reading: reading.confidence)


def _numeric_readings(match: re.Match[str], groups: list[str]) -> list[dict[str, str]]:
    digits, found = match["digits"], []
    for municipality, street, house in LAYOUTS:
        if municipality + street + house == len(digits):
            parts = {
                "municipality": digits[:municipality],
                "street": digits[municipality : municipality + street],
                "house": digits[municipality + street :] + match["suffix"],
            }
            shared = {name: match[name] or "" for name in ("plate", "initials", "year")}
            found.append(shared | parts)
    return found


def _reading(
    parts: dict[str, str], names: dict[str, str], *, groups: list[str], is_one_of_many: bool
) -> Reading:
    """Sure: the place exists, and either the spaces or the length allow nothing else."""
    place = next((names[key] for key in _keys_of(parts) if key in names), "")
    is_grouped = all(parts[name] in groups for name in ("street", "house"))
    if place and (is_grouped or not is_one_of_many):
        confidence = Confidence.CERTAIN
    elif place or is_grouped:
        confidence = Confidence.LIKELY
    else:
        confidence = Confidence.GUESSED
    return Reading(place=place, confidence=confidence, **{name: parts[name] for name in _PARTS})


_PARTS = ("plate", "municipality", "street", "house", "initials", "year")


def _keys_of(parts: dict[str, str]) -> list[str]:
    """Official keys that plate and municipality may mean. A plate can have two districts; a town that is one
    by itself is municipality 000."""
    given = parts["municipality"]
    if len(given) > MUNICIPALITY_DIGITS:
        return [given]
    districts = [key for key, plates in PLATES.items() if parts["plate"] in plates.split()]
    return [f"{district}{given.zfill(MUNICIPALITY_DIGITS)}" for district in districts]


def _names_of(found: Iterable[dict[str, str]]) -> dict[str, str]:
    keys = {key for parts in found for key in _keys_of(parts)}
    return dict(Area.objects.filter(ags__in=keys).order_by("valid_from").values_list("ags", "name"))
