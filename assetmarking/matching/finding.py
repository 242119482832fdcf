"""Marks that may be the ones somebody asks for, each with why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, Value

from assetmarking.matching.aligning import Cell
from assetmarking.matching.judging import MatchKind, Verdict, judge, score_of
from assetmarking.matching.probing import find_farther, find_near
from assetmarking.matching.readings import Reading, readings_of
from assetmarking.matching.wording import SCORES, why
from assetmarking.models import Asset, Mark
from partnership.models.folding import folded_name

ORDER = list(MatchKind)
MOST_CONTAINED = 50


@dataclass(frozen=True, slots=True)
class Hit:
    """`score` from 1 to 4 bars."""

    mark: Mark
    score: int
    match: MatchKind
    why: str
    cells: list[Cell]

    @property
    def is_stolen(self) -> bool:
        return self.mark.asset.state == Asset.State.STOLEN

    @property
    def likelihood(self) -> str:
        return str(SCORES[self.score])


@dataclass(frozen=True, slots=True)
class Matches:
    """`hits` of each text. Where not `is_whole`, parts of numbers or two edits took too long to look for."""

    hits: dict[str, list[Hit]]
    is_whole: bool


def find_marks(texts: Sequence[str], *, make: str = "", limit: int = 50) -> Matches:
    """For each text what it may be, stolen things first, then the likeliest. What is no number has none.

    Raises probing.TookTooLong.
    """
    readings = [readings_of(text) for text in texts]
    found = find_near(readings)
    farther, is_whole = find_farther(readings, make=make)
    for place, marks in farther.items():
        found[place] |= marks
    marks_by_key = _fetch({key for marks in found.values() for key in marks}, make)
    hits = {
        text: _ranked(readings[place], [marks_by_key[key] for key in sorted(found.get(place, ()))], limit)
        for place, text in enumerate(texts)
    }
    return Matches(hits, is_whole)


def compare(asked: str, mark: Mark, *, make: str = "") -> Hit | None:
    """One number with one mark, by the same rules."""
    marks = list(_fetch([mark.pk], make).values()) if make else [mark]
    return next(iter(_ranked(readings_of(asked), marks, 1)), None)


def _fetch(keys: Iterable[int], make: str) -> dict[int, Mark]:
    """With `is_of_make`, where a make is asked for."""
    marks = Mark.objects.filter(pk__in=keys).select_related("asset").order_by("pk")
    if make:
        marks = marks.annotate(is_of_make=Q(asset__make_key=folded_name(Value(make))))
    return {mark.pk: mark for mark in marks}


def _is_of_make(mark: Mark) -> bool | None:
    return getattr(mark, "is_of_make", None) if mark.asset.make else None


def _ranked(readings: list[Reading], marks: list[Mark], limit: int) -> list[Hit]:
    hits = [hit for mark in marks if (hit := _best_hit(readings, mark)) is not None]
    hits.sort(key=lambda hit: (not hit.is_stolen, -hit.score, ORDER.index(hit.match), hit.mark.pk))
    contained = [hit for hit in hits if hit.match is MatchKind.CONTAINED][MOST_CONTAINED:]
    return [hit for hit in hits if hit not in contained][:limit]


def _best_hit(readings: list[Reading], mark: Mark) -> Hit | None:
    of_make = _is_of_make(mark)
    verdicts = [
        (verdict, reading)
        for reading in readings
        if (verdict := judge(reading.text, mark.text, is_of_make=bool(of_make))) is not None
    ]
    if not verdicts:
        return None
    verdict, reading = max(verdicts, key=lambda pair: _rank(pair[0], of_make))
    return Hit(
        mark=mark,
        score=score_of(verdict, is_of_make=of_make),
        match=verdict.match,
        why=why(verdict, is_reversed=reading.is_reversed, is_of_make=of_make),
        cells=list(verdict.alignment.cells),
    )


def _rank(verdict: Verdict, of_make: bool | None) -> tuple[int, int]:
    return score_of(verdict, is_of_make=of_make), -ORDER.index(verdict.match)
