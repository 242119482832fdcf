"""The checklist of a log in order, with what was found at each item."""

from collections.abc import Sequence
from dataclasses import dataclass

from consultations.models import ChecklistArea, ChecklistItem, Finding, VisitReport

State = Finding.State


@dataclass(frozen=True, slots=True)
class Spot:
    """An item at its place. `number` of `count` in its area, the area `area_number` of all."""

    item: ChecklistItem
    area: ChecklistArea
    area_number: int
    number: int
    count: int
    finding: Finding | None

    @property
    def state(self) -> str:
        """Without a finding it is not checked, as in the report."""
        return self.finding.state if self.finding else State.NOT_CHECKED

    @property
    def is_open(self) -> bool:
        return self.finding is None

    @property
    def is_checked(self) -> bool:
        return self.state != State.NOT_CHECKED

    @property
    def is_flaw(self) -> bool:
        return self.state in Finding.FLAWS


def spots_of(report: VisitReport) -> list[Spot]:
    """In three statements, however many items there are."""
    areas = ChecklistArea.objects.filter(checklist=report.checklist_id).prefetch_related("items")
    findings = {
        finding.item_id: finding
        for finding in report.findings.filter(item__isnull=False).select_related("saved_by")
    }
    return [
        Spot(item, area, area_number, number, len(area.items.all()), findings.get(item.pk))
        for area_number, area in enumerate(areas, start=1)
        for number, item in enumerate(area.items.all(), start=1)
    ]


def states_by_area(spots: Sequence[Spot]) -> list[tuple[str, list[str]]]:
    """As `draw_glance` takes them."""
    found: dict[int, tuple[str, list[str]]] = {}
    for spot in spots:
        found.setdefault(spot.area.pk, (spot.area.title, []))[1].append(spot.state)
    return list(found.values())


def next_open(spots: Sequence[Spot], *, after: int | None = None) -> Spot | None:
    """The next item that nobody has been at, from the one of this key on, then from the start."""
    keys = [spot.item.pk for spot in spots]
    start = keys.index(after) + 1 if after in keys else 0
    return next((spot for spot in [*spots[start:], *spots[:start]] if spot.is_open), None)
