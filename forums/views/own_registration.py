"""Somebody's own registration: read, change the parts, cancel. The same pages serve a mail's link and an
account.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from forums.event_words import access_of, place_of, when_of
from forums.forms.registering import PartsForm
from forums.materials.overview import own_materials
from forums.models import Event, Registration
from forums.queries import registrations_of
from forums.registering.access import RegistrationAccess, registration_behind, with_event
from forums.registering.bookings import standing_bookings
from forums.registering.bringing import why_not_bring
from forums.registering.calendar_entry import calendar_file
from forums.registering.cancelling import cancel
from forums.registering.changing import change_parts
from forums.registering.page import cards_of
from forums.registering.window import may_still_change
from forums.seats import NoPlaceLeft
from forums.waiting.words import explain
from partnership.current import current_partnership
from partnership.limits import check_limit
from partnership.models import Person, SecretLink
from partnership.refusals import Refusal
from partnership.views.secret_links import secret_page

CONFLICT = 409
View = Callable[..., HttpResponse]
"""Of a request and an access; some also of the number of a colleague's registration."""
allow = require_http_methods(["GET", "HEAD", "POST"])


def by_registration_link(purpose: SecretLink.Purpose) -> Callable[[View], View]:
    """Turn a view of a registration into one of a token. Unknown and ended ones get a page that helps."""

    def decorate(view: View) -> View:
        @secret_page
        @wraps(view)
        def open_link(request: HttpRequest, token: str, **rest: str) -> HttpResponse:
            registration = registration_behind(token, purpose=purpose)
            if registration is None:
                check_limit(request, "link")
                context = {"partnership": current_partnership(request)}
                return render(request, "forums/registering/link_ended.html", context, status=404)
            return view(request, RegistrationAccess(registration, token), **rest)

        return open_link

    return decorate


def by_person(view: View) -> View:
    """Turn a view of a registration into one of a number, for the person whose it is."""

    @never_cache
    @login_required
    @wraps(view)
    def open_own(request: HttpRequest, reference: str) -> HttpResponse:
        assert isinstance(request.user, Person)
        own = get_object_or_404(registrations_of(request.user), reference=reference)
        return view(request, RegistrationAccess(own, reference, request.user))

    return open_own


@never_cache
@login_required
@require_safe
def registrations(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Person)
    now = timezone.now()
    rows = [_row(registration) for registration in registrations_of(request.user)]
    context = {
        "coming": [row for row in rows if row["event"].ends_at > now],
        "past": [row for row in reversed(rows) if row["event"].ends_at <= now],
    }
    return render(request, "forums/registering/registrations.html", context)


@require_safe
def show(request: HttpRequest, access: RegistrationAccess) -> HttpResponse:
    return render(request, "forums/registering/registration.html", about(access))


@require_safe
def calendar(request: HttpRequest, access: RegistrationAccess, reference: str = "") -> HttpResponse:
    response = HttpResponse(
        calendar_file(_registration(access, reference)), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="veranstaltung.ics"'
    return response


@allow
def change(request: HttpRequest, access: RegistrationAccess, reference: str = "") -> HttpResponse:
    registration = _registration(access, reference)
    refusal: Refusal | None = None
    if not _can_change(registration):
        return redirect(access.page_url)
    has = list(standing_bookings(registration))
    data = request.POST if request.method == "POST" else None
    form = PartsForm(data, event=registration.event, has=has)
    if form.is_valid():
        try:
            change_parts(
                registration_id=registration.pk,
                parts=form.wanted,
                may_wait_for=form.may_wait_for,
                actor=access.person,
            )
        except NoPlaceLeft as full:
            refusal, form = full, PartsForm(event=registration.event, has=has)
        except Refusal as no:
            refusal = no
        else:
            return redirect(access.page_url)
    context = about(access) | {"form": form, "refusal": refusal, "whose": registration}
    status = CONFLICT if refusal else 200
    return render(request, "forums/registering/change.html", context, status=status)


@allow
def cancel_own(request: HttpRequest, access: RegistrationAccess, reference: str = "") -> HttpResponse:
    """The own one, alone or with the colleagues; or one colleague's."""
    registration, refusal = _registration(access, reference), None
    if request.method == "POST":
        try:
            cancel(
                registration_id=registration.pk,
                with_colleagues="alle" in request.POST,
                actor=access.person,
            )
        except Refusal as no:
            refusal = no
        else:
            return redirect(access.page_url)
    standing = Registration.objects.filter(
        registered_by=registration, state=Registration.State.CONFIRMED
    ).values_list("name", flat=True)
    context = about(access) | {
        "refusal": refusal,
        "whose": registration,
        "colleagues": list(standing.order_by("pk")),
        "can_change": _can_change(registration),
    }
    status = CONFLICT if refusal else 200
    return render(request, "forums/registering/cancel.html", context, status=status)


def _registration(access: RegistrationAccess, reference: str) -> Registration:
    """The own one, or that of somebody who was registered along."""
    if not reference or reference == access.registration.reference:
        return access.registration
    found = with_event().filter(registered_by=access.registration, reference=reference).first()
    if found is None:
        raise Http404
    return found


def _can_change(registration: Registration) -> bool:
    stands = registration.state == Registration.State.CONFIRMED
    return stands and may_still_change(registration.event, now=timezone.now())


def _row(registration: Registration) -> dict[str, Any]:
    event = registration.event
    return {
        "event": event,
        "reference": registration.reference,
        "name": registration.name,
        "when": when_of(event),
        "place": place_of(event),
        "state": registration.get_state_display(),
    }


def about(access: RegistrationAccess) -> dict[str, Any]:
    registration, now = access.registration, timezone.now()
    event = registration.event
    cards = cards_of(access, now=now)
    return {
        "access": access,
        "event": event,
        "partnership": event.partnership,
        "when": when_of(event),
        "place": place_of(event),
        "access_words": access_of(event),
        "phone": event.contact_phone or event.partnership.phone,
        "reference": registration.reference,
        "cards": cards,
        "materials": own_materials(registration, token="" if access.is_signed_in else access.key),
        "line": explain(event, now=now) if any(card.waits for card in cards) else "",
        "is_called_off": event.state == Event.State.CANCELLED,
        "is_over": event.ends_at <= now,
        "stands": any(card.stands for card in cards),
        "is_certain": any(card.certain for card in cards),
        "bring_url": "" if why_not_bring(registration, now=now) else access.url("bring", registration),
    }


by_link = by_registration_link(SecretLink.Purpose.EVENT)
link_page, own_page = by_link(show), by_person(show)
link_calendar, own_calendar = by_link(calendar), by_person(calendar)
link_change, own_change = by_link(change), by_person(change)
link_cancel, own_cancel = by_link(cancel_own), by_person(cancel_own)
