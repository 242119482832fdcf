"""The desk's waiting list: who waits for which house, callers, their answers, taking somebody off."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations import rules
from consultations.forms.desk import CancelForm
from consultations.forms.waiting import CallerWaitForm
from consultations.models import Waiting
from consultations.queries import (
    offers_visible_to,
    offices_visible_to,
    waiting_by_house,
    waiting_visible_to,
)
from consultations.views.times import CONFLICT
from consultations.waiting import answers, line
from consultations.waiting.page import lay_out_line, place_of_waiting
from partnership.current import current_partnership
from partnership.models import Office, Person
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.timeline import timeline_of
from partnership.times import numeric_date, short_moment

allow = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@never_cache
@require_safe
def waiting_lists(request: HttpRequest) -> HttpResponse:
    """One house's line; `haus` names another than that with most who wait."""
    offices = _own_offices(request)
    if not offices:
        return render(request, "consultations/desk/no_office.html")
    counts = waiting_by_house(offices)
    named = [office for office in offices if str(office.pk) == request.GET.get("haus")]
    here = named[0] if named else max(offices, key=lambda office: counts[office.pk])
    line = waiting_visible_to(posts_for(request)).filter(office=here, state=Waiting.State.WAITING)
    context = {
        "office": here,
        "houses": [
            {"office": office, "is_here": office == here, "count": counts[office.pk]} for office in offices
        ],
        "rows": lay_out_line(line.order_by("joined_at", "pk"), now=timezone.now()),
    }
    return render(request, "consultations/desk/waiting_list.html", context)


@login_required
@never_cache
@require_safe
def waiting(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _visible(request, pk))


@login_required
@never_cache
@allow
def enter(request: HttpRequest) -> HttpResponse:
    """Somebody on the telephone wants to wait."""
    offices, partnership = _own_offices(request), current_partnership(request)
    if partnership is None or not offices:
        raise Http404
    form = CallerWaitForm(
        request.POST if request.method == "POST" else None,
        offices=offices,
        initial={"ort": request.GET.get("haus", "")[:18], "firm_name": request.GET.get("firma", "")[:160]},
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            entered = line.enter_caller(
                entry=form.entry(partnership=partnership, page_language="de"), actor=_person(request)
            )
        except Refusal as no:
            refusal = no
        else:
            messages.success(request, _("%(firm)s wartet.") % {"firm": entered.firm_name})
            return redirect("appointments:waiting", entered.pk)
    context = {"form": form, "refusal": refusal}
    return render(
        request, "consultations/desk/waiting_new.html", context, status=CONFLICT if refusal else 200
    )


@login_required
@never_cache
@allow
def take_off(request: HttpRequest, pk: int) -> HttpResponse:
    entry = _visible(request, pk)
    hint = _("Er steht in der E-Mail.") if entry.contact_email else _("Er bleibt hier vermerkt.")
    form = CancelForm(request.POST if request.method == "POST" else None, hint=hint)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            line.take_off(waiting_id=pk, reason=reason, actor=_person(request))
        except Refusal as refusal:
            return _show(request, _visible(request, pk), refusal=refusal)
        messages.success(request, _("%(firm)s wartet nicht mehr.") % {"firm": entry.firm_name})
        return redirect("appointments:waiting_lists")
    return render(request, "consultations/desk/waiting_off.html", {"waiting": entry, "form": form})


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody on the telephone says to an offer: `antwort` is 'ja' or 'nein'."""
    if not rules.may_open_waiting_list(posts_for(request)):
        raise PermissionDenied
    offer = get_object_or_404(offers_visible_to(posts_for(request)), pk=pk)
    assert offer.waiting_id is not None
    entry, says = _visible(request, offer.waiting_id), request.POST.get("antwort")
    try:
        if says == "ja":
            booked, _token = answers.accept_offer(offer_id=pk, actor=_person(request))
            messages.success(request, _("Der Termin ist bestätigt."))
            return redirect("appointments:appointment", booked.reference)
        if says == "nein":
            answers.decline_offer(offer_id=pk, actor=_person(request))
            messages.success(request, _("Abgelehnt. Die Zeit geht an die Nächsten."))
    except Refusal as refusal:
        return _show(request, _visible(request, entry.pk), refusal=refusal)
    return redirect("appointments:waiting", entry.pk)


def _own_offices(request: HttpRequest) -> list[Office]:
    posts = posts_for(request)
    if not rules.may_open_waiting_list(posts):
        raise PermissionDenied
    return [office for office in offices_visible_to(posts) if office.organisation_id in posts.desks]


def _visible(request: HttpRequest, pk: int) -> Waiting:
    posts = posts_for(request)
    if not rules.may_open_waiting_list(posts):
        raise PermissionDenied
    return get_object_or_404(waiting_visible_to(posts), pk=pk)


def _show(request: HttpRequest, entry: Waiting, *, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "waiting": entry,
        "place": place_of_waiting(entry, now=timezone.now()),
        "since": short_moment(entry.joined_at) if entry.joined_at else "",
        "until": numeric_date(entry.waits_until),
        "is_waiting": entry.state == Waiting.State.WAITING,
        "timeline": timeline_of(entry),
        "refusal": refusal,
    }
    return render(request, "consultations/desk/waiting.html", context, status=CONFLICT if refusal else 200)


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
