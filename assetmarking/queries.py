"""Reading: what a person may see of things and thefts."""

from django.db.models import Q, QuerySet

from assetmarking.models import Asset, Campaign, Pilot, StolenThing, TheftReport
from partnership.models import Firm, Person
from partnership.queries import firms_of, memberships_today
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


def pilots_visible_to(posts: Posts) -> QuerySet[Pilot]:
    """Those of the partnerships that one coordinates, or of which the own organisation is a member today."""
    members = memberships_today().filter(organisation__in=posts.desks | posts.lead_of)
    return Pilot.objects.filter(
        Q(partnership__in=members.values("partnership")) | Q(partnership__in=posts.coordinates)
    ).select_related("partnership")


def campaigns_visible_to(posts: Posts) -> QuerySet[Campaign]:
    """Those of the studies that one sees."""
    rows = Campaign.objects.filter(pilot__in=pilots_visible_to(posts).values("pk"))
    return rows.select_related("pilot__partnership")
