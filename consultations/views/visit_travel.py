"""How long ways and visits take: a directorate's lead sets it, with examples from its own start."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultations.forms.visit_travel import TravelPlanForm
from consultations.rules import may_set_travel
from consultations.visits.travel_page import examples_of
from consultations.visits.travel_plans import change_travel_plan, plan_of
from partnership.models import Organisation
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.views.administration.pages import FormPage, acting, allow, posted, seen_version, show_form


@login_required
@never_cache
@require_safe
def travel(request: HttpRequest) -> HttpResponse:
    """To the directorate that one leads, the first if there are several."""
    posts = posts_for(request)
    if not may_set_travel(posts):
        raise PermissionDenied
    return redirect("appointments:travel_of", min(posts.lead_of))


@login_required
@never_cache
@allow
def travel_of(request: HttpRequest, pk: int) -> HttpResponse:
    posts = posts_for(request)
    if not may_set_travel(posts):
        raise PermissionDenied
    police = get_object_or_404(Organisation, pk=pk, pk__in=posts.lead_of)
    form = TravelPlanForm(posted(request), instance=plan_of(police.pk))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            return _save(request, police, form)
        except Refusal as error:
            refusal = error
    stored = plan_of(police.pk)
    page = FormPage(
        title=_("Fahrzeiten"),
        preline=police.name,
        back_url=reverse("appointments:today"),
        back_words=_("Heute"),
        submit=_("Speichern"),
        template="consultations/visits/travel.html",
    )
    others = Organisation.objects.filter(pk__in=posts.lead_of).exclude(pk=pk)
    extra = {"examples": examples_of(stored), "others": others}
    return show_form(request, form, page, refusal=refusal, thing=stored, extra=extra)


def _save(request: HttpRequest, police: Organisation, form: TravelPlanForm) -> HttpResponse:
    fields = change_travel_plan(
        police=police, seen=seen_version(request), values=form.values, actor=acting(request)
    )
    saved = _("Gespeichert. Das gilt für Zeiten, die ab jetzt geplant werden; was steht, bleibt.")
    messages.success(request, saved if fields else _("Es war nichts zu ändern."))
    return redirect("appointments:travel_of", police.pk)
