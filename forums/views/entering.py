"""The desk enters somebody who calls: who it is, then what they take part in."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from forums.desk.entering import AlreadyRegistered, PartsFull, enter_caller, perhaps_registered
from forums.desk.listing import Standing, rows_of, standing_of, with_bookings
from forums.event_tabs import frame_of
from forums.forms.entering import EnteringForm
from forums.forms.participants import FirmSearch
from forums.models import Event, Registration
from forums.registering.window import may_still_change
from forums.views.desk_pages import CONFLICT, event_of_desk
from partnership.firm_hits import NEW, lay_out_hits
from partnership.known_firms import firms_visible_to
from partnership.models import Firm, Person
from partnership.refusals import Refusal
from partnership.rules import posts_for


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, reference: str) -> HttpResponse:
    """`firma` says who calls, as a firm's key or a new one; without it, that is asked first."""
    event = event_of_desk(request, reference)
    if not may_still_change(event, now=timezone.now()):
        return render(request, "forums/desk/enter_over.html", frame_of(request, event))
    key = (request.POST if request.method == "POST" else request.GET).get("firma", "")
    if not key:
        return _who_calls(request, event)
    firm = _firm(request, key)
    data = request.POST if request.method == "POST" else None
    form = EnteringForm(data, event=event, initial=_known_of(request, firm))
    context = frame_of(request, event) | {"form": form, "firm": firm, "firm_key": key}
    if not form.is_valid():
        return render(request, "forums/desk/enter.html", context)
    alike = _alike(event, form)
    if alike:
        form.ask_who_it_is()
    if alike and not form.cleaned_data["is_somebody_else"]:
        context |= {"alike": alike, "refusal": None}
        return render(request, "forums/desk/enter.html", context, status=CONFLICT)
    return _enter(request, event, form, firm, context)


def _enter(
    request: HttpRequest, event: Event, form: EnteringForm, firm: Firm | None, context: dict[str, Any]
) -> HttpResponse:
    assert isinstance(request.user, Person)
    try:
        entered = enter_caller(
            entry=form.entry(),
            actor=request.user,
            firm_id=firm.pk if firm else None,
            when_full=form.cleaned_data["when_full"],
            reason=form.cleaned_data["reason"],
        )
    except PartsFull as full:
        form.ask_when_full()
        context["refusal"] = full
    except AlreadyRegistered as already:
        known = with_bookings(Registration.objects.filter(pk=already.known.pk))
        context |= {"refusal": already, "alike": rows_of(known)}
    except Refusal as refusal:
        context["refusal"] = refusal
    else:
        messages.success(request, _words(entered))
        return redirect("events:participant", event.reference, entered.reference)
    return render(request, "forums/desk/enter.html", context, status=CONFLICT)


def _words(entered: Registration) -> str:
    """What to say on the telephone."""
    found = with_bookings(Registration.objects.filter(pk=entered.pk)).get()
    values = {"name": found.name, "reference": found.reference}
    if standing_of(found) == Standing.WAITS:
        words = _("%(name)s wartet auf einen Platz, Nummer %(reference)s.") % values
    else:
        words = _("%(name)s nimmt teil, Nummer %(reference)s.") % values
    if found.email:
        return words + " " + _("Die Bestätigung geht per E-Mail hinaus.")
    return words + " " + _("Nennen Sie die Nummer am Telefon, eine E-Mail geht nicht.")


def _who_calls(request: HttpRequest, event: Event) -> HttpResponse:
    text = request.GET.get("suche", "")[:100]
    hits = lay_out_hits(posts_for(request), text, url_of=lambda firm: f"?{urlencode({'firma': firm.pk})}")
    context = frame_of(request, event) | {
        "firm_search": FirmSearch(request.GET),
        "hits": hits,
        "without_firm": f"?{urlencode({'firma': NEW, 'suche': hits.text})}",
    }
    return render(request, "forums/desk/enter_who.html", context)


def _firm(request: HttpRequest, key: str) -> Firm | None:
    """What was merged leads to its heir. Raises Http404."""
    if key == NEW:
        return None
    if not key.isdecimal() or len(key) > 18:
        raise Http404
    rows = firms_visible_to(posts_for(request)).select_related("merged_into")
    firm = rows.filter(pk=int(key)).first()
    if firm is None:
        raise Http404
    return firm.merged_into or firm


def _known_of(request: HttpRequest, firm: Firm | None) -> dict[str, str]:
    if firm:
        return {"firm_name": firm.name, "phone": firm.phone}
    return {"firm_name": " ".join(request.GET.get("suche", "").split())[:100]}


def _alike(event: Event, form: EnteringForm) -> list[Any]:
    """Who may be the same; an address that is registered is refused in the act itself."""
    values = form.cleaned_data
    return rows_of(with_bookings(perhaps_registered(event, name=values["name"], phone=values["phone"])))
