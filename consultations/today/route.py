"""The way of a day: how far it is from station to station, and a sketch of it.

Reckoned from the places as they now follow each other; what a visit has blocked stays as it was planned.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from consultations.models import TravelPlan
from consultations.today.stations import Station, VisitStation
from consultations.visits.travel import Place as Point
from consultations.visits.travel import Travel, estimate
from consultations.visits.travel_plans import plan_of, start_of
from partnership.models import Office
from partnership.place_map import Mark, PlaceMap, Spot, draw_places

SIZE = (430, 256)
"""As wide as a phone shows it."""
RADIUS, OF_START = 14, 6
Stations = Sequence[Station | VisitStation]


@dataclass(frozen=True, slots=True)
class Route:
    """`legs` are the ways to each station in order; `back` is the one home."""

    legs: list[Travel]
    back: Travel
    start: str

    @property
    def km(self) -> int:
        return sum(leg.km for leg in self.legs) + self.back.km

    @property
    def words(self) -> list[str]:
        return [words_of(leg) for leg in self.legs]

    @property
    def way_home(self) -> str:
        return words_of(self.back)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A dot of the sketch. `numbers` are the stations there; `kind` is 'done', 'alarm', 'start' or ''."""

    mark: Mark
    numbers: str
    kind: str


@dataclass(frozen=True, slots=True)
class RouteMap:
    map: PlaceMap
    line: str
    dots: list[Numbered]
    label: str


class Ways:
    """Where each directorate's days begin, read once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[TravelPlan, Office | None]] = {}

    def of(self, police_id: int) -> tuple[TravelPlan, Office | None]:
        if police_id not in self._known:
            plan = plan_of(police_id)
            self._known[police_id] = (plan, start_of(plan))
        return self._known[police_id]


def reckon(stations: Stations, ways: Ways) -> Route | None:
    """None without a visit: to office hours an officer drives as always."""
    if not any(isinstance(station, VisitStation) for station in stations):
        return None
    plan, office = ways.of(stations[0].police_id)
    home: Point | None = (office.latitude, office.longitude) if office else None
    points = [home, *(station.place.point for station in stations)]
    legs = [estimate(plan, start, end) for start, end in pairwise(points)]
    return Route(legs, estimate(plan, points[-1], home), office.city if office else _("Dienststelle"))


def sketch(stations: Stations, ways: Ways) -> RouteMap | None:
    """None for a day in one place, and where a place's coordinates are not known."""
    _plan, office = ways.of(stations[0].police_id) if stations else (None, None)
    points = {station.place.city: station.place.point for station in reversed(stations)}
    if None in points.values() or not stations:
        return None
    begins_elsewhere = office is not None and office.city not in points
    if office and begins_elsewhere:
        points[office.city] = (office.latitude, office.longitude)
    spots = [Spot(name, point[0], point[1]) for name, point in points.items() if point]
    drawn = draw_places(spots, SIZE)
    if drawn is None:
        return None
    marks = {mark.name: mark for mark in drawn.marks}
    cities = [station.place.city for station in stations]
    way = [*([office.city] if office else []), *cities]
    return RouteMap(
        map=drawn,
        line=" ".join(f"{marks[city].x},{marks[city].y}" for city in way),
        dots=[_dot(mark, stations) for mark in drawn.marks],
        label=_("Der Weg: %(places)s.") % {"places": ", ".join(way)},
    )


def words_of(travel: Travel) -> str:
    return _("%(km)d km, etwa %(minutes)d Minuten") % {"km": travel.km, "minutes": travel.minutes}


def _dot(mark: Mark, stations: Stations) -> Numbered:
    here = [(number, s) for number, s in enumerate(stations, start=1) if s.place.city == mark.name]
    kind = "" if here else "start"
    if here and all(not station.mark for _number, station in here):
        kind = "done"
    elif any(isinstance(station, VisitStation) and station.alarm for _number, station in here):
        kind = "alarm"
    return Numbered(mark, ", ".join(str(number) for number, _station in here), kind)
