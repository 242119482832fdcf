"""Going on with a series: until when, the days that result, then all of them at once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations import rules
from consultations.forms.series import ProlongForm
from consultations.recurrence import series_in_words
from consultations.series import plan_of, prolong_series
from consultations.views.desk_plan import DRAFT, PREVIEW, PUBLISH, days_of, words_of_days, words_of_planning
from consultations.views.desk_series import visible_series
from consultations.views.times import CONFLICT
from partnership.models import Person
from partnership.refusals import Refusal
from partnership.rules import posts_for


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prolong(request: HttpRequest, pk: int) -> HttpResponse:
    series = visible_series(request, pk)
    assert isinstance(request.user, Person)
    if not rules.may_change_series(posts_for(request), series):
        raise PermissionDenied
    form = ProlongForm(request.POST if request.method == "POST" else None, series=series)
    context = {
        "series": series,
        "words": series_in_words(series),
        "form": form,
        "asks": series.office.organisation.officers_must_agree,
    }
    act = request.POST.get("vorgang", PREVIEW)
    refusal = None
    if request.method == "POST" and form.is_valid():
        plan = plan_of(series, last_day=form.cleaned_data["until"])
        days, preview = days_of(request, plan, after=series.last_day)
        refusal = days.vanishing(request.POST) if act in (DRAFT, PUBLISH) else None
        if act in (DRAFT, PUBLISH) and days.is_valid() and not days.is_new and not refusal:
            try:
                prolong_series(
                    series_id=pk,
                    last_day=form.cleaned_data["until"],
                    days=days.chosen(),
                    left_out=days.taken_out(),
                    added=days.put_in(),
                    publish=act == PUBLISH,
                    actor=request.user,
                )
            except Refusal as error:
                refusal = error
                days, preview = days_of(request, plan, after=series.last_day)
            else:
                words = words_of_planning(len(days.chosen()), series, published=act == PUBLISH)
                messages.success(request, words)
                return redirect("appointments:series", pk)
        context |= {
            "days": days,
            "preview": preview,
            "impossible": words_of_days(preview.impossible),
            "not_done": act != PREVIEW,
        }
    context["refusal"] = refusal
    status = CONFLICT if context.get("not_done") else 200
    return render(request, "consultations/desk/series_prolong.html", context, status=status)
