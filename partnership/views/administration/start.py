"""Verwaltung: where everything is, and what wants attention first."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnership.administration import rules
from partnership.administration.overview import sections_for, what_wants_attention
from partnership.administration.tasks_page import left_open
from partnership.queries import partnerships_visible_to
from partnership.rules import may_reset_second_factors, posts_for
from partnership.times import today


@login_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    posts = posts_for(request)
    if not rules.may_open_administration(posts):
        raise PermissionDenied
    left = left_open(posts, today=today())
    context = {
        "attention": what_wants_attention(posts, left),
        "sections": sections_for(posts, left),
        "partnerships": partnerships_visible_to(posts),
        "is_coordinator": rules.may_coordinate(posts),
        "may_reset": may_reset_second_factors(posts),
    }
    return render(request, "partnership/administration/start.html", context)


@login_required
@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """Offene Aufgaben: what ended posts have left, until somebody of the organisation has done it."""
    posts = posts_for(request)
    if not rules.may_open_administration(posts):
        raise PermissionDenied
    context = {
        "organisations": left_open(posts, today=today()),
        "may_open_people": rules.may_open_people(posts),
    }
    return render(request, "partnership/administration/tasks.html", context)
