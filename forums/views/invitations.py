"""Whom a desk invites to an event: the list, adding to it, sending."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forums.event_tabs import frame_of
from forums.forms.inviting import MOST_MEGABYTES, GuestForm, GuestListForm
from forums.inviting.inviting import (
    Listed,
    Sent,
    list_guests,
    remove_from_list,
    send_again,
    send_invitations,
)
from forums.inviting.lists import GuestList
from forums.inviting.page import lay_out
from forums.models import Event
from forums.queries import registrations_visible_to
from forums.views.desk_pages import CONFLICT, event_of_desk
from partnership.middleware import takes_files
from partnership.models import Person
from partnership.refusals import Refusal
from partnership.rules import posts_for

allow = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@never_cache
@require_safe
def invitations(request: HttpRequest, reference: str) -> HttpResponse:
    event = event_of_desk(request, reference)
    invited = lay_out(event, registrations_visible_to(posts_for(request)))
    context = frame_of(request, event) | {
        "invited": invited,
        "can_send": event.state == Event.State.ANNOUNCED,
        "is_draft": event.state == Event.State.DRAFT,
    }
    return render(request, "forums/desk/invitations.html", context)


@login_required
@never_cache
@allow
def invitation_new(request: HttpRequest, reference: str) -> HttpResponse:
    event = event_of_desk(request, reference)
    form = GuestForm(request.POST if request.method == "POST" else None)
    refusal = None
    if form.is_valid():
        values = form.cleaned_data
        try:
            listed = list_guests(
                event_id=event.pk,
                guests=[form.guest()],
                actor=_actor(request),
                role=values["role"],
                page_language=values["page_language"],
            )
        except Refusal as error:
            refusal = error
        else:
            if listed.new:
                words = _("%(name)s steht auf der Liste. Gesendet ist noch nichts.")
                messages.success(request, words % {"name": values["name"]})
            else:
                messages.warning(request, _("Diese Adresse stand schon auf der Liste."))
            return redirect("events:invitations", reference)
    context = frame_of(request, event) | {"form": form, "refusal": refusal}
    status = CONFLICT if refusal else 200
    return render(request, "forums/desk/invitation_new.html", context, status=status)


@takes_files(most_megabytes=MOST_MEGABYTES)
@login_required
@never_cache
@allow
def invitation_list(request: HttpRequest, reference: str) -> HttpResponse:
    """What can be read is taken in; lines with a fault stay in the field, each with what is wrong."""
    event = event_of_desk(request, reference)
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = GuestListForm(*given)
    context: dict[str, Any] = frame_of(request, event) | {"form": form, "refusal": None}
    if not form.is_valid():
        return render(request, "forums/desk/invitation_list.html", context)
    found = form.read()
    role, page_language = form.cleaned_data["role"], form.cleaned_data["page_language"]
    try:
        listed = list_guests(
            event_id=event.pk,
            guests=found.guests,
            actor=_actor(request),
            role=role,
            page_language=page_language,
        )
    except Refusal as refusal:
        context["refusal"] = refusal
        return render(request, "forums/desk/invitation_list.html", context, status=CONFLICT)
    if not found.faults:
        messages.success(request, _words_of_list(listed))
        return redirect("events:invitations", reference)
    left = {"text": _lines_left(found), "role": role, "page_language": page_language}
    context |= {
        "form": GuestListForm(initial=left),
        "faults": _faults(found),
        "words": _words_of_list(listed),
    }
    return render(request, "forums/desk/invitation_list.html", context)


@login_required
@require_POST
def invitations_send(request: HttpRequest, reference: str) -> HttpResponse:
    event = event_of_desk(request, reference)
    return _act(
        request,
        event,
        lambda: _words_of_sending(send_invitations(event_id=event.pk, actor=_actor(request))),
    )


@login_required
@require_POST
def invitation_again(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    event = event_of_desk(request, reference)
    invitation = get_object_or_404(event.invitations, pk=pk)

    def act() -> str:
        sent = send_again(invitation_id=invitation.pk, actor=_actor(request))
        return _("Die Einladung geht noch einmal an %(email)s.") % {"email": sent.email}

    return _act(request, event, act)


@login_required
@require_POST
def invitation_remove(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    event = event_of_desk(request, reference)
    invitation = get_object_or_404(event.invitations, pk=pk)

    def act() -> str:
        remove_from_list(invitation_id=invitation.pk, actor=_actor(request))
        return _("%(name)s steht nicht mehr auf der Liste. Der Link gilt nicht mehr.") % {
            "name": invitation.name
        }

    return _act(request, event, act)


def _act(request: HttpRequest, event: Event, act: Callable[[], str]) -> HttpResponse:
    try:
        messages.success(request, act())
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("events:invitations", event.reference)


def _lines_left(found: GuestList) -> str:
    return "\n".join(fault.line for fault in found.faults)


def _faults(found: GuestList) -> list[str]:
    """By the number that the line has now, in the field."""
    return [
        _("Zeile %(number)d, „%(line)s“: %(sentence)s")
        % {"number": number, "line": fault.line[:60], "sentence": fault.sentence}
        for number, fault in enumerate(found.faults, start=1)
    ]


def _words_of_list(listed: Listed) -> str:
    new = ngettext("%(count)d Person aufgenommen", "%(count)d Personen aufgenommen", listed.new)
    words = new % {"count": listed.new}
    if listed.known:
        known = ngettext("%(count)d stand schon da", "%(count)d standen schon da", listed.known)
        words += ", " + known % {"count": listed.known}
    return words + ". " + _("Gesendet ist noch nichts.")


def _words_of_sending(sent: Sent) -> str:
    words = ngettext("%(count)d Einladung geht hinaus.", "%(count)d Einladungen gehen hinaus.", sent.sent)
    parts = [words % {"count": sent.sent}]
    if sent.blocked:
        blocked = ngettext(
            "%(count)d Adresse ist gesperrt, dorthin geht nichts.",
            "%(count)d Adressen sind gesperrt, dorthin geht nichts.",
            sent.blocked,
        )
        parts.append(blocked % {"count": sent.blocked})
    if sent.registered:
        registered = ngettext(
            "%(count)d Person ist schon angemeldet.",
            "%(count)d Personen sind schon angemeldet.",
            sent.registered,
        )
        parts.append(registered % {"count": sent.registered})
    return " ".join(parts)


def _actor(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
