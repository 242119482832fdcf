"""The chamber's houses side by side: how full a week, a month or a quarter is."""

import datetime

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultations import rules
from consultations.forms.firms import FirmSearch
from consultations.forms.houses import HousesForm
from consultations.house_loads import (
    NOTICED_AHEAD,
    Load,
    lay_out_houses,
    lay_out_span,
    month_of,
    month_title,
    notice_days,
    quarter_of,
    read_span,
)
from consultations.house_picture import draw_houses, draw_spans
from consultations.queries import hours_visible_to, offices_visible_to, waiting_by_house
from consultations.week import monday_of
from partnership.models import Office
from partnership.rules import posts_for
from partnership.times import today


def houses_week(request: HttpRequest, offices: list[Office], chosen: list[Office]) -> HttpResponse:
    """The week of several houses; the week of one is `desk_week.week`, which has checked who asks."""
    posts = posts_for(request)
    now = timezone.now()
    monday = monday_of(request.GET.get("woche", ""), today=today())
    days = (monday, monday + datetime.timedelta(days=6))
    all_hours = hours_visible_to(posts).filter(office__in=chosen)
    shown = lay_out_houses(
        monday=monday, offices=chosen, hours=list(all_hours.filter(day__range=days)), now=now
    )
    coming = list(all_hours.filter(day__range=(today(), today() + NOTICED_AHEAD)))
    context = {
        "week": shown,
        "picture": draw_houses(shown, _("Woche")),
        "noticed": notice_days(coming, offices={office.pk: office for office in chosen}, now=now),
        "houses": [{"office": office, "is_here": False, "count": 0} for office in offices],
        "here": _selection(offices, chosen),
        "form": HousesForm(offices=offices, chosen=chosen),
        "is_this_week": monday == monday_of("", today=today()),
        "firm_search": FirmSearch("", label=_("Für Anrufende buchen: Firma, Mitgliedsnummer oder Telefon")),
    }
    return render(request, "consultations/desk/houses_week.html", context)


@login_required
@never_cache
@require_safe
def load(request: HttpRequest) -> HttpResponse:
    """A month or a quarter, house by house: `zeitraum` is '2026-11' or '2026-Q4'."""
    posts = posts_for(request)
    if not rules.may_open_desk(posts):
        raise PermissionDenied
    offices = [o for o in offices_visible_to(posts) if o.organisation_id in posts.desks]
    if not offices:
        return render(request, "consultations/desk/no_office.html")
    span = read_span(request.GET.get("zeitraum", ""), today=today())
    hours = hours_visible_to(posts).filter(office__in=offices, day__range=(span.first, span.last))
    houses = lay_out_span(span, offices=offices, hours=list(hours), now=timezone.now())
    context = {
        "span": span,
        "houses": houses,
        "total": sum((house.load for house in houses), Load()),
        "waiting": waiting_by_house(offices),
        "months": [month_title(month) for month in span.months] if span.is_quarter else [],
        "picture": draw_spans(houses),
        "as_month": month_of(today() if span.first <= today() <= span.last else span.first),
        "as_quarter": quarter_of(span.first),
    }
    return render(request, "consultations/desk/load.html", context)


def _selection(offices: list[Office], chosen: list[Office]) -> str:
    """The part of the address that keeps the houses."""
    if len(chosen) == len(offices):
        return "haus=alle"
    return "&".join(f"haus={office.pk}" for office in chosen)
