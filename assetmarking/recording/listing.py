"""The things of a firm as a list, in pages by key: no page counts over all."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.http import QueryDict

from assetmarking.labels.queries import search_things
from assetmarking.models import Asset
from assetmarking.queries import assets_of_firm
from partnership.models import Firm
from partnership.times import numeric_date, today

PER_PAGE = 50
BADGES = {
    Asset.State.STOLEN: "danger",
    Asset.State.LENT: "info",
    Asset.State.FOUND: "success",
}


@dataclass(frozen=True, slots=True)
class ThingRow:
    reference: str
    name: str
    marks: str
    where: str
    state: str
    badge: str
    lent: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class ThingsPage:
    """`after` is the query string of the next page; empty on the last."""

    rows: list[ThingRow]
    after: str


@dataclass(frozen=True, slots=True)
class StateTotal:
    state: str
    label: str
    number: int


def totals_of(firm: Firm) -> tuple[list[StateTotal], Decimal]:
    """How many are in which state, and what those are worth that the firm has. Two statements."""
    things = Asset.objects.filter(firm=firm)
    counts = dict(things.order_by().values_list("state").annotate(Count("pk")))
    worth = things.filter(state__in=Asset.HELD).aggregate(sum=Sum("value"))["sum"] or Decimal()
    totals = [
        StateTotal(state.value, str(state.label), counts[state]) for state in Asset.State if state in counts
    ]
    return totals, worth


def things_page(firm: Firm, *, search: str, state: str, query: QueryDict) -> ThingsPage:
    """`nach` is the number of the last thing of the page before."""
    things = assets_of_firm(firm)
    if state:
        things = things.filter(state=state)
    things = _behind(search_things(things, search), firm, query.get("nach", ""))
    found = list(things.order_by("name", "pk")[: PER_PAGE + 1])
    after = ""
    if len(found) > PER_PAGE:
        changed = query.copy()
        changed["nach"] = found[PER_PAGE - 1].reference
        after = changed.urlencode()
    return ThingsPage([_row(asset) for asset in found[:PER_PAGE]], after)


def _behind(things: QuerySet[Asset], firm: Firm, reference: str) -> QuerySet[Asset]:
    last = Asset.objects.filter(firm=firm, reference=reference).first() if reference else None
    return things.filter(Q(name__gt=last.name) | Q(name=last.name, pk__gt=last.pk)) if last else things


def _row(asset: Asset) -> ThingRow:
    until = asset.lent_until
    return ThingRow(
        reference=asset.reference,
        name=str(asset),
        marks=", ".join(mark.text for mark in asset.marks.all()),
        where=asset.site.city if asset.site else "",
        state=str(asset.get_state_display()),
        badge=BADGES.get(Asset.State(asset.state), ""),
        lent=" · ".join(part for part in (asset.lent_to, numeric_date(until) if until else "") if part),
        is_late=until is not None and until < today(),
    )
