"""The picture at a glance (Auf einen Blick): a box for each item of the checklist, area by area.

For log, report and paper alike: it takes states, not rows, so a sealed report draws what it says.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.models import Finding

State = Finding.State
BOX, GAP, IN_A_ROW = 24, 4, 10
"""In the picture's units; a box and its gap."""


@dataclass(frozen=True, slots=True)
class Box:
    state: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class GlanceArea:
    """`words` say what the picture shows: '5 in Ordnung, 2 schwach'."""

    title: str
    words: str
    boxes: list[Box]
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class StateCount:
    state: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Glance:
    sentence: str
    areas: list[GlanceArea]
    legend: list[StateCount]


def draw_glance(areas: Iterable[tuple[str, list[str]]]) -> Glance:
    """`areas`: title and the state of each item, in order. An item without a finding is not checked."""
    drawn = [_area(title, states) for title, states in areas if states]
    counts = Counter(box.state for area in drawn for box in area.boxes)
    return Glance(
        sentence=_("Jedes Kästchen ist ein Prüfpunkt, zusammen %(items)s in %(areas)s Bereichen.")
        % {"items": counts.total(), "areas": len(drawn)},
        areas=drawn,
        legend=_in_order(counts),
    )


def _area(title: str, states: list[str]) -> GlanceArea:
    step = BOX + GAP
    boxes = [
        Box(state, number % IN_A_ROW * step, number // IN_A_ROW * step) for number, state in enumerate(states)
    ]
    return GlanceArea(
        title=title,
        words=", ".join(f"{row.count} {row.label}" for row in _in_order(Counter(states)) if row.count),
        boxes=boxes,
        width=max(box.x for box in boxes) + BOX,
        height=boxes[-1].y + BOX,
    )


def _in_order(counts: Counter[str]) -> list[StateCount]:
    """The worst after the good, then what says nothing."""
    order = (State.IN_ORDER, State.WEAK, State.MISSING, State.NOT_APPLICABLE, State.NOT_CHECKED)
    return [StateCount(state.value, str(state.label), counts[state]) for state in order]
