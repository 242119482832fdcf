"""Registering for an event: one page, then the mail that asks for the yes, then the yes."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from forums.event_words import access_of, place_of, when_of
from forums.forms.registering import ColleagueRows, RegisterForm, colleagues_in
from forums.models import Event, EventInvitation, Registration, Visibility
from forums.queries import event_to_register, registered_as
from forums.registering.access import RegistrationAccess, issue_own_link
from forums.registering.confirming import confirm
from forums.registering.page import parts_of
from forums.registering.registering import Entry, register
from forums.registering.window import closes_at, confirm_by, why_not_open
from forums.views.own_registration import by_registration_link
from partnership.current import current_partnership
from partnership.forms.rows import with_another_row
from partnership.limits import check_limit
from partnership.models import Person, SecretLink
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.times import current_language, long_moment

CONFLICT = 409
SENT_KEY = "event_registered"
State = Registration.State
allow = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@allow
def register_page(request: HttpRequest, reference: str) -> HttpResponse:
    event = event_to_register(current_partnership(request), reference, posts=posts_for(request))
    return registering(request, event)


def registering(
    request: HttpRequest, event: Event, *, invitation: EventInvitation | None = None
) -> HttpResponse:
    """The page and what it sends. `invitation`: of whoever has opened its personal link."""
    closed = why_not_open(event, now=timezone.now())
    if closed:
        return render(request, "forums/registering/closed.html", _about(event) | {"sentence": closed})
    data = request.POST if request.method == "POST" else None
    person = request.user if isinstance(request.user, Person) else None
    form = _form(event, invitation, data=data, initial=_known_of(person, invitation))
    takes_colleagues = event.visibility != Visibility.INVITED
    rows = ColleagueRows(data if takes_colleagues else None, prefix="mit")
    rows.helper.form_show_errors = False  # the page has one summary for the form and the rows
    context = _about(event) | {"form": form, "rows": rows, "takes_colleagues": takes_colleagues}
    context["asks_mailbox"] = not (person or invitation)
    context["known"] = registered_as(person, event) if person else None
    if rows.wants_another_row:
        with_another_row(rows)
        form = context["form"] = _form(event, invitation, initial=request.POST.dict())
    elif form.is_valid() & (rows.is_valid() or not takes_colleagues):
        check_limit(request, "register_event")
        entry = form.entry(colleagues=colleagues_in(rows) if takes_colleagues else [])
        try:
            return _registered(request, entry, person, invitation)
        except Refusal as refusal:
            context["refusal"] = refusal
    status = CONFLICT if "refusal" in context else 200
    return render(request, "forums/registering/register.html", context, status=status)


@never_cache
@require_safe
def sent(request: HttpRequest, reference: str) -> HttpResponse:
    told = request.session.get(SENT_KEY)
    if not told or told.get("reference") != reference:
        return redirect("forums:register", reference)
    event = event_to_register(current_partnership(request), reference, posts=posts_for(request))
    context = _about(event) | {"sent": told, "demo": settings.DEMO}
    return render(request, "forums/registering/sent.html", context)


@by_registration_link(SecretLink.Purpose.EVENT_CONFIRM)
@allow
def confirm_page(request: HttpRequest, access: RegistrationAccess) -> HttpResponse:
    """Mail scanners open links: opening one only shows the page, the button confirms."""
    registration, refusal = access.registration, None
    if request.method == "POST":
        try:
            _confirmed, token = confirm(registration_id=registration.pk)
        except Refusal as no:
            refusal = no
        else:
            return redirect("forums:registration", token) if token else redirect(request.path)
    context = _about(registration.event) | {
        "name": registration.name,
        "parts": parts_of(registration),
        "confirm_by": long_moment(registration.confirm_by) if registration.confirm_by else "",
        "is_new": registration.state == State.UNCONFIRMED,
        "is_late": registration.state == State.EXPIRED,
        "is_confirmed": registration.state == State.CONFIRMED,
        "refusal": refusal,
    }
    status = CONFLICT if refusal else 200
    return render(request, "forums/registering/confirm.html", context, status=status)


def _registered(
    request: HttpRequest, entry: Entry, person: Person | None, invitation: EventInvitation | None
) -> HttpResponse:
    """The page after it is the same for an address that is registered already: that is told by mail."""
    registration = register(entry=entry, person=person, invitation=invitation)
    known = registered_as(person, entry.event) if person and person.email == entry.address else None
    if registration is None and known:
        return redirect("own_registrations:registration", known.reference)
    if registration and registration.state == State.CONFIRMED:
        if person and registration.person_id == person.pk:
            return redirect("own_registrations:registration", registration.reference)
        return redirect("forums:registration", issue_own_link(registration))
    request.session[SENT_KEY] = {
        "reference": entry.event.reference,
        "email": entry.address,
        "confirm_by": long_moment(confirm_by(entry.event, now=timezone.now())),
    }
    return redirect("forums:sent", entry.event.reference)


def _form(
    event: Event, invitation: EventInvitation | None, *, initial: Any, data: Any = None
) -> RegisterForm:
    """An invitation is for its address: a link that was handed on registers nobody else."""
    form = RegisterForm(data, event=event, initial=initial)
    if invitation:
        form.initial["email"] = invitation.email
        form.fields["email"].disabled = True
    return form


def _known_of(person: Person | None, invitation: EventInvitation | None) -> dict[str, str]:
    if invitation:
        return {name: getattr(invitation, name) for name in ("name", "email", "role", "firm_name")}
    return {"name": person.name, "email": person.email} if person else {}


def _about(event: Event) -> dict[str, Any]:
    return {
        "event": event,
        "partnership": event.partnership,
        "when": when_of(event),
        "place": place_of(event),
        "access_words": access_of(event),
        "closes": long_moment(closes_at(event)),
        "phone": event.contact_phone or event.partnership.phone,
        "language": current_language(),
    }
