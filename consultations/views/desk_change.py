"""Changing a planned day, alone or with the later ones of its series: what would happen, then the act."""

import hashlib
import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations import rules
from consultations.appointment_page import words_of_settling
from consultations.change_page import clashes_of, shared_notes, words_of_change, words_of_days
from consultations.changing import ChangedDay, change_hours, days_reached, find_ways, foresee
from consultations.forms.changing import ChangeForm
from consultations.forms.displaced import DisplacedForm
from consultations.models import OfficeHours
from consultations.queries import hours_visible_to, officer_posts
from consultations.recurrence import series_in_words
from consultations.views.times import CONFLICT
from partnership.models import Person, Room
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.times import clock_span, long_date, long_period

PREVIEW, SAVE = "vorschau", "speichern"
HINT = gettext_lazy("Jede Firma, deren Termin verschoben oder abgesagt wird, liest ihn in ihrer E-Mail.")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """`gesehen` is the form as it was when its effects were shown: something else is shown first."""
    hours = get_object_or_404(hours_visible_to(posts_for(request)), pk=pk)
    assert isinstance(request.user, Person)
    if not rules.may_plan_hours(posts_for(request), hours.office):
        raise PermissionDenied
    form = _form(request, hours)
    if request.method != "POST" or not form.is_valid():
        return _page(request, hours, form)
    wants_saving = request.POST.get("vorgang") == SAVE
    was_seen = request.POST.get("gesehen") == _print_of(form)
    try:
        days = _foresee(form)
        ways = _ways_form(request, days, sent=was_seen and wants_saving)
        if not (wants_saving and was_seen and (ways is None or ways.is_valid())):
            return _page(request, hours, form, days=days, ways=ways, not_done=wants_saving)
        changed = change_hours(
            hours_id=pk,
            change=form.change(),
            following=form.is_for_following,
            ways=ways.ways() if ways else [],
            reason=ways.cleaned_data["reason"] if ways else "",
            actor=request.user,
        )
    except Refusal as refusal:
        return _after_refusal(request, hours, form, refusal)
    messages.success(request, words_of_settling(words_of_change(changed.days), changed.settled))
    return redirect("appointments:hours_detail", pk)


def _form(request: HttpRequest, hours: OfficeHours) -> ChangeForm:
    keys = days_reached(hours, following=True)
    return ChangeForm(
        request.POST if request.method == "POST" else None,
        hours=hours,
        rooms=list(Room.objects.filter(office=hours.office).select_related("office").order_by("name")),
        officers=list(officer_posts(hours.partnership)),
        later=len(keys) - 1,
        last_day=max(OfficeHours.objects.filter(pk__in=keys).values_list("day", flat=True)),
    )


def _foresee(form: ChangeForm) -> list[ChangedDay]:
    keys = days_reached(form.hours, following=form.is_for_following)
    rows = OfficeHours.objects.select_related("office__organisation", "room", "partnership").in_bulk(keys)
    now = timezone.now()
    hours = [rows[key] for key in keys if key in rows and rows[key].starts_at > now]
    return foresee(hours, form.change(), now=now)


def _ways_form(request: HttpRequest, days: list[ChangedDay], *, sent: bool) -> DisplacedForm | None:
    displaced = find_ways(days, now=timezone.now())
    if not displaced:
        return None
    return DisplacedForm(request.POST if sent else None, hint=str(HINT), displaced=displaced)


def _print_of(form: ChangeForm) -> str:
    given = json.dumps({name: form[name].value() for name in form.fields}, default=str, sort_keys=True)
    return hashlib.sha256(given.encode()).hexdigest()[:16]


def _after_refusal(
    request: HttpRequest, hours: OfficeHours, form: ChangeForm, refusal: Refusal
) -> HttpResponse:
    """With what would happen now, where that can be said."""
    try:
        days = _foresee(form)
    except Refusal:
        return _page(request, hours, form, refusal=refusal, not_done=True)
    ways = _ways_form(request, days, sent=request.POST.get("vorgang") == SAVE)
    return _page(request, hours, form, days=days, ways=ways, refusal=refusal, not_done=True)


def _page(
    request: HttpRequest,
    hours: OfficeHours,
    form: ChangeForm,
    *,
    days: list[ChangedDay] | None = None,
    ways: DisplacedForm | None = None,
    refusal: Refusal | None = None,
    not_done: bool = False,
) -> HttpResponse:
    context: dict[str, Any] = {
        "hours": hours,
        "when": long_period(hours.starts_at, hours.ends_at),
        "day": long_date(hours.day),
        "span": clock_span(hours.starts_at, hours.ends_at),
        "series_words": series_in_words(hours.series) if hours.series else "",
        "form": form,
        "ways": ways,
        "refusal": refusal,
        "not_done": not_done,
    }
    if days is not None:
        clashes = clashes_of(days, posts=posts_for(request))
        shown = words_of_days(days)
        context |= {
            "shown": shown,
            "for_all": shared_notes(shown),
            "clashes": clashes,
            "can_be_saved": not clashes,
            "seen": _print_of(form),
        }
    return render(
        request, "consultations/desk/hours_change.html", context, status=CONFLICT if not_done else 200
    )
