"""Reading: what a person may see of things and thefts."""

from django.db.models import QuerySet

from assetmarking.models import Asset, StolenThing, TheftReport
from partnership.models import Firm, Person
from partnership.queries import firms_of
from partnership.rules import Posts


def assets_of_firm(firm: Firm) -> QuerySet[Asset]:
    return Asset.objects.filter(firm=firm).select_related("site").prefetch_related("marks")


def assets_of(person: Person) -> QuerySet[Asset]:
    """Of the firms for which a person speaks."""
    rows = Asset.objects.filter(firm__in=firms_of(person).values("pk"))
    return rows.select_related("firm", "site").prefetch_related("marks")


def reports_of(person: Person) -> QuerySet[TheftReport]:
    """Of the firms for which a person speaks."""
    return TheftReport.objects.filter(firm__in=firms_of(person).values("pk")).select_related("firm", "police")


def stolen_things_of(person: Person) -> QuerySet[StolenThing]:
    """What is or was stolen from the firms for which a person speaks, and is still theirs."""
    firms = firms_of(person).values("pk")
    rows = StolenThing.objects.filter(report__firm__in=firms, asset__firm__in=firms)
    return rows.select_related("asset", "report")


def reports_visible_to(posts: Posts) -> QuerySet[TheftReport]:
    """The directorate's officers and leads see what is reported in its area."""
    return TheftReport.objects.filter(police__in=posts.police).select_related("firm", "police", "area")
