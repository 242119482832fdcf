"""Zweiter Faktor: a lost one is taken away by two people."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from partnership.forms.second_factor_reset import AskForResetForm
from partnership.models import Person, SecondFactorReset
from partnership.refusals import Refusal
from partnership.rules import Posts, may_reset_second_factors, posts_for
from partnership.second_factor_reset import (
    ask_for_reset,
    confirm_reset,
    open_resets,
    people_whose_factor_may_be_reset,
    resets_visible_to,
    withdraw_reset,
)
from partnership.times import short_moment

ENDED_SHOWN = 30


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def resets(request: HttpRequest) -> HttpResponse:
    """What waits, what was, and the form to ask."""
    posts = _posts_with_the_right(request)
    assert isinstance(request.user, Person)
    form = _form(posts, request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_for_reset(
                person=form.cleaned_data["person"],
                asked_by=request.user,
                reason=form.cleaned_data["reason"],
            )
        except Refusal as refused:
            form.add_error(None, refused.sentence)
            return _page(request, posts, form, status=409)
        messages.success(request, _("Beantragt. Jetzt bestätigt eine zweite Person."))
        return redirect("workplace:second_factor_resets")
    return _page(request, posts, form)


@login_required
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    posts = _posts_with_the_right(request)
    assert isinstance(request.user, Person)
    reset = get_object_or_404(resets_visible_to(posts), pk=pk)
    try:
        confirm_reset(reset_id=reset.pk, confirmed_by=request.user)
    except Refusal as refused:
        return _page(request, posts, _form(posts, request.user), status=409, refused=refused.sentence)
    messages.success(
        request,
        _("Zurückgesetzt. {person} richtet beim nächsten Anmelden einen neuen ein.").format(
            person=reset.person
        ),
    )
    return redirect("workplace:second_factor_resets")


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    posts = _posts_with_the_right(request)
    assert isinstance(request.user, Person)
    reset = get_object_or_404(resets_visible_to(posts), pk=pk)
    try:
        withdraw_reset(reset_id=reset.pk, by=request.user)
    except Refusal as refused:
        return _page(request, posts, _form(posts, request.user), status=409, refused=refused.sentence)
    messages.success(request, _("Der Antrag ist zurückgezogen. Am Konto ist nichts geändert."))
    return redirect("workplace:second_factor_resets")


def _posts_with_the_right(request: HttpRequest) -> Posts:
    posts = posts_for(request)
    if not may_reset_second_factors(posts):
        raise PermissionDenied
    return posts


def _form(posts: Posts, reader: Person, data: Any = None) -> AskForResetForm:
    people = people_whose_factor_may_be_reset(posts).filter(is_active=True).exclude(pk=reader.pk)
    return AskForResetForm(data, people=people.order_by("name", "email"))


def _page(
    request: HttpRequest, posts: Posts, form: AskForResetForm, *, status: int = 200, refused: str = ""
) -> HttpResponse:
    assert isinstance(request.user, Person)
    now = timezone.now()
    waiting = open_resets(posts, now=now).exclude(person=request.user)
    ended = resets_visible_to(posts).filter(ended_at__isnull=False)[:ENDED_SHOWN]
    context = {
        "form": form,
        "refused": refused,
        "waiting": [_row(reset, reader=request.user) for reset in waiting],
        "ended": [_row(reset, reader=request.user) for reset in ended],
    }
    return render(request, "partnership/workplace/second_factor_resets.html", context, status=status)


def _row(reset: SecondFactorReset, *, reader: Person) -> dict[str, Any]:
    return {
        "key": reset.pk,
        "person": str(reset.person),
        "reason": reset.reason,
        "asked_by": str(reset.asked_by),
        "asked_at": short_moment(reset.asked_at),
        "until": short_moment(reset.lasts_until),
        "confirmed_by": str(reset.confirmed_by) if reset.confirmed_by else "",
        "ended_at": short_moment(reset.ended_at) if reset.ended_at else "",
        "state": reset.get_state_display(),
        "is_mine": reset.asked_by_id == reader.pk,
    }
