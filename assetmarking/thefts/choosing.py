"""Which of a firm's things somebody means: what was chosen stays, a search narrows the rest."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from assetmarking.matching.keys import key_of
from assetmarking.models import Asset
from assetmarking.thefts.words import describe

SHOWN = 40
"""More are found by searching."""


@dataclass(frozen=True, slots=True)
class Choice:
    """`pairs` are number and words for each box, the chosen ones first."""

    pairs: list[tuple[str, str]]
    chosen: list[str]
    has_more: bool


def choose_from(things: QuerySet[Asset], *, search: str, chosen: Sequence[str]) -> Choice:
    taken = list(things.filter(reference__in=chosen))
    rest = things.exclude(reference__in=chosen)
    found = list(_narrowed(rest, search).order_by("name", "pk")[: SHOWN + 1])
    rows = [*taken, *found[:SHOWN]]
    return Choice(
        pairs=[(asset.reference, _words(asset)) for asset in rows],
        chosen=[asset.reference for asset in taken],
        has_more=len(found) > SHOWN,
    )


def _narrowed(things: QuerySet[Asset], search: str) -> QuerySet[Asset]:
    """Every word somewhere, or a mark as a whole."""
    words = Q()
    for word in search.split():
        words &= (
            Q(name__icontains=word)
            | Q(make__icontains=word)
            | Q(model__icontains=word)
            | Q(own_number__icontains=word)
            | Q(reference__iexact=word)
        )
    key = key_of("", search) if search else ""
    return (
        things.filter(words | Q(pk__in=things.filter(marks__key=key).values("pk")))
        if key
        else things.filter(words)
    )


def _words(asset: Asset) -> str:
    marks = [mark.text for mark in asset.marks.all()][:1]
    return ", ".join(filter(None, (describe(asset), asset.own_number, *marks)))
