"""Heute: an officer's day on a phone; for a lead, that of everybody."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultations.today.duties import has_own_days, read_duties
from consultations.today.page import lay_out, read_day
from partnership.models import Person
from partnership.rules import posts_for
from partnership.times import berlin_day


@login_required
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """`?tag=2026-11-24` shows another day, `?alle` a lead with days of their own everybody's."""
    assert isinstance(request.user, Person)
    posts = posts_for(request)
    if not posts.police:
        raise PermissionDenied
    now = timezone.now()
    day = read_day(request.GET.get("tag", ""), today=berlin_day(now))
    has_choice = bool(posts.lead_of) and has_own_days(posts, request.user)
    everybody = bool(posts.lead_of) and (not has_choice or "alle" in request.GET)
    duties = read_duties(posts, person=request.user, day=day, now=now, everybody=everybody)
    context = {
        "day": lay_out(duties, now=now, lead_of=posts.lead_of),
        "everybody": everybody,
        "has_choice": has_choice,
        "keep": "&alle" if has_choice and everybody else "",
    }
    return render(request, "consultations/police/today.html", context)
