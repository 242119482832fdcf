"""A sketch of places: dots where they lie, on a plain ground, ready for an SVG. Pure."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

LARGE = (520, 400)
SMALL = (264, 220)
"""Width and height in pixels; each is drawn at about its size, so that names keep theirs."""
EDGE = 1 / 9
"""Share of the width kept free around the outermost places."""
LETTER = 9.5
LINE = 24
GAP = 14
KM_PER_DEGREE = 111.32


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to draw: its name, degrees (WGS84), and whether it stands out. `radius` in pixels, where it is
    another than a dot's; `key` finds the mark again, and an empty name is not written."""

    name: str
    latitude: float
    longitude: float
    is_main: bool = False
    radius: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """All in pixels; `anchor` is SVG's text-anchor."""

    name: str
    x: int
    y: int
    radius: int
    text_x: int
    text_y: int
    anchor: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class PlaceMap:
    marks: list[Mark]
    scale_km: int
    scale_pixels: int
    width: int
    height: int

    @property
    def scale_y(self) -> int:
        return self.height - 16


def draw_places(spots: Iterable[Spot], size: tuple[int, int] = LARGE) -> PlaceMap | None:
    """None where there is nothing to compare: fewer than two places."""
    spots = sorted(spots, key=lambda spot: -spot.latitude)
    if len(spots) < 2:
        return None
    pixels_per_km, left, top = _frame(spots, *size)
    middle = math.cos(math.radians(sum(s.latitude for s in spots) / len(spots)))
    marks: list[Mark] = []
    for spot in spots:
        x = round(left + spot.longitude * KM_PER_DEGREE * middle * pixels_per_km)
        y = round(top - spot.latitude * KM_PER_DEGREE * pixels_per_km)
        marks.append(_label(spot, x, y, marks, width=size[0]))
    scale_km = next(km for km in (50, 20, 10, 5, 2, 1) if km * pixels_per_km <= size[0] / 3 or km == 1)
    return PlaceMap(marks, scale_km, round(scale_km * pixels_per_km), *size)


def _frame(spots: list[Spot], width: int, height: int) -> tuple[float, float, float]:
    """(pixels per kilometre, x of longitude 0, y of latitude 0), so that all places fit and are centred."""
    middle = math.cos(math.radians(sum(s.latitude for s in spots) / len(spots)))
    easts = [s.longitude * KM_PER_DEGREE * middle for s in spots]
    norths = [s.latitude * KM_PER_DEGREE for s in spots]
    wide, high = max(easts) - min(easts), max(norths) - min(norths)
    free = 1 - 2 * EDGE
    per_km = min(width * free / max(wide, 1), (height - 2 * width * EDGE) / max(high, 1))
    left = (width - (min(easts) + max(easts)) * per_km) / 2
    top = (height + (min(norths) + max(norths)) * per_km) / 2
    return per_km, left, top


def _label(spot: Spot, x: int, y: int, drawn: list[Mark], *, width: int) -> Mark:
    """At the right, at the left where that leaves the drawing, else lower until it covers no other name."""
    radius = spot.radius or (9 if spot.is_main else 7)
    gap = max(GAP, radius + 5)
    length = round(len(spot.name) * LETTER)
    fits_right = x + gap + length <= width
    anchor, text_x = ("start", x + gap) if fits_right else ("end", x - gap)
    text_y = y + 6
    while spot.name and any(_covers(text_x, text_y, length, anchor, o) for o in drawn if o.name):
        text_y += LINE // 2
    return Mark(spot.name, x, y, radius, text_x, text_y, anchor, spot.key)


def _covers(x: int, y: int, length: int, anchor: str, other: Mark) -> bool:
    start = x if anchor == "start" else x - length
    other_length = round(len(other.name) * LETTER)
    other_start = other.text_x if other.anchor == "start" else other.text_x - other_length
    overlaps = start < other_start + other_length and other_start < start + length
    return overlaps and abs(y - other.text_y) < LINE
