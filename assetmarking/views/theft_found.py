"""Stolen things are back: by who speaks for the firm, or by the link of a mail, which shows a name only."""

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assetmarking.forms.thefts import FoundForm
from assetmarking.models import StolenThing
from assetmarking.queries import stolen_things_of
from assetmarking.thefts.finding import note_found, note_returned
from assetmarking.thefts.words import describe
from partnership.current import current_partnership
from partnership.limits import check_limit
from partnership.links import find_link
from partnership.models import SecretLink
from partnership.refusals import Refusal
from partnership.times import today
from partnership.views.own_pages import CONFLICT, form_page, own_act, own_page, person_of, typed
from partnership.views.secret_links import secret_page


@own_page
def found(request: HttpRequest, reference: str) -> HttpResponse:
    """Filled in for the usual case: one click says that it is back."""
    things = stolen_things_of(person_of(request)).filter(asset__reference=reference)
    thing = get_object_or_404(things.order_by(F("ended_at").desc(nulls_first=True), "-pk")[:1])
    if thing.ended_at:
        return redirect("assetmarking:theft", thing.report.reference)
    form, refusal = FoundForm(typed(request)), None
    if request.method == "POST" and form.is_valid():
        try:
            note_found(thing_id=thing.pk, actor=person_of(request), **form.cleaned_data)
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Eingetragen: %(thing)s ist gefunden.") % {"thing": thing.asset.name})
            return redirect("assetmarking:theft", thing.report.reference)
    return form_page(
        request,
        form,
        title=_("Ist es wieder da?"),
        intro=describe(thing.asset),
        button=_("Eintragen"),
        refusal=refusal,
        refused=_("Noch nicht eingetragen"),
        above=_("Diebstahlmeldung %(number)s") % {"number": thing.report.reference},
        back_url=reverse("assetmarking:theft", args=[thing.report.reference]),
        back_words=_("Zurück zur Meldung"),
    )


@own_act
def returned(request: HttpRequest, reference: str) -> HttpResponse:
    things = stolen_things_of(person_of(request)).filter(asset__reference=reference, found_on__isnull=False)
    thing = get_object_or_404(things.order_by("-pk")[:1])
    try:
        note_returned(thing_id=thing.pk, actor=person_of(request))
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, _("%(thing)s ist wieder in Gebrauch.") % {"thing": thing.asset.name})
    return redirect("assetmarking:theft", thing.report.reference)


@secret_page
@require_http_methods(["GET", "HEAD", "POST"])
def back(request: HttpRequest, token: str) -> HttpResponse:
    """Without signing in: yes or no, and nothing about where, when or whose."""
    link = find_link(token, purpose=SecretLink.Purpose.THEFT, model=StolenThing)
    thing = StolenThing.objects.select_related("asset").filter(pk=link.object_id).first() if link else None
    partnership = current_partnership(request)
    if thing is None:
        check_limit(request, "link")
        ended = {"partnership": partnership}
        return render(request, "assetmarking/thefts/back_ended.html", ended, status=404)
    answer = request.POST.get("antwort", "") if request.method == "POST" else ""
    refusal = None
    if answer == "ja":
        try:
            note_found(thing_id=thing.pk, found_by=StolenThing.FoundBy.OWNER, found_on=today(), is_back=True)
        except Refusal as error:
            refusal = error
    context = {
        "thing": describe(thing.asset),
        "answer": "" if refusal else answer,
        "refusal": refusal,
        "partnership": partnership,
    }
    return render(request, "assetmarking/thefts/back.html", context, status=CONFLICT if refusal else 200)
