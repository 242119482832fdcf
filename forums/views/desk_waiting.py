"""An event's waiting lists, for those who run it: who waits, their answers, taking in, taking off."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forums.event_tabs import frame_of
from forums.forms.waiting import TakeInForm, TakeOffForm
from forums.models import Event, PartBooking
from forums.queries import events_visible_to
from forums.rules import may_read_participants
from forums.seats import free_places
from forums.waiting import answers
from forums.waiting.desk_page import gives_places_by_hand, lines_of, waits_in
from forums.waiting.line import place_in_line
from forums.waiting.words import part_in_words
from partnership.models import Person
from partnership.paging import sheet_of
from partnership.refusals import Refusal
from partnership.rules import posts_for

CONFLICT = 409
State = PartBooking.State
allow = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@never_cache
@require_safe
def waiting(request: HttpRequest, reference: str) -> HttpResponse:
    return _show(request, _event(request, reference))


@login_required
@never_cache
@allow
def take_in(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Somebody gets a place, out of order or beyond the capacity if the desk says why."""
    event, booking = _waits(request, reference, pk)
    is_offered = booking.state == State.OFFERED
    form = TakeInForm(
        request.POST if request.method == "POST" else None,
        is_next=is_offered or place_in_line(booking)[0] == 1,
        is_full=not is_offered and not free_places(booking.part, booking.mode),
    )
    if request.method == "POST" and form.is_valid():
        try:
            answers.take_in(
                booking_id=pk,
                reason=form.cleaned_data["reason"],
                is_beyond=form.cleaned_data.get("is_beyond", False),
                actor=_person(request),
            )
        except Refusal as refusal:
            return _show(request, event, refusal=refusal)
        messages.success(request, _("%(name)s nimmt teil.") % {"name": booking.registration.name})
        return redirect("events:waiting", reference)
    return render(request, "forums/waiting/take_in.html", _about(request, booking) | {"form": form})


@login_required
@never_cache
@allow
def take_off(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    event, booking = _waits(request, reference, pk)
    form = TakeOffForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            answers.take_off(booking_id=pk, reason=form.cleaned_data["reason"], actor=_person(request))
        except Refusal as refusal:
            return _show(request, event, refusal=refusal)
        messages.success(request, _("%(name)s wartet nicht mehr.") % {"name": booking.registration.name})
        return redirect("events:waiting", reference)
    return render(request, "forums/waiting/take_off.html", _about(request, booking) | {"form": form})


@login_required
@require_POST
def answer(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """What somebody on the telephone says to an offer: `antwort` is 'ja' or 'nein'."""
    event, booking = _waits(request, reference, pk)
    try:
        if request.POST.get("antwort") == "ja":
            answers.accept(booking_id=pk, actor=_person(request))
            messages.success(request, _("%(name)s nimmt teil.") % {"name": booking.registration.name})
        elif request.POST.get("antwort") == "nein":
            answers.leave(booking_id=pk, actor=_person(request))
            messages.success(request, _("Abgelehnt. Der Platz geht an die Nächsten."))
    except Refusal as refusal:
        return _show(request, event, refusal=refusal)
    return redirect("events:waiting", reference)


def _event(request: HttpRequest, reference: str) -> Event:
    event = get_object_or_404(events_visible_to(posts_for(request)), reference=reference)
    if not may_read_participants(posts_for(request), event):
        raise PermissionDenied
    return event


def _waits(request: HttpRequest, reference: str, pk: int) -> tuple[Event, PartBooking]:
    event = _event(request, reference)
    bookings = PartBooking.objects.select_related("registration", "part__event")
    return event, get_object_or_404(bookings, pk=pk, part__event=event, waits_since__isnull=False)


def _show(request: HttpRequest, event: Event, *, refusal: Refusal | None = None) -> HttpResponse:
    sheet = sheet_of(waits_in(event), request.GET)
    context = frame_of(request, event) | {
        "lines": lines_of(event, sheet.rows),
        "sheet": sheet,
        "is_by_hand": gives_places_by_hand(event, now=timezone.now()),
        "refusal": refusal,
    }
    return render(request, "forums/waiting/desk.html", context, status=CONFLICT if refusal else 200)


def _about(request: HttpRequest, booking: PartBooking) -> dict[str, object]:
    return frame_of(request, booking.part.event) | {"booking": booking, "part": part_in_words(booking)}


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
