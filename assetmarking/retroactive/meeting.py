"""What is new is held against kept searches, and new searches against what is there.

Marks, thefts and kept numbers each say when they were held against the other side (`checked_at`). A search
looks before it is committed: only because both sides are looked at again after their own commit, whichever
comes second sees the first (`tests/races/test_retroactive.py`).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from assetmarking.matching.finding import Hit, compare, find_marks
from assetmarking.matching.judging import FEWEST_FOR_TWO_EDITS
from assetmarking.matching.probing import rows_by_index
from assetmarking.matching.screening import MOST, are_alike
from assetmarking.models import Asset, KeptTerm, Mark, RetroactiveHit, Search, StolenThing
from assetmarking.retroactive.telling import tell
from assetmarking.retroactive.traces import traces_of_mark
from assetmarking.searching.counting import count
from assetmarking.searching.found import stored_hit, thing_words
from assetmarking.searching.making import reason_of
from partnership.chained_log.writing import append
from partnership.locking import lock_rows

AT_ONCE = 100
_SHARING = """
    SELECT asked.place, term.id, term.keys, search.make <> ''
    FROM unnest(%s::int[], %s::text[]) AS asked(place, traces)
    CROSS JOIN LATERAL (
        SELECT id, keys, search_id FROM assetmarking_keptterm
        WHERE traces && string_to_array(asked.traces, ' ') COLLATE "C"
    ) AS term
    JOIN assetmarking_search AS search ON search.id = term.search_id
    ORDER BY asked.place, term.id
"""


class Met(NamedTuple):
    """One number of a kept search, and the mark that suits it now."""

    term: KeptTerm
    hit: Hit


@dataclass(frozen=True, slots=True)
class LaterHit:
    """A mark with all numbers of a search that it suits. `is_new`: nobody has been told of it."""

    hit: Hit
    texts: list[str]
    is_new: bool


def meet_all() -> int:
    """The scan; returns how many hits are new. Any number may run at once."""
    return sum(_until_nothing_is_left(meet) for meet in (_meet_new_marks, _meet_new_thefts, _meet_new_terms))


def _until_nothing_is_left(meet: Any) -> int:
    new = 0
    while (found := meet()) is not None:
        new += found
    return new


@transaction.atomic
def _meet_new_marks() -> int | None:
    marks = _take(Mark.objects.select_related("asset"))
    return _write(_matches(marks)) if marks else None


@transaction.atomic
def _meet_new_thefts() -> int | None:
    things = _take(StolenThing.objects.filter(ended_at__isnull=True))
    if not things:
        return None
    assets = [thing.asset_id for thing in things]
    marks = list(Mark.objects.filter(asset__in=assets).select_related("asset"))
    return _write([*_matches(marks), *_shown_before(marks)])


@transaction.atomic
def _meet_new_terms() -> int | None:
    """What was committed while the search looked."""
    terms = _take(KeptTerm.objects.all())
    now = timezone.now()
    kept = [one for one in _with_searches(terms) if one.search.kept_until and one.search.kept_until > now]
    plain = find_marks(list(dict.fromkeys(term.text for term in kept if not term.search.make))).hits
    met = []
    for term in kept:
        make = term.search.make
        hits = find_marks([term.text], make=make).hits[term.text] if make else plain[term.text]
        met += [Met(term, hit) for hit in hits if not _was_shown(term, hit)]
    return _write(met) if terms else None


def _take(rows: Any) -> list[Any]:
    """Some that nobody has looked at, which are looked at from now on."""
    taken: list[Model] = list(
        rows.filter(checked_at__isnull=True)
        .order_by("pk")
        .select_for_update(skip_locked=True, of=("self",), no_key=True)[:AT_ONCE]
    )
    if taken:
        type(taken[0])._default_manager.filter(pk__in=[row.pk for row in taken]).update(
            checked_at=timezone.now()
        )
    return taken


def _matches(marks: Sequence[Mark]) -> list[Met]:
    """What a search for the kept number would call alike."""
    candidates = _candidates(marks)
    kept = KeptTerm.objects.filter(search__kept_until__gt=timezone.now())
    some = _with_searches(kept.filter(pk__in=set(chain(*candidates.values()))))
    terms = {term.pk: term for term in some}
    met = []
    for mark in marks:
        for term in (terms[key] for key in candidates[mark.pk] if key in terms):
            hit = compare(term.text, mark, make=term.search.make)
            if hit is not None and not _was_shown(term, hit):
                met.append(Met(term, hit))
    return met


def _candidates(marks: Sequence[Mark]) -> dict[int, list[int]]:
    """Kept numbers that share a trace with a mark and are worth setting side by side with it."""
    kept = Search.objects.filter(kept_until__gt=timezone.now())
    if not kept.exists():
        return defaultdict(list)
    of_makes = kept.exclude(make="").exists()
    traces = [" ".join(traces_of_mark(mark.key, of_makes=of_makes)) for mark in marks]
    found: dict[int, list[int]] = defaultdict(list)
    for place, term, keys, has_make in rows_by_index(_SHARING, [list(range(len(marks))), traces]):
        mark = marks[place]
        if any(_may_be(key, mark.key, has_make=has_make) for key in keys):
            found[mark.pk].append(term)
    return found


def _may_be(asked: str, recorded: str, *, has_make: bool) -> bool:
    is_long = max(len(asked), len(recorded)) >= FEWEST_FOR_TWO_EDITS - MOST
    return are_alike(asked, recorded, most=MOST if is_long or has_make else 1)


def _shown_before(marks: Iterable[Mark]) -> list[Met]:
    """What a kept search has shown as not stolen, however little alike it was."""
    met = []
    for mark in marks:
        has_shown = KeptTerm.objects.filter(
            search__kept_until__gt=timezone.now(), search__found__contains=[{"hits": [{"mark": mark.pk}]}]
        )
        for term in _with_searches(has_shown.order_by("pk")):
            hit = compare(term.text, mark, make=term.search.make)
            if hit is not None and not _was_shown(term, hit):
                met.append(Met(term, hit))
    return met


def _with_searches(terms: Iterable[KeptTerm]) -> list[KeptTerm]:
    """Each search is read once and not with each of its numbers, since what it has found is large. Without
    those that were deleted meanwhile.
    """
    there = list(terms)
    searches = Search.objects.select_related("organisation").in_bulk({term.search_id for term in there})
    there = [term for term in there if term.search_id in searches]
    for term in there:
        term.search = searches[term.search_id]
    return there


def _was_shown(term: KeptTerm, hit: Hit) -> bool:
    """Already in the search at this number, and not as something that was not stolen then and is now."""
    states = {
        shown["state"]
        for number in term.search.found
        if number["text"] == term.text
        for shown in number["hits"]
        if shown["mark"] == hit.mark.pk
    }
    return bool(states) and (not hit.is_stolen or Asset.State.STOLEN in states)


def _write(met: Sequence[Met]) -> int:
    """Hits, mails, figures, and last of all the rows of the chained log, by organisation."""
    by_search: dict[int, list[Met]] = defaultdict(list)
    for one in met:
        by_search[one.term.search_id].append(one)
    lock_rows(Search, by_search)
    searches = Search.objects.filter(pk__in=by_search).select_related("organisation", "person")
    rows = []
    for search in searches.order_by("organisation", "pk"):
        if later := _add(search, by_search[search.pk]):
            rows.append((search, later))
            new = [one for one in later if one.is_new]
            if new:
                tell(search, is_stolen=any(one.hit.is_stolen for one in new))
                count(search.organisation, retroactive=len(new))
    for search, later in rows:
        append(
            organisation=search.organisation,
            actor=None,
            act="search.met_later",
            payload=reason_of(search) | {"hits": len(later), "found_things": _words(later)},
        )
    return sum(one.is_new for _search, later in rows for one in later)


def _add(search: Search, met: Sequence[Met]) -> list[LaterHit]:
    """What is new to it; from then on that stands in the search, where it can be opened."""
    by_mark: dict[tuple[int, bool], list[Met]] = defaultdict(list)
    for one in met:
        by_mark[one.hit.mark.pk, one.hit.is_stolen].append(one)
    later = []
    for alike in by_mark.values():
        hit, texts = alike[0].hit, list(dict.fromkeys(one.term.text for one in alike))
        row, is_new = RetroactiveHit.objects.get_or_create(
            search=search, mark=hit.mark, was_stolen=hit.is_stolen, defaults={"texts": texts}
        )
        texts = [text for text in texts if is_new or text not in row.texts]
        if not texts:
            continue
        if not is_new:
            row.texts += texts
            row.save(update_fields=["texts"])
        later.append(LaterHit(hit, texts, is_new))
        for one in alike:
            _show(search, one)
    search.save(update_fields=["found"])
    return later


def _show(search: Search, one: Met) -> None:
    for number in search.found:
        if number["text"] == one.term.text:
            others = [shown for shown in number["hits"] if shown["mark"] != one.hit.mark.pk]
            number["hits"] = [stored_hit(one.hit), *others]


def _words(later: Sequence[LaterHit]) -> str:
    return "; ".join(f"{', '.join(one.texts)}: {thing_words(one.hit.mark.asset)}" for one in later)
