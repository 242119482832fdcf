"""A firm's own request for a visit: confirm, read, change the wishes, withdraw. The same pages serve a
mail's link and an account."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations.forms.visit_asking import WishesForm
from consultations.models import VisitRequest
from consultations.views.times import CONFLICT
from consultations.views.visit_photos import add_photos_page
from consultations.visits import asking
from consultations.visits.access import RequestAccess, request_behind
from consultations.visits.own import claim_request, requests_of
from consultations.visits.page import lay_out_for_firm
from consultations.visits.photos import MOST_PHOTOS
from partnership.current import current_partnership
from partnership.limits import check_limit
from partnership.middleware import takes_photos
from partnership.models import Person, SecretLink
from partnership.photos.queries import photos_of
from partnership.refusals import Refusal
from partnership.times import long_moment
from partnership.views.secret_links import secret_page

Purpose = SecretLink.Purpose
State = VisitRequest.State
View = Callable[[HttpRequest, RequestAccess], HttpResponse]
allow = require_http_methods(["GET", "HEAD", "POST"])


def by_visit_link(
    purpose: SecretLink.Purpose,
) -> Callable[[View], Callable[[HttpRequest, str], HttpResponse]]:
    """Turn a view of a request into one of a token. Unknown and ended ones get a page that helps."""

    def decorate(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
        @secret_page
        @wraps(view)
        def open_link(request: HttpRequest, token: str) -> HttpResponse:
            asked = request_behind(token, purpose=purpose)
            if asked is None:
                check_limit(request, "link")
                context = {"partnership": current_partnership(request)}
                return render(request, "consultations/visits/link_ended.html", context, status=404)
            return view(request, RequestAccess(asked, token))

        return open_link

    return decorate


def by_person(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Turn a view of a request into one of a number, for the person whose it is."""

    @never_cache
    @login_required
    @wraps(view)
    def open_own(request: HttpRequest, reference: str) -> HttpResponse:
        assert isinstance(request.user, Person)
        asked = get_object_or_404(requests_of(request.user), reference=reference)
        return view(request, RequestAccess(asked, reference, request.user))

    return open_own


@by_visit_link(Purpose.VISIT_CONFIRM)
@allow
def confirm(request: HttpRequest, access: RequestAccess) -> HttpResponse:
    """Mail scanners open links: opening one only shows the page, the button confirms."""
    asked, refusal = access.request, None
    if request.method == "POST":
        try:
            _confirmed, token = asking.confirm_request(request_id=asked.pk)
        except Refusal as no:
            refusal = no
        else:
            return redirect("consultations:visit_request", token) if token else redirect(request.path)
    context = {
        "partnership": asked.partnership,
        "city": asked.city,
        "confirm_by": long_moment(asked.confirm_by) if asked.confirm_by else "",
        "is_new": asked.state == State.UNCONFIRMED,
        "is_late": asked.state == State.EXPIRED,
        "is_confirmed": asked.state in (*VisitRequest.WAITING, State.PLANNED, State.VISITED),
        "refusal": refusal,
    }
    return render(request, "consultations/visits/confirm.html", context, status=CONFLICT if refusal else 200)


@require_safe
def show(request: HttpRequest, access: RequestAccess) -> HttpResponse:
    """Photos are shown to who is signed in; behind a link they are counted."""
    context = _about(access)
    if access.person:
        context |= {"photos": photos_of(access.request), "may_remove": context["page"].takes_photos}
    return render(request, "consultations/visits/request.html", context)


@allow
def wishes(request: HttpRequest, access: RequestAccess) -> HttpResponse:
    asked, refusal = access.request, None
    if asked.state not in asking.NOT_PLANNED:
        return redirect(access.page_url)
    form = WishesForm(request.POST if request.method == "POST" else None, initial=_wishes_of(asked))
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("gesehen", "")
        try:
            asking.change_wishes(
                request_id=asked.pk,
                wishes=form.wishes,
                seen=int(seen) if seen.isdecimal() and len(seen) < 9 else 0,
                actor=access.person,
            )
        except Refusal as no:
            asked.refresh_from_db()
            refusal, form = no, WishesForm(initial=_wishes_of(asked))
        else:
            return redirect(access.page_url)
    context = _about(access) | {"form": form, "refusal": refusal, "seen": asked.version}
    return render(request, "consultations/visits/wishes.html", context, status=CONFLICT if refusal else 200)


@allow
def withdraw(request: HttpRequest, access: RequestAccess) -> HttpResponse:
    refusal = None
    if request.method == "POST":
        try:
            asking.withdraw_request(request_id=access.request.pk, actor=access.person)
        except Refusal as no:
            refusal = no
        else:
            return redirect(access.page_url)
    context = _about(access) | {"refusal": refusal}
    return render(request, "consultations/visits/withdraw.html", context, status=CONFLICT if refusal else 200)


@allow
def no_short_notice(request: HttpRequest, access: RequestAccess) -> HttpResponse:
    """Mail programs post here by themselves when somebody unsubscribes (RFC 8058)."""
    if request.method == "POST":
        asking.stop_short_notice(request_id=access.request.pk, actor=access.person)
        access.request.refresh_from_db(fields=["takes_freed_times"])
    context = _about(access) | {"takes_freed_times": access.request.takes_freed_times}
    return render(request, "consultations/visits/no_short_notice.html", context)


@allow
def photos(request: HttpRequest, access: RequestAccess) -> HttpResponse:
    return add_photos_page(request, access.request, back=access.page_url, by=access.person)


@require_POST
def claim(request: HttpRequest, access: RequestAccess) -> HttpResponse:
    assert access.person is not None
    try:
        claim_request(request_id=access.request.pk, person=access.person)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Diese Anfrage ist jetzt Ihre."))
    return redirect("account_home")


def _wishes_of(asked: VisitRequest) -> dict[str, Any]:
    return {
        "weekdays": [str(day) for day in asked.weekdays],
        "part_of_day": asked.part_of_day,
        "not_before": asked.not_before,
        "takes_freed_times": asked.takes_freed_times,
    }


def _about(access: RequestAccess) -> dict[str, Any]:
    asked = access.request
    return {
        "access": access,
        "reference": asked.reference,
        "city": asked.city,
        "police": asked.police,
        "partnership": asked.partnership,
        "phone": asked.partnership.phone,
        "page": lay_out_for_firm(asked, now=timezone.now()),
    }


by_link = by_visit_link(Purpose.VISIT)
link_page, own_page = by_link(show), by_person(show)
link_wishes, own_wishes = by_link(wishes), by_person(wishes)
link_withdraw, own_withdraw = by_link(withdraw), by_person(withdraw)
link_no_short_notice = by_link(no_short_notice)
link_photos, own_photos = (
    takes_photos(most=MOST_PHOTOS)(view) for view in (by_link(photos), by_person(photos))
)
own_claim = by_person(claim)
