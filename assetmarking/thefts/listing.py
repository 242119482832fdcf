"""Reports in a list, latest first, in pages by key: no page counts over all."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.http import QueryDict

from assetmarking.models import StolenThing, TheftReport
from assetmarking.queries import reports_visible_to
from assetmarking.thefts.page import ReportRow, lay_out_row
from partnership.rules import Posts
from partnership.times import a_month_after, at_wall_time

PER_PAGE = 30
State = TheftReport.State
TO_CONFIRM = Q(state=State.REPORTED, declined_at__isnull=True) & ~Q(case_number="")


@dataclass(frozen=True, slots=True)
class Page:
    """`after` is the query string of the next page; empty on the last."""

    rows: list[ReportRow]
    after: str
    is_first: bool


def count_to_confirm(posts: Posts) -> int:
    return reports_visible_to(posts).filter(TO_CONFIRM).count()


def narrowed(
    reports: QuerySet[TheftReport], *, state: str | None, month: str | None, place: str | None
) -> QuerySet[TheftReport]:
    if state == "offen":
        reports = reports.filter(TO_CONFIRM)
    elif state:
        reports = reports.filter(state=state)
    if month:
        first = datetime.date.fromisoformat(f"{month}-01")
        span = [at_wall_time(day, datetime.time()) for day in (first, a_month_after(first))]
        reports = reports.filter(reported_at__gte=span[0], reported_at__lt=span[1])
    if place:
        reports = reports.filter(Q(city__icontains=place) | Q(postcode=place))
    return reports


def page_of(reports: QuerySet[TheftReport], query: QueryDict) -> Page:
    """`vor` is the last key of the page before."""
    before: Any = query.get("vor", "")
    is_first = not (before.isascii() and before.isdecimal() and len(before) < 18)
    if not is_first:
        reports = reports.filter(pk__lt=int(before))
    still_theirs = StolenThing.objects.filter(asset__firm=F("report__firm")).select_related("asset")
    rows = reports.prefetch_related(Prefetch("things", still_theirs))
    found = list(rows.order_by("-pk")[: PER_PAGE + 1])
    after = ""
    if len(found) > PER_PAGE:
        changed = query.copy()
        changed["vor"] = str(found[PER_PAGE - 1].pk)
        after = changed.urlencode()
    return Page([lay_out_row(report) for report in found[:PER_PAGE]], after, is_first)
