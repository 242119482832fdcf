"""What is new is held against kept searches, and new searches against what is there.

Marks, thefts and kept numbers each say when they were held against the other side (`checked_at`). A search
looks before it is committed: only because both sides are looked at again after their own commit, whichever
comes second sees the first (`tests/races/test_retroactive.py`).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db import transaction
from django.db.models import Func, Model, TextField, Value
from django.utils import timezone

from assetmarking.matching.finding import Hit, compare, find_marks
from assetmarking.matching.judging import FEWEST_CONTAINED, FEWEST_FOR_TWO_EDITS
from assetmarking.matching.readings import neighbours_of
from assetmarking.models import Asset, KeptTerm, Mark, RetroactiveHit, Search, StolenThing
from assetmarking.retroactive.pairs import pairs_in_mark
from assetmarking.retroactive.telling import tell
from assetmarking.searching.counting import count
from assetmarking.searching.found import stored_hit, thing_words
from assetmarking.searching.making import reason_of
from partnership.chained_log.writing import append
from partnership.locking import lock_rows

AT_ONCE = 100


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
    terms = _take(KeptTerm.objects.select_related("search__organisation"))
    now, met = timezone.now(), []
    for term in terms:
        if term.search.kept_until is None or term.search.kept_until <= now:
            continue
        hits = find_marks([term.text], make=term.search.make).hits[term.text]
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


def _matches(marks: Iterable[Mark]) -> list[Met]:
    """Equal, one edit away, two of a long number, or a number that was searched as a part of this one."""
    kept = KeptTerm.objects.filter(search__kept_until__gt=timezone.now())
    if not kept.exists():
        return []
    met = []
    for mark in marks:
        terms = kept.filter(keys__overlap=_array_of(_probes(mark.key)))
        for term in terms.select_related("search__organisation").order_by("pk"):
            hit = compare(term.text, mark)
            if hit is not None and not _was_shown(term, hit):
                met.append(Met(term, hit))
    return met


def _shown_before(marks: Iterable[Mark]) -> list[Met]:
    """What a kept search has shown as not stolen, however little alike it was."""
    met = []
    for mark in marks:
        has_shown = KeptTerm.objects.filter(
            search__kept_until__gt=timezone.now(), search__found__contains=[{"hits": [{"mark": mark.pk}]}]
        )
        for term in has_shown.select_related("search__organisation").order_by("pk"):
            hit = compare(term.text, mark, make=term.search.make)
            if hit is not None and not _was_shown(term, hit):
                met.append(Met(term, hit))
    return met


def _array_of(keys: set[str]) -> Func:
    """From a SELECT, since the planner would weigh a constant key by key. Of one mark at a time: what the
    index of keys takes for an array grows with its square.
    """
    return Func(
        Value(" ".join(keys)),
        Value(" "),
        function="string_to_array",
        template="(SELECT %(function)s(%(expressions)s))",
        output_field=ArrayField(TextField()),
    )


def _probes(key: str) -> set[str]:
    parts = {
        key[start:end] for start in range(len(key)) for end in range(start + FEWEST_CONTAINED, len(key) + 1)
    }
    pairs = pairs_in_mark(key) if len(key) >= FEWEST_FOR_TWO_EDITS - 2 else set()
    return {key, *neighbours_of(key), *parts, *pairs}


def _was_shown(term: KeptTerm, hit: Hit) -> bool:
    """Already in the search at this number, and not as something that was not stolen then and is now."""
    states = {
        shown["state"]
        for number in term.search.found
        for shown in number["hits"]
        if number["text"] == term.text and shown["mark"] == hit.mark.pk
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
