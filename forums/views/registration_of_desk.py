"""A registration at the workplace: everything that happened, and what a desk does for somebody who calls."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forums import mails
from forums.desk.acting import correct_address, send_again
from forums.desk.listing import Standing, rows_of, standing_of, with_bookings
from forums.desk.registration_page import colleagues_of, needs_of, parts_of, state_sentence
from forums.event_tabs import frame_of
from forums.forms.entering import AddressForm, CancelForm, DeskPartsForm
from forums.models import Event, Registration
from forums.queries import registrations_visible_to
from forums.registering.bookings import standing_bookings
from forums.registering.cancelling import cancel
from forums.registering.changing import change_parts
from forums.registering.window import may_still_change
from forums.views.desk_pages import CONFLICT, event_of_desk
from partnership.blocked_address_words import describe_block
from partnership.models import Person
from partnership.phone_numbers import dialled
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.timeline import timeline_of

allow = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@never_cache
@require_safe
def participant(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    event = event_of_desk(request, reference)
    found = _visible(request, event, number)
    now = timezone.now()
    can_change = found.state == Registration.State.CONFIRMED and may_still_change(event, now=now)
    address = mails.address_of(found)
    context = _about(request, event, found) | {
        "sentence": state_sentence(found),
        "parts": parts_of(found, now=now),
        "needs": needs_of(found),
        "colleagues": rows_of(colleagues_of(found)),
        "timeline": timeline_of(found),
        "blocked": describe_block(address) if address else None,
        "address": address,
        "can_change": can_change,
    }
    return render(request, "forums/desk/participant.html", context)


@login_required
@never_cache
@allow
def participant_change(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    event = event_of_desk(request, reference)
    found = _changeable(request, event, number)
    data = request.POST if request.method == "POST" else None
    form = DeskPartsForm(data, event=event, has=list(standing_bookings(found)))
    refusal = None
    if form.is_valid():
        try:
            change_parts(
                registration_id=found.pk,
                parts=form.wanted,
                may_wait_for=form.may_wait_for,
                actor=_actor(request),
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Gespeichert.") + " " + _words_of_mail(found))
            return redirect("events:participant", reference, number)
    context = _about(request, event, found) | {"form": form, "refusal": refusal}
    return _render(request, "forums/desk/participant_change.html", context)


@login_required
@never_cache
@allow
def participant_cancel(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    event = event_of_desk(request, reference)
    found = _changeable(request, event, number)
    colleagues = [row for row in rows_of(colleagues_of(found)) if row.standing != Standing.GONE]
    data = request.POST if request.method == "POST" else None
    form = CancelForm(data, has_colleagues=bool(colleagues), has_address=bool(mails.address_of(found)))
    refusal = None
    if form.is_valid():
        is_told = form.cleaned_data.get("is_told", False)
        try:
            cancel(
                registration_id=found.pk,
                with_colleagues=form.cleaned_data.get("with_colleagues", False),
                by=Registration.CancelledBy.DESK,
                actor=_actor(request),
                tells=is_told,
            )
        except Refusal as error:
            refusal = error
        else:
            told = _words_of_mail(found) if is_told else _("Eine E-Mail geht nicht hinaus.")
            messages.success(request, _("%(name)s ist abgemeldet.") % {"name": found.name} + " " + told)
            return redirect("events:participant", reference, number)
    context = _about(request, event, found) | {"form": form, "refusal": refusal, "colleagues": colleagues}
    return _render(request, "forums/desk/participant_cancel.html", context)


@login_required
@never_cache
@allow
def participant_address(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    event = event_of_desk(request, reference)
    found = _changeable(request, event, number)
    form = AddressForm(request.POST if request.method == "POST" else None, email=found.email)
    refusal = None
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            correct_address(registration_id=found.pk, email=email, actor=_actor(request))
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Die Bestätigung geht an %(email)s.") % {"email": email})
            return redirect("events:participant", reference, number)
    context = _about(request, event, found) | {
        "form": form,
        "refusal": refusal,
        "blocked": describe_block(found.email) if found.email else None,
    }
    return _render(request, "forums/desk/participant_address.html", context)


@login_required
@require_POST
def participant_mail(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    """What stands, once more."""
    found = _visible(request, event_of_desk(request, reference), number)
    try:
        send_again(registration_id=found.pk, actor=_actor(request))
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    else:
        email = mails.address_of(found)
        messages.success(request, _("Die Bestätigung geht noch einmal an %(email)s.") % {"email": email})
    return redirect("events:participant", reference, number)


def _visible(request: HttpRequest, event: Event, number: str) -> Registration:
    visible = registrations_visible_to(posts_for(request)).filter(event=event)
    rows = with_bookings(visible).select_related("entered_by", "registered_by", "firm")
    found = get_object_or_404(rows, reference=number)
    found.event = event
    return found


def _changeable(request: HttpRequest, event: Event, number: str) -> Registration:
    """What has ended has no such page."""
    found = _visible(request, event, number)
    if found.state != Registration.State.CONFIRMED:
        raise Http404
    return found


def _about(request: HttpRequest, event: Event, registration: Registration) -> dict[str, Any]:
    return frame_of(request, event) | {
        "registration": registration,
        "standing": standing_of(registration),
        "tel": dialled(registration.phone),
    }


def _words_of_mail(registration: Registration) -> str:
    address = mails.address_of(registration)
    if address:
        return _("Eine E-Mail geht an %(email)s.") % {"email": address}
    return _("Sagen Sie es am Telefon, eine E-Mail geht nicht.")


def _actor(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


def _render(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context, status=CONFLICT if context["refusal"] else 200)
