"""Series of events: when the next one is due, and setting them up."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from forums import rules
from forums.forms.series import NewSeriesForm, SeriesForm
from forums.models import EventSeries
from forums.planning import series as acts
from forums.planning.series_page import lay_out_series
from forums.queries import all_series_visible_to, organisers_for, series_visible_to
from partnership.refusals import Refusal
from partnership.rules import Posts, posts_for
from partnership.views.administration.pages import (
    FormPage,
    acting,
    allow,
    posted,
    seen_version,
    show_form,
)


@login_required
@never_cache
@require_safe
def series(request: HttpRequest) -> HttpResponse:
    posts = _posts(request)
    context = {
        "rows": lay_out_series(series_visible_to(posts)),
        "ended": all_series_visible_to(posts).filter(ended_on__isnull=False),
    }
    return render(request, "forums/planning/series.html", context)


@login_required
@never_cache
@allow
def new(request: HttpRequest) -> HttpResponse:
    posts = _posts(request)
    form = NewSeriesForm(posted(request), organisers=organisers_for(posts))
    refusal = None
    if request.method == "POST" and form.is_valid():
        where, who = form.organiser_chosen
        try:
            acts.add_series(partnership=where, organiser=who, values=form.values, actor=acting(request))
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Die Reihe ist angelegt. Wählen Sie sie bei der Veranstaltung aus."))
            return redirect("events:series")
    return show_form(request, form, _page(_("Reihe anlegen"), _("Anlegen")), refusal=refusal)


@login_required
@never_cache
@allow
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    form = SeriesForm(posted(request), instance=_own(request, pk))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            fields = acts.change_series(
                series_id=pk, seen=seen_version(request), values=form.values, actor=acting(request)
            )
        except Refusal as error:
            refusal = error
            found = _own(request, pk)
        else:
            messages.success(request, _("Gespeichert.") if fields else _("Es war nichts zu ändern."))
            return redirect("events:series")
    page = _page(_("Reihe ändern"), _("Speichern"), preline=found.title)
    return show_form(request, form, page, refusal=refusal, thing=found)


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    _own(request, pk)
    try:
        acts.end_series(series_id=pk, actor=acting(request))
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, _("Die Reihe ist beendet. Ihre Veranstaltungen bleiben."))
    return redirect("events:series")


@login_required
@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    _own(request, pk)
    try:
        acts.resume_series(series_id=pk, actor=acting(request))
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, _("Die Reihe läuft wieder."))
    return redirect("events:series")


def _posts(request: HttpRequest) -> Posts:
    posts = posts_for(request)
    if not rules.may_edit_events(posts):
        raise PermissionDenied
    return posts


def _own(request: HttpRequest, pk: int) -> EventSeries:
    """Whoever sees a series looks after it."""
    return get_object_or_404(all_series_visible_to(_posts(request)), pk=pk)


def _page(title: str, submit: str, *, preline: str = "") -> FormPage:
    return FormPage(
        title=title,
        preline=preline,
        back_url=reverse("events:series"),
        back_words=_("Zu den Reihen"),
        submit=submit,
    )
