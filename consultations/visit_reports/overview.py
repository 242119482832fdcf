"""A log's overview as ready strings: how far it is, area by area."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import Finding, Visit, VisitReport
from consultations.visit_reports.glance import Glance, draw_glance
from consultations.visit_reports.items import Spot, next_open, spots_of, states_by_area
from partnership.times import long_period

SEGMENT_HEIGHT, SEGMENTS_WIDTH, SEGMENT_GAP = 16, 480, 6


@dataclass(frozen=True, slots=True)
class Segment:
    """An area in the bar of progress; `filled` of its `width` is checked."""

    x: int
    width: int
    filled: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class ItemRow:
    """`state` is empty where nobody has been yet."""

    pk: int
    code: str
    look_at: str
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class AreaRow:
    pk: int
    title: str
    progress: str
    flaws: str
    rest: str
    is_next: bool
    items: list[ItemRow]


@dataclass(frozen=True, slots=True)
class FreeRow:
    pk: int
    title: str
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class Head:
    """Whose visit it is, on every page of the log."""

    firm: str
    city: str
    when: str
    address: str


@dataclass(frozen=True, slots=True)
class Overview:
    progress: str
    flaws: str
    segments: list[Segment]
    next_item: ItemRow | None
    areas: list[AreaRow]
    free: list[FreeRow]
    glance: Glance
    has_texts: bool


def lay_out_head(visit: Visit) -> Head:
    appointment = visit.appointment
    return Head(
        firm=appointment.firm_name,
        city=visit.request.city,
        when=long_period(appointment.starts_at, appointment.ends_at),
        address=visit.request.address,
    )


def lay_out_overview(report: VisitReport) -> Overview:
    spots = spots_of(report)
    upcoming = next_open(spots)
    free = report.findings.filter(item__isnull=True)
    flaws = sum(spot.is_flaw for spot in spots) + sum(row.state in Finding.FLAWS for row in free)
    return Overview(
        progress=progress_words(spots),
        flaws=flaw_words(flaws),
        segments=segments_of(spots),
        next_item=_item(upcoming) if upcoming else None,
        areas=_areas(spots, upcoming),
        free=[FreeRow(row.pk, row.title, row.state, state_words(row)) for row in free],
        glance=draw_glance(states_by_area(spots)),
        has_texts=bool(report.summary),
    )


def find_items(report: VisitReport, text: str) -> list[ItemRow]:
    """By every word of `text`, wherever an item has it."""
    words = text.casefold().split()
    return [_item(spot) for spot in spots_of(report) if all(word in _searched(spot) for word in words)]


def progress_words(spots: Sequence[Spot]) -> str:
    return _("%(checked)s von %(all)s Punkten geprüft") % {
        "checked": sum(spot.is_checked for spot in spots),
        "all": len(spots),
    }


def flaw_words(count: int) -> str:
    """Weak or missing; empty for none."""
    words = ngettext("%(n)s Schwachstelle", "%(n)s Schwachstellen", count) % {"n": count}
    return words if count else ""


def state_words(finding: Finding) -> str:
    """'schwach, Schwere hoch'."""
    state = str(finding.get_state_display())
    if finding.severity is None:
        return state
    return _("%(state)s, Schwere %(severity)s") % {
        "state": state,
        "severity": finding.get_severity_display(),
    }


def segments_of(spots: Sequence[Spot], *, here: int | None = None) -> list[Segment]:
    """One for each area; `here` is the key of the area one stands in."""
    groups: dict[int, list[Spot]] = {}
    for spot in spots:
        groups.setdefault(spot.area.pk, []).append(spot)
    width = (SEGMENTS_WIDTH + SEGMENT_GAP) // max(len(groups), 1) - SEGMENT_GAP
    return [
        Segment(
            x=number * (width + SEGMENT_GAP),
            width=width,
            filled=width * sum(spot.is_checked for spot in group) // len(group),
            is_here=key == here,
        )
        for number, (key, group) in enumerate(groups.items())
    ]


def _areas(spots: Sequence[Spot], upcoming: Spot | None) -> list[AreaRow]:
    groups: dict[int, list[Spot]] = {}
    for spot in spots:
        groups.setdefault(spot.area.pk, []).append(spot)
    return [_area(group, upcoming) for group in groups.values()]


def _area(group: list[Spot], upcoming: Spot | None) -> AreaRow:
    area, rest = group[0].area, sum(spot.is_open for spot in group)
    return AreaRow(
        pk=area.pk,
        title=area.title,
        progress=_("%(checked)s von %(all)s geprüft")
        % {"checked": sum(spot.is_checked for spot in group), "all": len(group)},
        flaws=flaw_words(sum(spot.is_flaw for spot in group)),
        rest=ngettext("Der offene Punkt:", "Die %(n)s offenen Punkte:", rest) % {"n": rest} if rest else "",
        is_next=upcoming is not None and upcoming.area.pk == area.pk,
        items=[_item(spot) for spot in group],
    )


def _item(spot: Spot) -> ItemRow:
    return ItemRow(
        pk=spot.item.pk,
        code=spot.item.code,
        look_at=spot.item.look_at,
        state=spot.finding.state if spot.finding else "",
        words=state_words(spot.finding) if spot.finding else _("noch offen"),
    )


def _searched(spot: Spot) -> str:
    item = spot.item
    return " ".join((item.code, item.look_at, item.reason, item.standard, spot.area.title)).casefold()
