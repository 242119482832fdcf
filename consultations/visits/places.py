"""Where those are who ask for a visit: the choices of the filter, and marks for the map."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import VisitMatter, VisitRequest
from partnership.models import Area
from partnership.place_map import LARGE, PlaceMap, Spot, draw_places

PHONE = (288, 250)
"""Width and height in pixels."""
NAMES = {LARGE: 10, PHONE: 4}
"""So many of the places with most requests are named in a drawing; the others tell their name when asked."""
RADIUS = 13
DISTRICT_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality (`key` of its area) with how many ask there, and how many of them after a burglary."""

    key: int
    ags: str
    name: str
    latitude: float
    longitude: float
    total: int
    burglaries: int

    @property
    def words(self) -> str:
        count = ngettext("%(n)s Anfrage", "%(n)s Anfragen", self.total) % {"n": self.total}
        if not self.burglaries:
            return f"{self.name}: {count}"
        words = {"name": self.name, "count": count, "burglaries": self.burglaries}
        return _("%(name)s: %(count)s, davon nach einem Einbruch %(burglaries)s") % words


@dataclass(frozen=True, slots=True)
class RequestMark:
    """`shape` is the path of a diamond, empty where nobody asks after a burglary: there it is a circle."""

    place: Place
    x: int
    y: int
    radius: int
    name: str
    text_x: int
    text_y: int
    anchor: str
    shape: str
    href: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class RequestMap:
    drawn: PlaceMap
    marks: list[RequestMark]


def places_of(requests: QuerySet[VisitRequest]) -> list[Place]:
    """In one statement, by name. Requests whose municipality is not known are in none."""
    burglary = Q(matter__reason=VisitMatter.Reason.BURGLARY)
    columns = ("area", "area__ags", "area__name", "area__latitude", "area__longitude")
    rows = (
        requests.filter(area__isnull=False)
        .order_by("area__name", "area")
        .values_list(*columns)
        .annotate(total=Count("pk"), burglaries=Count("pk", filter=burglary))
    )
    return [Place(*row) for row in rows]


def place_choices(places: Sequence[Place]) -> list[tuple[str, str]]:
    """Districts first, where several of their municipalities are among the places."""
    districts = {place.ags[:DISTRICT_DIGITS] for place in places}
    known = Area.objects.filter(ags__in=districts, valid_until__isnull=True).order_by("name")
    several = [(area.ags, area.name) for area in known if sum(p.ags.startswith(area.ags) for p in places) > 1]
    return [*several, *((place.ags, place.name) for place in places)]


def lies_in(key: str) -> Q:
    """`key` is one of `place_choices`: of a municipality or a district."""
    return Q(area__ags__startswith=key) if len(key) == DISTRICT_DIGITS else Q(area__ags=key)


def draw_requests(
    places: Sequence[Place], query: QueryDict, *, here: str, size: tuple[int, int]
) -> RequestMap | None:
    """Each mark leads to the list of its place, with the other filters as they are in `query`."""
    by_number = sorted(places, key=lambda place: (-place.burglaries, -place.total, place.name))
    named = {place.key for place in by_number[: NAMES[size]]}
    spots = [
        Spot(
            place.name if place.key in named else "",
            place.latitude,
            place.longitude,
            radius=RADIUS,
            key=str(place.key),
        )
        for place in places
    ]
    drawn = draw_places(spots, size)
    if drawn is None:
        return None
    by_key = {str(place.key): place for place in places}
    marks = []
    for mark in drawn.marks:
        place, reach = by_key[mark.key], mark.radius + 3
        diamond = f"M{mark.x} {mark.y - reach}l{reach} {reach}l-{reach} {reach}l-{reach} -{reach}z"
        marks.append(
            RequestMark(
                place=place,
                x=mark.x,
                y=mark.y,
                radius=mark.radius,
                name=mark.name,
                text_x=mark.text_x,
                text_y=mark.text_y,
                anchor=mark.anchor,
                shape=diamond if place.burglaries else "",
                href=_address(query, place.ags),
                is_here=place.ags == here,
            )
        )
    return RequestMap(drawn, marks)


def _address(query: QueryDict, ags: str) -> str:
    changed = query.copy()
    changed.pop("seite", None)
    changed["gebiet"] = ags
    return f"?{changed.urlencode()}"
