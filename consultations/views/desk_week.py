"""The chamber's desk: a week of one house at a glance."""

import datetime

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultations import rules
from consultations.day_sheet import print_day
from consultations.forms.firms import FirmSearch
from consultations.models import OfficeHours
from consultations.queries import (
    hours_visible_to,
    offices_visible_to,
    standing_in,
    waiting_by_house,
)
from consultations.today.page import read_day
from consultations.vacancies import vacant_in
from consultations.views.house_loads import houses_week
from consultations.week import Week, lay_out_week, monday_of
from consultations.week_picture import draw_week
from partnership.models import Office
from partnership.rules import posts_for
from partnership.times import long_date, today


@login_required
@never_cache
@require_safe
def week(request: HttpRequest) -> HttpResponse:
    posts = posts_for(request)
    if not rules.may_open_desk(posts):
        raise PermissionDenied
    offices = [o for o in offices_visible_to(posts) if o.organisation_id in posts.desks]
    if not offices:
        return render(request, "consultations/desk/no_office.html")
    wanted = set(request.GET.getlist("haus"))
    if "alle" in wanted or len(wanted) > 1:
        chosen = [o for o in offices if str(o.pk) in wanted] if "alle" not in wanted else offices
        return houses_week(request, offices, chosen or offices)
    office = _chosen(offices, request.GET.get("haus", ""))
    now = timezone.now()
    monday = monday_of(request.GET.get("woche", ""), today=today())
    hours = list(hours_visible_to(posts).filter(office=office, day__range=_days(monday)))
    shown = lay_out_week(
        monday=monday,
        hours=hours,
        appointments=standing_in(hours),
        now=now,
        today=today(),
        vacant=vacant_in(hours),
    )
    sheet_day = _day_to_print(shown)
    context = {
        "sheet_day": sheet_day.isoformat() if sheet_day else "",
        "sheet_day_words": long_date(sheet_day) if sheet_day else "",
        "week": shown,
        "office": office,
        "houses": _houses(offices, office, shown),
        "is_this_week": monday == monday_of("", today=today()),
        "picture": draw_week(shown) if hours else None,
        "next_hours": None if hours else _next_hours(office, monday),
        "waiting": waiting_by_house([office])[office.pk],
        "firm_search": FirmSearch("", label=_("Für Anrufende buchen: Firma, Mitgliedsnummer oder Telefon")),
    }
    return render(request, "consultations/desk/week.html", context)


def _day_to_print(shown: Week) -> datetime.date | None:
    """Today if it has public hours, else the next day of the week that has, else its last."""
    public = [day.day for day in shown.days if any(sitting.is_public for sitting in day.sittings)]
    return next((day for day in public if day >= today()), public[-1] if public else None)


def _chosen(offices: list[Office], key: str) -> Office:
    if not key:
        return offices[0]
    for office in offices:
        if str(office.pk) == key:
            return office
    raise Http404


def _days(monday: datetime.date) -> tuple[datetime.date, datetime.date]:
    return monday, monday + datetime.timedelta(days=6)


def _houses(offices: list[Office], here: Office, shown: Week) -> list[dict[str, object]]:
    """The chamber's houses, each with how many days of office hours it has in this week."""
    counted = OfficeHours.objects.filter(office__in=offices, day__range=_days(shown.monday)).exclude(
        state=OfficeHours.State.CANCELLED
    )
    counts = dict(counted.order_by().values_list("office").annotate(Count("day", distinct=True)))
    return [
        {"office": office, "is_here": office == here, "count": counts.get(office.pk, 0)} for office in offices
    ]


def _next_hours(office: Office, monday: datetime.date) -> dict[str, object] | None:
    """The first day after an empty week."""
    hours = (
        OfficeHours.objects.filter(office=office, day__gt=monday)
        .exclude(state=OfficeHours.State.CANCELLED)
        .first()
    )
    return {"pk": hours.pk, "day": long_date(hours.day)} if hours else None


@login_required
@never_cache
@require_safe
def day_sheet(request: HttpRequest) -> HttpResponse:
    """The day of a house as a PDF: `haus` and `tag` name them, today where the day is none."""
    posts = posts_for(request)
    if not rules.may_open_desk(posts):
        raise PermissionDenied
    offices = [o for o in offices_visible_to(posts) if o.organisation_id in posts.desks]
    if not offices:
        raise Http404
    office = _chosen(offices, request.GET.get("haus", ""))
    day = read_day(request.GET.get("tag", ""), today=today())
    hours = list(hours_visible_to(posts).filter(office=office, day=day).order_by("starts", "pk"))
    response = HttpResponse(print_day(office=office, day=day, hours=hours), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="tagesblatt-{day.isoformat()}.pdf"'
    return response
