"""Looking numbers up: the search and its row in the chained log are committed before anything is shown."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from assetmarking.matching.finding import Hit, find_marks
from assetmarking.models import Search
from assetmarking.retroactive.keeping import keep_terms
from assetmarking.searching.counting import count
from assetmarking.searching.found import found_words, stored
from assetmarking.searching.limits import (
    lock_numbers_today,
    numbers_today,
    reach_limit,
    settings_of,
    tell_leads,
)
from partnership.chained_log.writing import append
from partnership.models import Organisation, Person


def make_search(
    *,
    person: Person,
    organisation: Organisation,
    numbers: Sequence[str],
    purpose: str,
    case_number: str,
    make: str = "",
) -> Search:
    """Raises LimitReached beyond the daily limit, before anything is looked up, and TookTooLong."""
    limit, asked = settings_of(organisation).daily_limit, len(numbers)
    left = limit - numbers_today(person)
    search = Search(
        person=person,
        organisation=organisation,
        purpose=purpose,
        case_number=case_number,
        make=make,
        texts=list(numbers),
    )
    if asked <= left:
        matches = find_marks(numbers, make=make)
        search.found, search.is_whole = stored(numbers, matches.hits), matches.is_whole
        left = _write(search, matches.hits, limit=limit)
    if asked > left:
        reach_limit(person=person, organisation=organisation, asked=asked, left=left)
    return search


@transaction.atomic(durable=True)
def _write(search: Search, hits: Mapping[str, Sequence[Hit]], *, limit: int) -> int:
    """How many numbers the person had left; nothing is written where these are more."""
    left, asked = limit - lock_numbers_today(search.person), len(search.texts)
    if asked > left:
        return left
    search.save()
    keep_terms(search)
    if asked == left:
        tell_leads(person=search.person, organisation=search.organisation)
    with_hits = sum(bool(found) for found in hits.values())
    count(search.organisation, numbers=asked, with_hits=with_hits)
    append(
        organisation=search.organisation,
        actor=search.person,
        act="search.made",
        payload=reason_of(search)
        | ({"asked_make": search.make} if search.make else {})
        | ({} if search.is_whole else {"given_up": True})
        | {
            "asked_numbers": "; ".join(search.texts),
            "hits": sum(len(found) for found in hits.values()),
            "found_things": found_words(search.texts, hits),
        },
    )
    return left


def reason_of(search: Search) -> dict[str, Any]:
    """Why somebody searches, as each row of the search in the chained log says it."""
    return {
        "purpose": search.get_purpose_display(),
        "reference": search.case_number,
        "search_of": search.pk,
    }
