"""What somebody waits for in an event: which place in line, yes or no to an offer, no more waiting."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from forums.event_words import place_of, when_of
from forums.models import Registration
from forums.registering.access import RegistrationAccess
from forums.views.own_registration import CONFLICT, allow, by_link, by_person
from forums.waiting import answers
from forums.waiting.words import explain, waits_of
from partnership.refusals import Refusal


@allow
def waits(request: HttpRequest, access: RegistrationAccess, reference: str = "") -> HttpResponse:
    """Of the own registration, or of a colleague's. The post is about `platz`; `antwort` is 'ja', 'nein', or
    'wieder' after an offer that ran out.
    """
    registration = _registration(access, reference)
    if request.method != "POST":
        return _show(request, access, registration)
    key, says = request.POST.get("platz", ""), request.POST.get("antwort")
    pk = int(key) if key.isdecimal() and len(key) < 18 else 0
    booking = get_object_or_404(registration.bookings.filter(waits_since__isnull=False), pk=pk)
    try:
        if says == "ja":
            answers.accept(booking_id=booking.pk, actor=access.person)
            return redirect(access.page_url)
        if says == "nein":
            answers.leave(booking_id=booking.pk, actor=access.person)
        elif says == "wieder":
            answers.wait_again(booking_id=booking.pk)
    except Refusal as refusal:
        return _show(request, access, registration, refusal=refusal)
    return redirect(request.path)


def _registration(access: RegistrationAccess, reference: str) -> Registration:
    if access.is_signed_in:
        return access.registration
    for registration in access.registrations():
        if registration.reference == reference:
            return registration
    raise Http404


def _show(
    request: HttpRequest,
    access: RegistrationAccess,
    registration: Registration,
    *,
    refusal: Refusal | None = None,
) -> HttpResponse:
    event, now = registration.event, timezone.now()
    context = {
        "access": access,
        "registration": registration,
        "event": event,
        "partnership": event.partnership,
        "when": when_of(event),
        "place": place_of(event),
        "phone": event.contact_phone or event.partnership.phone,
        "waits": waits_of(registration, now=now),
        "line": explain(event, now=now),
        "refusal": refusal,
    }
    return render(request, "forums/waiting/waits.html", context, status=CONFLICT if refusal else 200)


link_waits, own_waits = by_link(waits), by_person(waits)
