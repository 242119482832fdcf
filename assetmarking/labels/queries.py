"""Labels and sheets of a firm, for whoever speaks for it."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from assetmarking.matching.readings import keys_of_query
from assetmarking.models import Asset, Label, LabelSheet, Mark
from partnership.models import Firm, Person
from partnership.queries import firms_of

SHOWN = 100


def labels_of(person: Person) -> QuerySet[Label]:
    """Of the firms for which a person speaks."""
    return Label.objects.filter(firm__in=firms_of(person).values("pk")).select_related("firm", "asset")


def sheets_of(person: Person) -> QuerySet[LabelSheet]:
    """Without their files."""
    rows = LabelSheet.objects.filter(firm__in=firms_of(person).values("pk"))
    return rows.select_related("firm", "partnership").defer("pdf")


def things_to_label(firm: Firm) -> QuerySet[Any]:
    """What the firm has, with `has_label`."""
    labels = Label.objects.filter(asset=OuterRef("pk"))
    return Asset.objects.filter(firm=firm, state__in=Asset.HELD).annotate(has_label=Exists(labels))


def search_things(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """By what it is called, by its number, or by one of its marks."""
    for word in words.split():
        by_mark = Mark.objects.filter(asset=OuterRef("pk"), key__in=keys_of_query(word))
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(make__icontains=word)
            | Q(model__icontains=word)
            | Q(own_number__iexact=word)
            | Q(reference__iexact=word)
            | Exists(by_mark)
        )
    return rows
