"""A house closes: the days, then what that hits and where each booking goes, then all of it at once."""

import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations import closing
from consultations.closing_page import has_begun, hit_rows, words_of_closing
from consultations.displaced import find_displaced
from consultations.forms.closing import ClosingDaysForm, ClosingForm
from consultations.views.times import CONFLICT
from partnership.administration.queries import offices_administered_by
from partnership.administration.rules import may_change_closures, may_open_houses
from partnership.models import Office, Person
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.times import date_span, today

Days = tuple[datetime.date, datetime.date]


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """The address holds the days, so that the second step can be gone back from."""
    office = _office(request, pk)
    days = ClosingDaysForm(request.GET if "von" in request.GET else None)
    if not _are_sound(days, office):
        return _ask_days(request, office, days)
    hit, form = _second_step(request, office, days.days)
    if request.method != "POST" or not form.is_valid():
        return _show_hit(request, office, hit, form, days.days)
    assert isinstance(request.user, Person)
    names_firms = _names_firms(request, office)
    try:
        closed = closing.close_office(
            office_id=pk,
            starts=days.days[0],
            ends=days.days[1],
            reason=form.cleaned_data["reason"],
            ways=form.ways(),
            actor=request.user,
            names_firms=names_firms,
        )
    except Refusal as refusal:
        hit, form = _second_step(request, office, days.days)
        return _show_hit(request, office, hit, form, days.days, refusal=refusal)
    messages.success(request, words_of_closing(closed))
    if closed.settled.calls and names_firms:
        return redirect("appointments:calls")
    return redirect("administration:office", pk)


def _second_step(request: HttpRequest, office: Office, days: Days) -> tuple[closing.Hit, ClosingForm]:
    """What is hit as things stand now, and the form over it with what was chosen."""
    now = timezone.now()
    hit = closing.find_hit(office=office, starts=days[0], ends=days[1], now=now)
    form = ClosingForm(
        request.POST if request.method == "POST" else None,
        displaced=find_displaced(hit.bookings, without=[hours.pk for hours in hit.hours], now=now),
        names_firms=_names_firms(request, office),
    )
    return hit, form


def _names_firms(request: HttpRequest, office: Office) -> bool:
    """The host chamber knows them; a coordinator decides by number and time."""
    return office.organisation_id in posts_for(request).desks


def _office(request: HttpRequest, pk: int) -> Office:
    posts = posts_for(request)
    if not may_open_houses(posts):
        raise PermissionDenied
    office = get_object_or_404(offices_administered_by(posts), pk=pk)
    if not may_change_closures(posts, office):
        raise PermissionDenied
    return office


def _are_sound(days: ClosingDaysForm, office: Office) -> bool:
    if not days.is_valid():
        return False
    try:
        closing.refuse_days(office, *days.days)
    except Refusal as refusal:
        days.refuse(refusal.sentence)
        return False
    return True


def _ask_days(request: HttpRequest, office: Office, days: ClosingDaysForm) -> HttpResponse:
    context = {"office": office, "form": days, "today": today().isoformat()}
    status = CONFLICT if request.method == "POST" else 200
    return render(request, "consultations/desk/close_days.html", context, status=status)


def _show_hit(
    request: HttpRequest,
    office: Office,
    hit: closing.Hit,
    form: ClosingForm,
    days: Days,
    *,
    refusal: Refusal | None = None,
) -> HttpResponse:
    now = timezone.now()
    context: dict[str, Any] = {
        "office": office,
        "form": form,
        "refusal": refusal,
        "is_desk": _names_firms(request, office),
        "hours": hit_rows(hit, now=now),
        "closed": date_span(*days),
        "has_begun": has_begun(hit, now=now),
    }
    status = CONFLICT if refusal else 200
    return render(request, "consultations/desk/close_office.html", context, status=status)
