"""The result of a search as ready strings: what was found then, described as it is recorded now."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assetmarking.matching.aligning import How
from assetmarking.matching.wording import SCORES
from assetmarking.models import Asset, Mark, MarkKind, Search, SearchOpening, StolenThing
from assetmarking.searching.found import StoredHit, StoredNumber, assets_in
from assetmarking.thefts.words import theft_line
from partnership.photos.queries import count_photos
from partnership.times import berlin_day, long_day, long_moment

MOST_WITHOUT_SUMMARY = 3
_LEGEND = {How.CONFUSABLE: "O", How.DIFFERS: "7", How.ADDITIONAL: "N", How.MISSING: "N"}


@dataclass(frozen=True, slots=True)
class CellRow:
    asked: str
    recorded: str
    how: str


@dataclass(frozen=True, slots=True)
class HitRow:
    """`stood` is the state in which it was found; `is_changed`: it is another one by now.

    Where `is_gone`, the thing has been deleted since, and only how alike it was is left.
    """

    reference: str
    is_stolen: bool
    is_gone: bool
    is_changed: bool
    stood: str
    score: int
    likelihood: str
    name: str
    make: str
    model: str
    peculiarities: str
    stolen: str
    mark: str
    mark_kind: str
    mark_place: str
    is_own_code: bool
    why: str
    cells: list[CellRow]
    photos: int
    is_opened: bool

    @property
    def bars(self) -> list[bool]:
        return [step <= self.score for step in range(1, 5)]

    @property
    def title(self) -> str:
        return " ".join(part for part in (self.name, self.make, self.model) if part)

    @property
    def asked(self) -> str:
        return "".join(cell.asked for cell in self.cells)

    @property
    def recorded(self) -> str:
        return "".join(cell.recorded for cell in self.cells)


@dataclass(frozen=True, slots=True)
class NumberRow:
    anchor: str
    text: str
    hits: list[HitRow]

    @property
    def stolen(self) -> list[HitRow]:
        return [hit for hit in self.hits if hit.is_stolen]

    @property
    def others(self) -> list[HitRow]:
        return [hit for hit in self.hits if not hit.is_stolen]


@dataclass(frozen=True, slots=True)
class ResultPage:
    """`legend` is a character and what its look means, as far as the page has it."""

    title: str
    numbers: list[NumberRow]
    searched: str
    kept_until: str
    legend: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def with_hits(self) -> list[NumberRow]:
        return [number for number in self.numbers if number.hits]

    @property
    def without(self) -> list[str]:
        return [number.text for number in self.numbers if not number.hits]

    @property
    def has_summary(self) -> bool:
        return len(self.numbers) > MOST_WITHOUT_SUMMARY

    @property
    def is_one(self) -> bool:
        return len(self.numbers) == 1


@dataclass(frozen=True, slots=True)
class _Recorded:
    """What is recorded now, by key."""

    marks: dict[int, Mark]
    thefts: dict[int, StolenThing]
    photos: dict[int, int]
    opened: set[int]


def lay_out_search(search: Search) -> ResultPage:
    """In four statements, however many numbers."""
    recorded = _read(search)
    numbers = [_number_row(at, number, recorded) for at, number in enumerate(search.found, start=1)]
    hits = [hit for number in numbers for hit in number.hits]
    return ResultPage(
        title=_title(hits),
        numbers=numbers,
        searched=long_moment(search.searched_at),
        kept_until=long_day(berlin_day(search.kept_until)) if search.kept_until else "",
        legend=_legend(hits),
    )


def _read(search: Search) -> _Recorded:
    assets = assets_in(search)
    marks = {hit["mark"] for number in search.found for hit in number["hits"]}
    thefts = StolenThing.objects.filter(asset__in=assets, ended_at__isnull=True).select_related("report")
    opened = search.openings.filter(kind=SearchOpening.Kind.OWNER)
    return _Recorded(
        marks={mark.pk: mark for mark in Mark.objects.filter(pk__in=marks).select_related("asset")},
        thefts={theft.asset_id: theft for theft in thefts},
        photos=count_photos(Asset, assets),
        opened=set(opened.values_list("asset_id", flat=True)),
    )


def _number_row(at: int, number: StoredNumber, recorded: _Recorded) -> NumberRow:
    hits = [_hit_row(hit, recorded) for hit in number["hits"]]
    return NumberRow(anchor=f"nummer-{at}", text=number["text"], hits=hits)


def _hit_row(hit: StoredHit, recorded: _Recorded) -> HitRow:
    mark = recorded.marks.get(hit["mark"])
    asset = mark.asset if mark else None
    is_stolen = hit["state"] == Asset.State.STOLEN
    theft = recorded.thefts.get(hit["asset"]) if is_stolen else None
    return HitRow(
        reference=asset.reference if asset else "",
        is_stolen=is_stolen,
        is_gone=asset is None,
        is_changed=asset is not None and asset.state != hit["state"],
        stood=str(Asset.State(hit["state"]).label),
        score=hit["score"],
        likelihood=str(SCORES[hit["score"]]),
        name=asset.name if asset else "",
        make=asset.make if asset else "",
        model=asset.model if asset else "",
        peculiarities=asset.peculiarities if asset else "",
        stolen=theft_line(theft) if theft else "",
        mark=mark.text if mark else "",
        mark_kind=mark.get_kind_display() if mark else "",
        mark_place=mark.place if mark else "",
        is_own_code=mark is not None and mark.kind == MarkKind.OWN_CODE,
        why=hit["why"],
        cells=[CellRow(*cell) for cell in hit["cells"]],
        photos=recorded.photos.get(hit["asset"], 0),
        is_opened=hit["asset"] in recorded.opened,
    )


def _title(hits: Sequence[HitRow]) -> str:
    if not hits:
        return _("Kein Treffer")
    stolen = sum(hit.is_stolen for hit in hits)
    words = ngettext("%(count)d Treffer", "%(count)d Treffer", len(hits)) % {"count": len(hits)}
    if not stolen:
        return _("%(hits)s, keiner als gestohlen gemeldet") % {"hits": words}
    return _("%(hits)s, davon %(stolen)d als gestohlen gemeldet") % {"hits": words, "stolen": stolen}


def _legend(hits: Sequence[HitRow]) -> list[tuple[str, str, str]]:
    words = {
        How.CONFUSABLE: _("leicht zu verwechseln"),
        How.DIFFERS: _("weicht ab"),
        How.ADDITIONAL: _("zusätzlich"),
        How.MISSING: _("zusätzlich"),
    }
    used = {cell.how for hit in hits for cell in hit.cells}
    if {How.ADDITIONAL, How.MISSING} <= used:
        used.discard(How.MISSING)
    return [(sample, str(how), words[how]) for how, sample in _LEGEND.items() if how in used]
