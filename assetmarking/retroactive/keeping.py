"""Searches that are kept: for how long, and no longer than a lead wants it."""

import datetime

from django.utils import timezone

from assetmarking.matching.readings import readings_of
from assetmarking.models import KeptTerm, Search, SearchSettings
from assetmarking.retroactive.traces import traces_of_number
from partnership.models import Organisation


def keep_terms(search: Search) -> datetime.datetime | None:
    """Inside the transaction that writes the search; until when it is kept, None where nobody has turned that
    on. What was only an exercise is not kept."""
    settings = SearchSettings.objects.filter(organisation=search.organisation, keeps_searches=True).first()
    if settings is None or search.purpose == Search.Purpose.TRAINING:
        return None
    search.kept_until = search.searched_at + datetime.timedelta(days=settings.keep_days)
    search.save(update_fields=["kept_until"])
    KeptTerm.objects.bulk_create(kept_term(search, text) for text in search.texts)
    return search.kept_until


def kept_term(search: Search, text: str) -> KeptTerm:
    readings = readings_of(text)
    return KeptTerm(
        search=search,
        text=text,
        keys=[reading.keys[0] for reading in readings],
        traces=sorted(traces_of_number(readings, of_make=bool(search.make))),
    )


def stop_keeping(organisation: Organisation) -> None:
    """At once, and for all that is kept: what was found before stays until the search goes."""
    KeptTerm.objects.filter(search__organisation=organisation).delete()
    kept = Search.objects.filter(organisation=organisation, kept_until__gt=timezone.now())
    kept.update(kept_until=None)
