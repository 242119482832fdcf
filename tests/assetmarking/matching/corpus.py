"""How well numbers are matched: what a look-up makes of the pairs in corpus.csv."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assetmarking.matching.finding import Hit, find_marks
from assetmarking.matching.judging import MatchKind
from assetmarking.models import Mark
from partnership.models import Firm
from tests.asset_factories import make_asset, make_mark

FILE = Path(__file__).with_name("corpus.csv")
OTHER = "other"
AT_ONCE = 50
LIKELY = 3
"""Bars, of four: what the result page calls likely."""


@dataclass(frozen=True, slots=True)
class Pair:
    """`expected` is how alike they are, or `OTHER` for two things."""

    asked: str
    recorded: str
    kind: str
    make: str
    expected: str
    note: str

    @property
    def asked_make(self) -> str:
        return self.make.partition("/")[0]

    @property
    def recorded_make(self) -> str:
        return self.make.partition("/")[2] or self.make

    @property
    def is_one_thing(self) -> bool:
        return self.expected != OTHER


@dataclass(frozen=True, slots=True)
class Outcome:
    """`hit` is what a search for the pair's number says of its thing, if it is found."""

    pair: Pair
    hit: Hit | None


@dataclass(frozen=True, slots=True)
class Figures:
    """`wanted` pairs are one thing, `found` of them are hits; of all `hits`, `right` are one thing."""

    wanted: int
    found: int
    hits: int
    right: int

    @property
    def recall(self) -> float:
        return self.found / self.wanted

    @property
    def precision(self) -> float:
        return self.right / self.hits


def read_pairs() -> list[Pair]:
    lines = [line for line in FILE.read_text().splitlines() if not line.startswith("#")]
    return [Pair(*row) for row in list(csv.reader(lines, delimiter=";"))[1:]]


def try_pairs(firm: Firm, pairs: Sequence[Pair]) -> list[Outcome]:
    """All things recorded first, each with its mark; then as people search, some of one make at a time."""
    things = {(pair.recorded, pair.kind, pair.recorded_make) for pair in pairs}
    marks = {thing: _record(firm, *thing) for thing in sorted(things)}
    hits: dict[tuple[str, str], list[Hit]] = {}
    for make in sorted({pair.asked_make for pair in pairs}):
        texts = [pair.asked for pair in pairs if pair.asked_make == make]
        for first in range(0, len(texts), AT_ONCE):
            found = find_marks(texts[first : first + AT_ONCE], make=make, limit=1000)
            hits |= {(make, text): of_text for text, of_text in found.items()}
    return [Outcome(pair, _hit_of(pair, marks, hits[pair.asked_make, pair.asked])) for pair in pairs]


def _record(firm: Firm, text: str, kind: str, make: str) -> Mark:
    return make_mark(make_asset(firm, make=make), text, kind=kind)


def _hit_of(pair: Pair, marks: Mapping[Any, Mark], hits: Sequence[Hit]) -> Hit | None:
    mark = marks[pair.recorded, pair.kind, pair.recorded_make]
    return next((hit for hit in hits if hit.mark == mark), None)


def figures_of(outcomes: Sequence[Outcome], *, match: MatchKind | None = None) -> Figures:
    """Of one kind: pairs that are alike in this way and found at all, and hits that are said to be."""
    wanted = [o for o in outcomes if o.pair.is_one_thing and match in (None, o.pair.expected)]
    hits = [o for o in outcomes if o.hit and match in (None, o.hit.match)]
    return _figures(wanted, hits)


def figures_of_likely(outcomes: Sequence[Outcome]) -> Figures:
    """As if only what is called likely were shown."""
    likely = [Outcome(o.pair, o.hit if o.hit and o.hit.score >= LIKELY else None) for o in outcomes]
    return _figures([o for o in likely if o.pair.is_one_thing], [o for o in likely if o.hit])


def _figures(wanted: Sequence[Outcome], hits: Sequence[Outcome]) -> Figures:
    return Figures(
        wanted=len(wanted),
        found=sum(outcome.hit is not None for outcome in wanted),
        hits=len(hits),
        right=sum(outcome.pair.is_one_thing for outcome in hits),
    )
