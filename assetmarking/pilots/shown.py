"""What may be shown of what became of firms' things (docs/decisions/0051-…). Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from partnership.small_numbers import LEAST, LEAST_SHARED, Block, Cell, Count, Node, publish, sum_of

REST = 0
"""Campaigns with too few firms or things, taken together; no campaign has this key."""
YES, NO = "yes", "no"
WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Tally:
    """Things tied to a campaign. Not to be shown as it is."""

    firms: frozenset[int] = frozenset()
    things: int = 0
    marked_later: int = 0
    stolen: int = 0
    traced: int = 0
    returned: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.firms | other.firms,
            self.things + other.things,
            self.marked_later + other.marked_later,
            self.stolen + other.stolen,
            self.traced + other.traced,
            self.returned + other.returned,
        )

    @property
    def can_stand(self) -> bool:
        return len(self.firms) >= LEAST and self.things >= LEAST_SHARED


@dataclass(frozen=True, slots=True)
class Line:
    """`stolen` is None where it would give away what is hidden of the whole."""

    things: Count
    marked_later: Count
    stolen: Count | None


@dataclass(frozen=True, slots=True)
class Whole:
    things: Count
    marked_later: Count
    stolen: Count
    traced: Count
    returned: Count


@dataclass(frozen=True, slots=True)
class Shown:
    lines: dict[int, Line]
    whole: Whole


def publish_tallies(tallies: Mapping[int, Tally]) -> Shown | None:
    """By campaign. None while too few have recorded anything.

    What is counted of things has a rest, which may be as telling: so both are the parts of a sum. The whole
    comes before the lines.
    """
    lines = _lines_that_stand(tallies)
    if not lines:
        return None
    whole = sum(lines.values(), Tally())
    later = _split({key: (tally.marked_later, tally.things) for key, tally in lines.items()})
    stolen = _split({key: (tally.stolen, tally.things) for key, tally in lines.items()})
    traced = _split({WHOLE: (whole.traced, whole.stolen)})
    returned = _split({WHOLE: (whole.returned, whole.stolen)})
    all_stolen = _widest([stolen.sums[YES], traced.sums[WHOLE], returned.sums[WHOLE]])
    shown = {}
    for key in lines:
        things = _widest([later.sums[key], stolen.sums[key]])
        shown[key] = Line(
            things, _at_most(later.cells[key, YES], things), _at_most(stolen.cells[key, YES], things)
        )
    if all_stolen != stolen.sums[YES]:
        shown = {key: replace(line, stolen=None) for key, line in shown.items()}
    all_things = sum_of(line.things for line in shown.values())
    return Shown(
        shown,
        Whole(
            things=all_things,
            marked_later=_at_most(later.sums[YES], all_things),
            stolen=_at_most(all_stolen, all_things),
            traced=_at_most(traced.cells[WHOLE, YES], all_stolen),
            returned=_at_most(returned.cells[WHOLE, YES], all_stolen),
        ),
    )


def _lines_that_stand(tallies: Mapping[int, Tally]) -> dict[int, Tally]:
    lines = {key: tally for key, tally in tallies.items() if tally.can_stand}
    rest = sum((tally for key, tally in tallies.items() if key not in lines), Tally())
    return lines | ({REST: rest} if rest.can_stand else {})


def _split(parts: Mapping[Node, tuple[int, int]]) -> Block:
    """Each line's number out of so many."""
    numbers: dict[Cell, int] = {}
    for key, (number, out_of) in parts.items():
        numbers[key, YES], numbers[key, NO] = number, out_of - number
    return publish(numbers, [YES, *parts])


def _widest(counts: Collection[Count]) -> Count:
    return Count(min(count.low for count in counts), max(count.high for count in counts))


def _at_most(count: Count, whole: Count) -> Count:
    """Anybody can see that a part is no more than the whole."""
    return Count(count.low, max(count.low, min(count.high, whole.high)))
