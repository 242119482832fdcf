"""Appointments at the workplace: search, one of them, confirming and cancelling it, the firm's address."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations import desk_booking, rules
from consultations.appointment_page import (
    deadlines_of,
    hours_of,
    row_of,
    state_sentence,
    words_of_cancelling,
)
from consultations.appointment_search import search_appointments
from consultations.checked_address import write_to_checked_address
from consultations.forms.checked_address import CheckedAddressForm
from consultations.forms.desk import AppointmentSearch, CancelForm
from consultations.models import Appointment, Concern, VisitRequest, WaitingOffer
from consultations.queries import appointments_visible_to, offers_visible_to, offices_visible_to
from consultations.retention import HELD_APPOINTMENT
from consultations.views.times import CONFLICT
from consultations.visits.rules import may_ask_after_talk
from consultations.whereabouts import officer_of, place_words, visit_of
from partnership.blocked_address_words import describe_block
from partnership.models import Person
from partnership.paging import sheet_of
from partnership.phone_numbers import dialled
from partnership.refusals import Refusal
from partnership.retention.holds import hold_note
from partnership.rules import posts_for
from partnership.timeline import timeline_of
from partnership.times import long_period


@login_required
@never_cache
@require_safe
def appointment_list(request: HttpRequest) -> HttpResponse:
    posts = posts_for(request)
    if not rules.may_open_hours(posts):
        raise PermissionDenied
    search = AppointmentSearch(request.GET, offices=list(offices_visible_to(posts)))
    now = timezone.now()
    rows = search_appointments(
        appointments_visible_to(posts),
        now=now,
        text=search.given("suche") or "",
        office=search.office,
        state=search.given("stand") or "",
        first=search.given("von"),
        last=search.given("bis"),
    )
    sheet = sheet_of(rows, request.GET)
    context = {
        "search": search,
        "sheet": sheet,
        "rows": [row_of(appointment, now=now) for appointment in sheet.rows],
        "heading": _heading(search, sheet.count),
    }
    return render(request, "consultations/desk/appointment_list.html", context)


@login_required
@never_cache
@require_safe
def appointment(request: HttpRequest, reference: str) -> HttpResponse:
    found = _visible(request, reference)
    posts = posts_for(request)
    now = timezone.now()
    reads_concern = rules.may_read_concern(posts, found)
    can_cancel = (
        rules.may_cancel_appointment(posts, found)
        and found.state in Appointment.UPCOMING
        and found.starts_at > now
    )
    can_check = can_cancel and rules.may_check_address(posts, found)
    context = _about(found) | {
        "blocked": describe_block(found.contact_email),
        "can_check": can_check,
        "deadlines": deadlines_of(found, now=now),
        "sentence": state_sentence(found),
        "timeline": timeline_of(found),
        "can_cancel": can_cancel,
        "can_confirm": can_cancel and found.state == Appointment.State.UNCONFIRMED,
        "can_move": can_cancel and found.state == Appointment.State.CONFIRMED,
        "reads_concern": reads_concern,
        "sees_firm": found.firm_id is not None and found.host_id in posts.desks,
        "concern": Concern.objects.filter(appointment=found).first() if reads_concern else None,
        "request_after": VisitRequest.objects.filter(came_from=found).first() if reads_concern else None,
        "can_ask_visit": may_ask_after_talk(posts, found),
        "hold": hold_note(HELD_APPOINTMENT, found, posts),
        "offer": _open_offer(request, found),
        "can_note": rules.may_note_outcome(posts, found) and rules.outcome_is_due(found, now=now),
    }
    return render(request, "consultations/desk/appointment.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    found = _visible(request, reference)
    assert isinstance(request.user, Person)
    if not rules.may_cancel_appointment(posts_for(request), found):
        raise PermissionDenied
    form = CancelForm(
        request.POST if request.method == "POST" else None, hint=_("Die Firma liest ihn in ihrer E-Mail.")
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            desk_booking.cancel_by_desk(
                appointment_id=found.pk, reason=form.cleaned_data["reason"], actor=request.user
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, words_of_cancelling(_("Der Termin ist abgesagt."), [found]))
            return redirect("appointments:appointment", reference)
    blocked = describe_block(found.contact_email)
    context = _about(found) | {"form": form, "refusal": refusal, "blocked": blocked}
    status = CONFLICT if refusal else 200
    return render(request, "consultations/desk/appointment_cancel.html", context, status=status)


@login_required
@require_POST
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """The firm has said on the telephone that it comes."""
    found = _visible(request, reference)
    assert isinstance(request.user, Person)
    if not rules.may_cancel_appointment(posts_for(request), found):
        raise PermissionDenied
    try:
        confirmed = desk_booking.confirm_for_caller(appointment_id=found.pk, actor=request.user)
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    else:
        words = {"when": long_period(confirmed.starts_at, confirmed.ends_at)}
        messages.success(request, _("Der Termin ist bestätigt: %(when)s.") % words)
    return redirect("appointments:appointment", reference)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, reference: str) -> HttpResponse:
    """The firm's address: as it is, when it has been checked, or another one."""
    found = _visible(request, reference)
    assert isinstance(request.user, Person)
    if not rules.may_check_address(posts_for(request), found):
        raise PermissionDenied
    form = CheckedAddressForm(request.POST if request.method == "POST" else None, email=found.contact_email)
    refusal = None
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            write_to_checked_address(appointment_id=found.pk, email=email, actor=request.user)
        except Refusal as error:
            refusal = error
        else:
            messages.success(
                request, _("Der Termin ist noch einmal an %(email)s gesendet.") % {"email": email}
            )
            return redirect("appointments:appointment", reference)
    context = _about(found) | {
        "form": form,
        "refusal": refusal,
        "blocked": describe_block(found.contact_email),
    }
    status = CONFLICT if refusal else 200
    return render(request, "consultations/desk/appointment_address.html", context, status=status)


def _visible(request: HttpRequest, reference: str) -> Appointment:
    return get_object_or_404(
        appointments_visible_to(posts_for(request)).select_related("chamber"), reference=reference
    )


def _open_offer(request: HttpRequest, appointment: Appointment) -> WaitingOffer | None:
    """Whoever may answer it for the firm sees where."""
    if appointment.state != Appointment.State.PROPOSED:
        return None
    return offers_visible_to(posts_for(request)).filter(appointment=appointment).first()


def _about(appointment: Appointment) -> dict[str, Any]:
    return {
        "appointment": appointment,
        "when": long_period(appointment.starts_at, appointment.ends_at),
        "place": place_words(appointment),
        "hours": hours_of(appointment),
        "visit": visit_of(appointment),
        "officer": officer_of(appointment),
        "tel": dialled(appointment.contact_phone),
    }


def _heading(search: AppointmentSearch, count: int) -> str:
    if search.is_set:
        return ngettext("%(count)d Termin gefunden", "%(count)d Termine gefunden", count) % {"count": count}
    return ngettext("%(count)d Termin steht an", "%(count)d Termine stehen an", count) % {"count": count}
