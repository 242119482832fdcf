"""A signed-in business: its own appointments."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultations.access import Access
from consultations.models import Appointment, Concern
from consultations.queries import appointments_of
from consultations.views import own_appointment
from partnership.models import Person
from partnership.rules import posts_for
from partnership.times import long_period


@never_cache
@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Meine Termine: what comes, soonest first, and what was, latest first."""
    assert isinstance(request.user, Person)
    rows = [_row(appointment) for appointment in appointments_of(request.user).select_related("concern")]
    now = timezone.now()
    coming = [r for r in rows if r["ends_at"] > now and r["state"] in Appointment.UPCOMING]
    past = [r for r in reversed(rows) if r not in coming]
    context = {"coming": coming, "past": past, "has_posts": bool(posts_for(request))}
    return render(request, "consultations/public/account.html", context)


def by_person(view: own_appointment.View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Turn a view of an appointment into one of a number, for the person whose it is."""

    @never_cache
    @login_required
    @wraps(view)
    def open_own(request: HttpRequest, reference: str) -> HttpResponse:
        assert isinstance(request.user, Person)
        own = appointments_of(request.user).select_related("lane__hours__office__organisation")
        appointment = get_object_or_404(own, reference=reference)
        return view(request, Access(appointment, reference, is_signed_in=True))

    return open_own


appointment = by_person(own_appointment.show)
calendar = by_person(own_appointment.calendar)
move = by_person(own_appointment.move)
cancel = by_person(own_appointment.cancel)


def _row(appointment: Appointment) -> dict[str, Any]:
    assert appointment.lane is not None
    hours = appointment.lane.hours
    return {
        "state": appointment.state,
        "state_word": appointment.get_state_display(),
        "ends_at": appointment.ends_at,
        "when": long_period(appointment.starts_at, appointment.ends_at),
        "office": hours.office.name,
        "access": Access(appointment, appointment.reference, is_signed_in=True),
        "reference": appointment.reference,
        "next_step": _next_step(appointment),
    }


def _next_step(appointment: Appointment) -> str:
    concern: Concern | None = getattr(appointment, "concern", None)
    if concern is None or appointment.state != Appointment.State.ATTENDED:
        return ""
    return concern.get_next_step_display() if concern.next_step else ""
