"""A firm's own visit, beside `own_appointment`: move it to another time of the officer's, or cancel it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from consultations.access import Access
from consultations.forms.visit_change import CancelOwnVisitForm, OtherTimeForm
from consultations.models import Appointment
from consultations.views.times import CONFLICT
from consultations.visits.changing import cancel_visit, move_visit, times_to_move_to
from partnership.refusals import Refusal

By = Appointment.CancelledBy


def move_own(request: HttpRequest, access: Access, about: dict[str, Any]) -> HttpResponse:
    appointment = access.appointment
    times = times_to_move_to(appointment, now=timezone.now()) if about["can_change"] else []
    form = OtherTimeForm(request.POST if request.method == "POST" else None, times=times)
    context = about | {"form": form, "has_times": bool(times)}
    if request.method == "POST" and form.is_valid():
        try:
            moved, token = move_visit(
                appointment_id=appointment.pk, starts_at=form.chosen, actor=appointment.person
            )
        except Refusal as refusal:
            return _show(request, "move", context | {"refusal": refusal})
        key = access.key if access.is_signed_in else token
        return redirect(Access(moved, key, access.is_signed_in).page_url + "?neu=verschoben")
    return _show(request, "move", context)


def cancel_own(request: HttpRequest, access: Access, about: dict[str, Any]) -> HttpResponse:
    appointment = access.appointment
    is_cancelled = appointment.state == Appointment.State.CANCELLED
    form = CancelOwnVisitForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not is_cancelled:
        try:
            cancel_visit(
                appointment_id=appointment.pk,
                by=By.FIRM,
                actor=appointment.person,
                needs_no_visit=bool(form.cleaned_data["needs_no_visit"]),
            )
        except Refusal as refusal:
            return _show(request, "cancel", about | {"form": form, "refusal": refusal})
        return redirect(access.page_url)
    if is_cancelled:
        return redirect(access.page_url)
    return _show(request, "cancel", about | {"form": form})


def _show(request: HttpRequest, act: str, context: dict[str, Any]) -> HttpResponse:
    status = CONFLICT if context.get("refusal") else 200
    return render(request, f"consultations/visits/own_{act}.html", context, status=status)
