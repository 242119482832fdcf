"""Series of office hours: the list, one series, and the acts on all its days."""

import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations import rules, series
from consultations.appointment_page import words_of_settling
from consultations.displaced import find_displaced
from consultations.forms.displaced import DisplacedForm
from consultations.forms.series import FromDayForm
from consultations.hours_overview import Stage, asked_deputies, by_month, missing_yes, stage_of
from consultations.models import OfficeHours, OfficeHoursSeries
from consultations.office_hours import upcoming_in
from consultations.queries import booked_in, hours_visible_to, series_by_next_day, series_visible_to
from consultations.recurrence import series_in_words
from consultations.series_page import facts_of_series, row_of_series
from consultations.views.desk_hours import HINT_OF_CANCELLING
from consultations.views.times import CONFLICT
from partnership.models import Person
from partnership.paging import sheet_of
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.timeline import timeline_of
from partnership.times import long_day, today


@login_required
@never_cache
@require_safe
def series_list(request: HttpRequest) -> HttpResponse:
    """Those with days to come first, by the next one."""
    posts = posts_for(request)
    if not rules.may_open_hours(posts):
        raise PermissionDenied
    sheet = sheet_of(series_by_next_day(posts), request.GET)
    context = {
        "sheet": sheet,
        "rows": [row_of_series(row) for row in sheet.rows],
        "may_plan": rules.may_open_desk(posts),
    }
    return render(request, "consultations/desk/series_list.html", context)


@login_required
@never_cache
@require_safe
def series_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, visible_series(request, pk))


@login_required
@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_series(request, pk)
    posts = posts_for(request)
    assert isinstance(request.user, Person)
    if not rules.may_agree_to_series(posts, found):
        raise PermissionDenied
    try:
        published = series.agree_to_series(
            series_id=pk, actor=request.user, for_all=found.police_id in posts.lead_of
        )
    except Refusal as refusal:
        return _show(request, found, refusal=refusal)
    messages.success(request, _("Zugestimmt.") + " " + _words_of_published(len(published)))
    return redirect("appointments:series", pk)


@login_required
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_series(request, pk)
    assert isinstance(request.user, Person)
    if not rules.may_change_series(posts_for(request), found):
        raise PermissionDenied
    try:
        published = series.publish_series(series_id=pk, actor=request.user)
    except Refusal as refusal:
        return _show(request, found, refusal=refusal)
    asked = _("Wo die Zustimmung fehlt, ist sie erbeten; mit ihr werden die Tage öffentlich.")
    messages.success(request, f"{_words_of_published(len(published))} {asked}".strip())
    return redirect("appointments:series", pk)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """From `ab` on, else from the first day to come; names every booking before anything happens."""
    found = visible_series(request, pk)
    assert isinstance(request.user, Person)
    if not rules.may_change_series(posts_for(request), found):
        raise PermissionDenied
    days = list(_days_to_cancel(found))
    asked = request.POST.get("ab") or request.GET.get("ab", "")
    first = _first_day(asked, days)
    hit = [day for day in days if first and day.series_day and day.series_day >= first]
    form = _form_of_cancelling(request, hit)
    refusal: Refusal | None = None
    if request.method == "POST" and (first is None or first.isoformat() != asked):
        refusal = Refusal(_("Diese Reihe hat sich inzwischen geändert. Prüfen Sie, was jetzt abgesagt wird."))
    elif request.method == "POST" and first and form.is_valid():
        try:
            settled = series.cancel_series(
                series_id=pk,
                first_day=first,
                ways=form.ways(),
                reason=form.cleaned_data["reason"],
                actor=request.user,
            )
        except Refusal as error:
            refusal, form = error, _form_of_cancelling(request, hit)
        else:
            messages.success(request, words_of_settling(_("Die Sprechtage sind abgesagt."), settled))
            return redirect("appointments:series", pk)
    context = {
        "series": found,
        "words": series_in_words(found),
        "form": form,
        "refusal": refusal,
        "first": first.isoformat() if first else "",
        "first_words": long_day(first) if first else "",
        "choose": FromDayForm(first, days),
        "number": len(hit),
    }
    status = CONFLICT if refusal else 200
    return render(request, "consultations/desk/series_cancel.html", context, status=status)


def visible_series(request: HttpRequest, pk: int) -> OfficeHoursSeries:
    return get_object_or_404(series_visible_to(posts_for(request)), pk=pk)


def _days_to_cancel(found: OfficeHoursSeries) -> list[OfficeHours]:
    now = timezone.now()
    rows = series.days_from(found, found.first_day).select_related("office", "room")
    return [day for day in rows if day.starts_at > now]


def _first_day(text: str, days: list[OfficeHours]) -> datetime.date | None:
    """The day asked for, else the next one after it; without a word of it, the first."""
    known = [day.series_day for day in days if day.series_day]
    try:
        wanted = datetime.date.fromisoformat(text)
    except ValueError:
        wanted = datetime.date.min
    return next((day for day in known if day >= wanted), None)


def _form_of_cancelling(request: HttpRequest, hit: list[OfficeHours]) -> DisplacedForm:
    """The first choice of a day is a GET: the bookings are those from that day on."""
    displaced = find_displaced(upcoming_in(*hit), without=[day.pk for day in hit], now=timezone.now())
    data = request.POST if request.method == "POST" else None
    return DisplacedForm(data, hint=str(HINT_OF_CANCELLING), displaced=displaced)


def _words_of_published(count: int) -> str:
    if not count:
        return ""
    words = ngettext(
        "%(count)d Sprechtag ist jetzt öffentlich.", "%(count)d Sprechtage sind jetzt öffentlich.", count
    )
    return words % {"count": count}


def _show(request: HttpRequest, found: Any, *, refusal: Refusal | None = None) -> HttpResponse:
    posts = posts_for(request)
    assert isinstance(request.user, Person)
    now = timezone.now()
    days = list(hours_visible_to(posts).filter(series=found).order_by("day", "starts", "pk"))
    coming = [day for day in days if day.day >= today()]
    context = {
        "series": found,
        "row": row_of_series(found),
        "refusal": refusal,
        "facts": facts_of_series(found),
        "months": by_month(coming, booked=booked_in(days, now=now), reader=request.user, now=now),
        "past": len(days) - len(coming),
        "timeline": timeline_of(found),
        "follows": found.follows_id,
        "followed_by": found.followed_by.values_list("pk", flat=True).first(),
        **_rights(request, found, coming, now=now),
    }
    status = CONFLICT if refusal else 200
    return render(request, "consultations/desk/series.html", context, status=status)


def _rights(
    request: HttpRequest, found: OfficeHoursSeries, coming: list[OfficeHours], *, now: datetime.datetime
) -> dict[str, Any]:
    """What can be done now by this person; the acts check again."""
    posts = posts_for(request)
    assert isinstance(request.user, Person)
    is_desk = rules.may_change_series(posts, found)
    leads = found.police_id in posts.lead_of
    stages = [stage_of(day, now=now) for day in coming]
    # a deputy who is asked answers on the day's own page
    wanted = [[p for p in missing_yes(d) if p not in asked_deputies(d)] for d in coming]
    waiting = [people for people in wanted if (people if leads else request.user in people)]
    return {
        "is_desk": is_desk,
        "leads": leads,
        "waiting": len(waiting) if rules.may_agree_to_series(posts, found) else 0,
        "to_publish": sum(s in (Stage.DRAFT, Stage.AGREED) for s in stages) if is_desk else 0,
        "asks": Stage.DRAFT in stages,
        "missing": sum(bool(missing_yes(day)) for day in coming),
        "can_cancel": is_desk and any(s not in (Stage.CANCELLED, Stage.OVER) for s in stages),
        "can_prolong": is_desk and found.cancelled_from is None and not found.followed_by.exists(),
    }
