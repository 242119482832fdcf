"""The waiting list as firms meet it: join, confirm, the page of one's place, leave."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from consultations.access import waiting_behind
from consultations.forms.waiting import WaitForm
from consultations.models import Waiting
from consultations.queries import bookable_offices
from consultations.views.times import CONFLICT
from consultations.waiting import answers, line
from consultations.waiting.page import place_of_waiting
from partnership.current import current_partnership
from partnership.limits import check_limit
from partnership.models import SecretLink
from partnership.refusals import Refusal
from partnership.times import current_language
from partnership.views.secret_links import secret_page

Purpose = SecretLink.Purpose
State = Waiting.State
WaitingView = Callable[[HttpRequest, Waiting], HttpResponse]
allow = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@allow
def join(request: HttpRequest) -> HttpResponse:
    partnership = current_partnership(request)
    if partnership is None:
        raise Http404
    offices = list(bookable_offices(partnership).order_by("name"))
    if request.method != "POST":
        form = WaitForm(offices=offices, initial=_known_of(request))
        return _join_page(request, {"form": form, "partnership": partnership})
    form = WaitForm(request.POST, offices=offices)
    context = {"form": form, "partnership": partnership}
    if not form.is_valid():
        return _join_page(request, context)
    check_limit(request, "wait")
    entry = form.entry(partnership=partnership, page_language=current_language())
    try:
        line.join(entry=entry)
    except Refusal as refusal:
        return _join_page(request, context | {"refusal": refusal})
    return redirect("consultations:waiting_sent")


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    context = {"partnership": current_partnership(request), "demo": settings.DEMO}
    return render(request, "consultations/public/waiting_sent.html", context)


def by_waiting_link(
    purpose: SecretLink.Purpose,
) -> Callable[[WaitingView], Callable[[HttpRequest, str], HttpResponse]]:
    """Turn a view of a place in line into one of a token. Unknown and ended ones get a page that helps."""

    def decorate(view: WaitingView) -> Callable[[HttpRequest, str], HttpResponse]:
        @secret_page
        @wraps(view)
        def open_link(request: HttpRequest, token: str) -> HttpResponse:
            waiting = waiting_behind(token, purpose=purpose)
            if waiting is None:
                check_limit(request, "link")
                context = {"partnership": current_partnership(request)}
                return render(request, "consultations/public/waiting_link_ended.html", context, status=404)
            return view(request, waiting)

        return open_link

    return decorate


@by_waiting_link(Purpose.WAITING_CONFIRM)
@allow
def confirm(request: HttpRequest, waiting: Waiting) -> HttpResponse:
    """Mail scanners open links: opening one only shows the page, the button confirms."""
    refusal = None
    if request.method == "POST":
        try:
            _waiting, token = line.confirm_joining(waiting_id=waiting.pk)
        except Refusal as no:
            refusal = no
        else:
            return redirect("consultations:waiting", token) if token else redirect(request.path)
    context = _about(waiting) | {
        "is_new": waiting.state == State.UNCONFIRMED and not refusal,
        "is_waiting": waiting.state == State.WAITING,
        "refusal": refusal,
    }
    return render(
        request, "consultations/public/waiting_confirm.html", context, status=CONFLICT if refusal else 200
    )


@by_waiting_link(Purpose.WAITING)
@allow
def place(request: HttpRequest, waiting: Waiting) -> HttpResponse:
    """Where one stands, and an open offer: the post answers it, `antwort` says how."""
    if request.method != "POST":
        return _place_page(request, waiting)
    key = request.POST.get("angebot", "")
    offer = get_object_or_404(waiting.offers, pk=int(key) if key.isdecimal() and len(key) < 18 else 0)
    try:
        if request.POST.get("antwort") == "ja":
            _booked, token = answers.accept_offer(offer_id=offer.pk)
            return redirect("consultations:appointment", token) if token else redirect(request.path)
        answers.decline_offer(offer_id=offer.pk)
    except Refusal as refusal:
        waiting.refresh_from_db(fields=["state"])
        return _place_page(request, waiting, refusal=refusal)
    return redirect(request.path)


@by_waiting_link(Purpose.WAITING)
@allow
def leave(request: HttpRequest, waiting: Waiting) -> HttpResponse:
    """Mail programs post here by themselves when somebody unsubscribes (RFC 8058)."""
    if request.method == "POST":
        line.leave(waiting_id=waiting.pk)
        waiting.refresh_from_db(fields=["state"])
    context = _about(waiting) | {"is_standing": waiting.state in Waiting.STANDING}
    return render(request, "consultations/public/waiting_leave.html", context)


def _place_page(request: HttpRequest, waiting: Waiting, *, refusal: Refusal | None = None) -> HttpResponse:
    context = _about(waiting) | {
        "is_waiting": waiting.state == State.WAITING,
        "is_served": waiting.state == State.SERVED,
        "refusal": refusal,
        "leave_path": f"{request.path}abmelden/",
    }
    return render(request, "consultations/public/waiting.html", context, status=CONFLICT if refusal else 200)


def _join_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    status = CONFLICT if context.get("refusal") else 200
    return render(request, "consultations/public/waiting_join.html", context, status=status)


def _about(waiting: Waiting) -> dict[str, Any]:
    return {
        "waiting": waiting,
        "office": waiting.office,
        "partnership": waiting.partnership,
        "phone": waiting.office.phone or waiting.partnership.phone,
        "place": place_of_waiting(waiting, now=timezone.now()),
    }


def _known_of(request: HttpRequest) -> dict[str, str]:
    """The house that the link names; name and address of whoever is signed in."""
    known = {"ort": request.GET.get("ort", "")[:18]}
    if request.user.is_authenticated:
        known |= {"contact_name": request.user.name, "contact_email": request.user.email}
    return known
