"""The pages behind the links of our mails. They name time and place only."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from consultations import booking
from consultations.access import Access, appointment_behind
from consultations.models import Appointment
from consultations.queries import free_times
from consultations.taking_time import SlotTaken
from consultations.views import own_appointment
from consultations.views.times import CONFLICT, nearest_to
from partnership.current import current_partnership
from partnership.limits import check_limit
from partnership.models import SecretLink
from partnership.refusals import Refusal
from partnership.times import long_moment, long_period
from partnership.views.secret_links import secret_page

Purpose = SecretLink.Purpose
State = Appointment.State
allow = require_http_methods(["GET", "HEAD", "POST"])


def by_link(
    purpose: SecretLink.Purpose,
) -> Callable[[own_appointment.View], Callable[[HttpRequest, str], HttpResponse]]:
    """Turn a view of an appointment into one of a token. Unknown and ended ones get a page that helps."""

    def decorate(view: own_appointment.View) -> Callable[[HttpRequest, str], HttpResponse]:
        @secret_page
        @wraps(view)
        def open_link(request: HttpRequest, token: str) -> HttpResponse:
            appointment = appointment_behind(token, purpose=purpose)
            if appointment is None:
                check_limit(request, "link")
                context = {"partnership": current_partnership(request)}
                return render(request, "consultations/public/link_ended.html", context, status=404)
            return view(request, Access(appointment, token))

        return open_link

    return decorate


appointment = by_link(Purpose.MANAGE)(own_appointment.show)
calendar = by_link(Purpose.MANAGE)(own_appointment.calendar)
move = by_link(Purpose.MANAGE)(own_appointment.move)
cancel = by_link(Purpose.MANAGE)(own_appointment.cancel)


@by_link(Purpose.CONFIRM)
@allow
def confirm(request: HttpRequest, access: Access) -> HttpResponse:
    """Mail scanners open links: opening one only shows the page, the button confirms."""
    if request.method != "POST":
        return _confirm_page(request, access.appointment)
    try:
        _confirmed, token = booking.confirm(appointment_id=access.appointment.pk)
    except Refusal as refusal:
        return _confirm_page(request, access.appointment, refusal=refusal)
    if not token:
        return redirect(request.path)
    return redirect("consultations:appointment", token)


def _confirm_page(
    request: HttpRequest, appointment: Appointment, *, refusal: Refusal | None = None
) -> HttpResponse:
    hours = appointment.lane.hours if appointment.lane else None
    context: dict[str, Any] = {
        "appointment": appointment,
        "hours": hours,
        "when": long_period(appointment.starts_at, appointment.ends_at),
        "confirm_by": long_moment(appointment.confirm_by) if appointment.confirm_by else "",
        "is_waiting": appointment.state == State.UNCONFIRMED,
        "was_released": appointment.state == State.EXPIRED,
        "is_confirmed": appointment.state == State.CONFIRMED,
        "is_cancelled": appointment.state == State.CANCELLED,
        "refusal": refusal,
        "partnership": appointment.partnership,
    }
    if isinstance(refusal, SlotTaken) and hours:
        times = free_times(partnership=appointment.partnership)
        context["nearest"] = nearest_to(times, (hours.pk, appointment.starts_at))
    status = CONFLICT if refusal else 200
    return render(request, "consultations/public/confirm.html", context, status=status)
