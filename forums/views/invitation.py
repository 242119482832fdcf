"""Behind the personal link of an invitation: the event, registering, saying no."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from forums.event_words import access_of, organisers_of, part_when_of, place_of, speakers_of, when_of
from forums.inviting.answering import decline, invitation_behind, registration_of, send_own_link
from forums.models import Event, EventInvitation
from forums.registering.window import closes_at, why_not_open
from forums.views.registering import registering
from partnership.current import current_partnership
from partnership.limits import check_limit
from partnership.refusals import Refusal
from partnership.times import long_moment
from partnership.views.secret_links import secret_page

CONFLICT = 409
View = Callable[[HttpRequest, EventInvitation, str], HttpResponse]


def by_invitation(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Turn a view of an invitation into one of a token. Unknown and ended ones get a page that helps."""

    @secret_page
    @wraps(view)
    def open_link(request: HttpRequest, token: str) -> HttpResponse:
        invitation = invitation_behind(token)
        if invitation is None:
            check_limit(request, "link")
            context = {"partnership": current_partnership(request)}
            return render(request, "forums/invitation/ended.html", context, status=404)
        return view(request, invitation, token)

    return open_link


@by_invitation
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, invitation: EventInvitation, token: str) -> HttpResponse:
    """Mail scanners open links: opening one only shows the page. The button says no."""
    refusal = None
    if request.method == "POST":
        try:
            decline(invitation_id=invitation.pk)
        except Refusal as error:
            refusal = error
        else:
            return redirect("forums:invitation", token)
    context = _about(invitation, token) | {"refusal": refusal}
    status = CONFLICT if refusal else 200
    return render(request, "forums/invitation/invitation.html", context, status=status)


@by_invitation
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_register(request: HttpRequest, invitation: EventInvitation, token: str) -> HttpResponse:
    """Filled in with what the list knows; the mailbox is proven by the link."""
    if registration_of(invitation):
        return redirect("forums:invitation", token)
    return registering(request, invitation.event, invitation=invitation)


@by_invitation
@require_POST
def invitation_own_link(request: HttpRequest, invitation: EventInvitation, token: str) -> HttpResponse:
    send_own_link(invitation_id=invitation.pk)
    return redirect(f"{request.path.removesuffix('link/')}?gesendet=1")


def _about(invitation: EventInvitation, token: str) -> dict[str, Any]:
    event = invitation.event
    closed = why_not_open(event, now=timezone.now())
    return {
        "event": event,
        "partnership": event.partnership,
        "invitation": invitation,
        "token": token,
        "when": when_of(event),
        "place": place_of(event),
        "access_words": access_of(event),
        "organisers": organisers_of(event),
        "programme": _programme(event),
        "closes": long_moment(closes_at(event)),
        "closed": closed,
        "is_registered": registration_of(invitation) is not None,
        "has_declined": invitation.declined_at is not None,
        "phone": event.contact_phone or event.partnership.phone,
    }


def _programme(event: Event) -> list[dict[str, Any]]:
    parts = event.parts.select_related("event")
    return [
        {"title": part.title, "when": part_when_of(part), "speakers": speakers_of(part)} for part in parts
    ]
