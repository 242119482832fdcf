"""Entering a day of office hours: what it would be first, then the draft, published at once if wanted."""

import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations import office_hours, rules
from consultations.forms.hours import initial_for, initial_like
from consultations.forms.series import DaysForm, PlanForm, initial_of_series
from consultations.models import OfficeHoursSeries
from consultations.preview import Preview, preview_plan, preview_series
from consultations.queries import bookable_offices, hours_visible_to, officer_posts, series_visible_to
from consultations.series import SeriesPlan, plan_series
from consultations.views.desk_hours import words_of_publication
from consultations.views.times import CONFLICT
from consultations.week import planned_times
from partnership.current import current_partnership
from partnership.models import Person, Post, Room
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.times import clock_span, long_period, short_date

PREVIEW, DRAFT, PUBLISH = "vorschau", "entwurf", "veroeffentlichen"


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Weekends, holidays and closures are asked about once: `gesehen` says for which day they were shown."""
    if not rules.may_open_desk(posts_for(request)):
        raise PermissionDenied
    form = _form(request)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    if form.is_series:
        return _plan_series(request, form)
    planned = form.plan()
    preview = preview_plan(planned, posts=posts_for(request), now=timezone.now())
    act = request.POST.get("vorgang", PREVIEW)
    if act not in (DRAFT, PUBLISH):
        return _page(request, form, preview=preview)
    was_asked = request.POST.get("gesehen") == _day_and_house(form)
    if not preview.can_be_saved or (preview.objections and not was_asked):
        return _page(request, form, preview=preview, act=act)
    assert isinstance(request.user, Person)
    try:
        hours = office_hours.plan_hours(plan=planned, actor=request.user)
        if act == PUBLISH:
            hours = office_hours.publish_hours(hours_id=hours.pk, actor=request.user)
    except Refusal as refusal:
        return _page(request, form, preview=preview, act=act, refusal=refusal)
    messages.success(
        request,
        words_of_publication(hours)
        if act == PUBLISH
        else _("Der Sprechtag ist angelegt und noch nicht öffentlich."),
    )
    return redirect("appointments:hours_detail", hours.pk)


def _plan_series(request: HttpRequest, form: PlanForm) -> HttpResponse:
    """Saved is what the page has shown: a day that has come in or gone since is shown first."""
    act = request.POST.get("vorgang", PREVIEW)
    days, preview = days_of(request, form.series_plan())
    refusal = days.vanishing(request.POST) if act in (DRAFT, PUBLISH) else None
    if act in (DRAFT, PUBLISH) and days.is_valid() and not days.is_new and not refusal:
        assert isinstance(request.user, Person)
        try:
            series = plan_series(
                plan=form.series_plan(),
                days=days.chosen(),
                left_out=days.taken_out(),
                added=days.put_in(),
                publish=act == PUBLISH,
                actor=request.user,
            )
        except Refusal as error:
            refusal = error
            days, preview = days_of(request, form.series_plan())
        else:
            messages.success(request, words_of_planning(len(days.chosen()), series, published=act == PUBLISH))
            return redirect("appointments:series", series.pk)
    plan = form.plan()
    context = {
        "form": form,
        "days": days,
        "preview": preview,
        "impossible": words_of_days(preview.impossible),
        "rule": form.rule().in_words(),
        "span": clock_span(plan.as_hours().starts_at, plan.as_hours().ends_at),
        "plan": plan,
        "times": planned_times(plan.as_hours()),
        "refusal": refusal,
        "not_done": act != PREVIEW,
        "asks": plan.office.organisation.officers_must_agree,
    }
    status = CONFLICT if act != PREVIEW else 200
    return render(request, "consultations/desk/plan_series.html", context, status=status)


def days_of(request: HttpRequest, plan: SeriesPlan, *, after: datetime.date | None = None) -> Any:
    """The boxes and the preview behind them; `after`: only days that come later."""
    plans = [day for day in plan.plans() if after is None or day.day > after]
    preview = preview_series(
        plans,
        exceptions=plan.exceptions,
        skips_bridge_days=plan.skips_bridge_days,
        posts=posts_for(request),
        now=timezone.now(),
    )
    return DaysForm(request.POST, preview=preview), preview


def words_of_days(previews: list[Preview]) -> list[dict[str, str]]:
    """Each day and what stands against it."""
    return [{"day": f"{short_date(p.day)}{p.day.year}", "reasons": p.reasons} for p in previews]


def words_of_planning(count: int, series: OfficeHoursSeries, *, published: bool) -> str:
    made = ngettext("%(count)d Sprechtag ist angelegt", "%(count)d Sprechtage sind angelegt", count)
    words = {"made": made % {"count": count}}
    if not published:
        return _("%(made)s und noch nicht öffentlich.") % words
    if series.office.organisation.officers_must_agree:
        return _("%(made)s. Die Zustimmung ist erbeten; mit ihr werden sie öffentlich.") % words
    return _("%(made)s und öffentlich.") % words


def _form(request: HttpRequest) -> PlanForm:
    partnership = current_partnership(request)
    if partnership is None:
        raise Http404
    posts = posts_for(request)
    offices = list(
        bookable_offices(partnership)
        .filter(organisation__in=posts.desks)
        .order_by("organisation", "kind", "city", "pk")
    )
    rooms = Room.objects.filter(office__in=offices).select_related("office")
    officers = list(officer_posts(partnership))
    return PlanForm(
        request.POST if request.method == "POST" else None,
        partnership=partnership,
        offices=offices,
        rooms=list(rooms.order_by("office__organisation", "office__kind", "office__city", "office", "name")),
        officers=officers,
        initial=_initial(request, officers),
    )


def _initial(request: HttpRequest, officers: list[Post]) -> dict[str, Any]:
    """`wie` names a day to be like, `reihe` a series, `haus` a house."""
    series_key = request.GET.get("reihe", "")
    if series_key.isascii() and series_key.isdigit():
        series = series_visible_to(posts_for(request)).filter(pk=series_key).first()
        if series:
            return initial_of_series(series)
    like = request.GET.get("wie", "")
    if like.isascii() and like.isdigit():
        hours = hours_visible_to(posts_for(request)).filter(pk=like).first()
        if hours:
            return initial_like(hours, officers)
    house = request.GET.get("haus", "")
    return initial_for(int(house) if house.isascii() and house.isdigit() else None)


def _day_and_house(form: PlanForm) -> str:
    """What the objections that only ask are about."""
    return f"{form.cleaned_data['day'].isoformat()}/{form.cleaned_data['office']}"


def _page(
    request: HttpRequest,
    form: PlanForm,
    *,
    preview: Preview | None = None,
    act: str = PREVIEW,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """`act` other than the preview was asked for and not done."""
    context: dict[str, Any] = {"form": form, "preview": preview, "refusal": refusal}
    if preview:
        hours = form.plan().as_hours()
        context |= {
            "when": long_period(hours.starts_at, hours.ends_at),
            "hours": hours,
            "officers": form.plan().officers,
            "times": planned_times(hours),
            "seen": _day_and_house(form),
            "not_done": act != PREVIEW,
            "preventing": [o.sentence for o in preview.objections if o.prevents],
            "asking": [o.sentence for o in preview.objections if not o.prevents],
        }
    status = CONFLICT if context.get("not_done") else 200
    return render(request, "consultations/desk/plan.html", context, status=status)
