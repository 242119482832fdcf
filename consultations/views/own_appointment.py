"""A firm's own appointment: see, move, cancel. The same pages serve a mail's link and an account."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from consultations import booking
from consultations.access import Access
from consultations.calendar import calendar_file
from consultations.deadlines import change_deadline, may_still_change
from consultations.models import Appointment, Concern, OfficeHours
from consultations.nearness import near_offices
from consultations.offers import DAYS_AT_ONCE, lay_out, place_of, read_choice
from consultations.queries import FreeTime, bookable_offices, free_times
from consultations.search import days_wanted
from consultations.taking_time import SlotTaken
from consultations.views import own_visit
from consultations.views.times import CONFLICT, nearest_to
from consultations.whereabouts import lane_of, visit_of, whereabouts_of
from partnership.publications.queries import released_editions
from partnership.refusals import Refusal
from partnership.times import berlin_day, long_date, long_moment, long_period

View = Callable[[HttpRequest, Access], HttpResponse]
State = Appointment.State
allow = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def show(request: HttpRequest, access: Access) -> HttpResponse:
    """What was confided is shown to who is signed in, never behind a link (docs/decisions/0004)."""
    concern = Concern.objects.filter(appointment=access.appointment) if access.is_signed_in else None
    context = _about(request, access) | {
        "concern": concern.first() if concern is not None else None,
        "brochure": released_editions(access.appointment.partnership).first(),
    }
    return render(request, "consultations/public/appointment.html", context)


@require_safe
def calendar(request: HttpRequest, access: Access) -> HttpResponse:
    response = HttpResponse(calendar_file(access.appointment), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="termin.ics"'
    return response


@allow
def move(request: HttpRequest, access: Access) -> HttpResponse:
    """Free times to choose from; then old and new side by side; the post moves."""
    if visit_of(access.appointment):
        return own_visit.move_own(request, access, _about(request, access))
    if not _can_change(access.appointment):
        return render(request, "consultations/public/move.html", _about(request, access))
    choice = read_choice((request.POST if request.method == "POST" else request.GET).get("zeit", ""))
    if request.method != "POST" or choice is None:
        return _choose_time(request, access)
    hours_id, starts_at = choice
    try:
        moved, token = booking.move(
            appointment_id=access.appointment.pk, hours_id=hours_id, starts_at=starts_at
        )
    except Refusal as refusal:
        return _choose_time(request, access, refusal=refusal)
    key = access.key if access.is_signed_in else token
    return redirect(Access(moved, key, access.is_signed_in).page_url + "?neu=verschoben")


@allow
def cancel(request: HttpRequest, access: Access) -> HttpResponse:
    context = _about(request, access)
    if visit_of(access.appointment):
        return own_visit.cancel_own(request, access, context)
    if request.method == "POST" and access.appointment.state != State.CANCELLED:
        try:
            booking.cancel_by_firm(appointment_id=access.appointment.pk)
        except Refusal as refusal:
            context["refusal"] = refusal
            return render(request, "consultations/public/cancel.html", context, status=CONFLICT)
    if request.method == "POST" or access.appointment.state == State.CANCELLED:
        return redirect(access.page_url)
    return render(request, "consultations/public/cancel.html", context)


def _choose_time(request: HttpRequest, access: Access, *, refusal: Refusal | None = None) -> HttpResponse:
    """Times in the same house first; all houses on request, or where this one has none."""
    appointment = access.appointment
    office = _hours(appointment).office
    times = _other_times(appointment)
    choice = read_choice(request.GET.get("zeit", ""))
    chosen = next((t for t in times if (t.hours.pk, t.starts_at) == choice), None)
    context = _about(request, access) | {"refusal": refusal}
    if chosen and not refusal:
        context |= {"zeit": request.GET["zeit"], "new_when": long_period(chosen.starts_at, chosen.ends_at)}
        context |= {"new_office": chosen.hours.office.name, "new_place": place_of(chosen.hours)}
        return render(request, "consultations/public/move_check.html", context)
    everywhere = "alle" in request.GET or not any(t.hours.office_id == office.pk for t in times)
    near = near_offices(bookable_offices(appointment.partnership), office.postcode)
    offices = [n.office.pk for n in near] if everywhere else [office.pk]
    days = days_wanted(request.GET)
    offer = lay_out(times, near=near, office_ids=offices, days=days)
    more = f"?tage={days + DAYS_AT_ONCE}{'&alle' if everywhere else ''}#{offer.last_anchor}"
    context |= {"offer": offer, "everywhere": everywhere, "more_url": more}
    if isinstance(refusal, SlotTaken) and (lost := read_choice(request.POST.get("zeit", ""))):
        context["nearest"] = nearest_to(times, lost)
    status = CONFLICT if refusal else 200
    return render(request, "consultations/public/move.html", context, status=status)


def _other_times(appointment: Appointment) -> list[FreeTime]:
    own = (_hours(appointment).pk, appointment.starts_at)
    times = free_times(partnership=appointment.partnership)
    return [time for time in times if (time.hours.pk, time.starts_at) != own]


def _hours(appointment: Appointment) -> OfficeHours:
    return lane_of(appointment).hours


def _can_change(appointment: Appointment) -> bool:
    return appointment.state in Appointment.UPCOMING and may_still_change(appointment)


def _house(appointment: Appointment) -> dict[str, Any]:
    """What the way to a house has to say; nothing on site."""
    if visit_of(appointment):
        return {}
    hours = _hours(appointment)
    is_step_free = hours.office.step_free and (hours.room is None or hours.room.step_free)
    return {"office": hours.office, "is_step_free": is_step_free}


def _about(request: HttpRequest, access: Access) -> dict[str, Any]:
    appointment = access.appointment
    place = whereabouts_of(appointment)
    return {
        "access": access,
        "reference": appointment.reference,
        "is_visit": visit_of(appointment) is not None,
        "partnership": appointment.partnership,
        "when": long_period(appointment.starts_at, appointment.ends_at),
        "day": long_date(berlin_day(appointment.starts_at)),
        "place": place,
        "phone": place.phone,
        **_house(appointment),
        "change_until": long_moment(change_deadline(appointment)),
        "can_change": _can_change(appointment),
        "is_cancelled": appointment.state == State.CANCELLED,
        "is_upcoming": appointment.state in Appointment.UPCOMING and appointment.ends_at > timezone.now(),
        "was_moved": request.GET.get("neu") == "verschoben",
    }
