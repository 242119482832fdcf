"""The desk books and moves for somebody on the telephone: who, a free time, the details, done."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations import desk_booking, rules
from consultations.forms.callers import CallerForm
from consultations.models import Appointment, OfficeHours
from consultations.nearness import near_offices
from consultations.offers import DAYS_AT_ONCE, Choice, lay_out, place_of, read_choice
from consultations.queries import (
    appointments_visible_to,
    free_times,
    hours_visible_to,
    member_chambers,
    offices_visible_to,
)
from consultations.search import days_wanted
from consultations.taking_time import SlotTaken
from consultations.views.firm_choice import FirmChoice, read_firm_choice, who_calls
from consultations.views.times import CONFLICT, nearest_to
from partnership.current import current_partnership
from partnership.models import Person
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.times import long_moment, long_period


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest) -> HttpResponse:
    """`firma` says who, `zeit` when; what is missing is asked for, in whichever order one comes."""
    if not rules.may_open_desk(posts_for(request)):
        raise PermissionDenied
    firm = read_firm_choice(request)
    choice = read_choice((request.POST if request.method == "POST" else request.GET).get("zeit", ""))
    if choice is None:
        return _who_or_when(request, firm)
    hours = get_object_or_404(hours_visible_to(posts_for(request)), pk=choice[0])
    if not rules.may_book_for_callers(posts_for(request), hours):
        raise PermissionDenied
    if firm is None:
        about = about_time(hours, choice) | who_calls(request, purpose="buchen", label=_("Wer ruft an?"))
        return render(request, "consultations/desk/caller_who.html", about)
    form = _form(request, hours, firm)
    if request.method != "POST" or not form.is_valid():
        return _page(request, hours, choice, form, firm)
    assert isinstance(request.user, Person)
    try:
        booked = desk_booking.book_for_caller(
            hours_id=hours.pk,
            starts_at=choice[1],
            details=form.details(page_language="de"),
            actor=request.user,
            firm_id=firm.firm.pk if firm.firm else None,
        )
    except SlotTaken as taken:
        return _page(request, hours, choice, form, firm, refusal=taken)
    messages.success(request, _words(booked))
    return redirect("appointments:appointment", booked.reference)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, reference: str) -> HttpResponse:
    """Free times of the own houses, then old and new side by side; the post moves."""
    appointment = get_object_or_404(appointments_visible_to(posts_for(request)), reference=reference)
    if not rules.may_cancel_appointment(posts_for(request), appointment):
        raise PermissionDenied
    choice = read_choice((request.POST if request.method == "POST" else request.GET).get("zeit", ""))
    about = {"appointment": appointment, "when": long_period(appointment.starts_at, appointment.ends_at)}
    if choice is None:
        return offer_times(request, **about)
    hours = get_object_or_404(hours_visible_to(posts_for(request)), pk=choice[0])
    if not rules.may_book_for_callers(posts_for(request), hours):
        raise PermissionDenied
    if request.method != "POST":
        about |= {"new_when": long_moment(choice[1]), "hours": hours, "place": place_of(hours)}
        return render(request, "consultations/desk/caller_move.html", about | {"zeit": request.GET["zeit"]})
    assert isinstance(request.user, Person)
    try:
        desk_booking.move_for_caller(
            appointment_id=appointment.pk, hours_id=hours.pk, starts_at=choice[1], actor=request.user
        )
    except Refusal as refusal:
        return offer_times(request, **about, refusal=refusal)
    messages.success(request, _("Der Termin ist verschoben."))
    return redirect("appointments:appointment", reference)


def about_time(hours: OfficeHours, choice: Choice) -> dict[str, Any]:
    return {"hours": hours, "when": long_moment(choice[1]), "place": place_of(hours)}


def _words(booked: Appointment) -> str:
    words = {"when": long_moment(booked.starts_at), "reference": booked.reference}
    if booked.contact_email:
        return _("Gebucht: %(when)s, Termin %(reference)s. Die Bestätigung geht per E-Mail hinaus.") % words
    return (
        _("Gebucht: %(when)s, Termin %(reference)s. Nennen Sie beides am Telefon, eine E-Mail geht nicht.")
        % words
    )


def _who_or_when(request: HttpRequest, firm: FirmChoice | None) -> HttpResponse:
    """Free times to choose from; above them the question who calls, while that is open."""
    if firm is None:
        return offer_times(request, **who_calls(request, purpose="buchen", label=_("Wer ruft an?")))
    kept = QueryDict(mutable=True)
    kept.update({"firma": firm.key} | ({"suche": firm.text} if firm.text and not firm.firm else {}))
    return offer_times(request, kept=kept, for_firm=firm.firm.name if firm.firm else firm.text)


def offer_times(request: HttpRequest, **about: Any) -> HttpResponse:
    """Free times to choose from, for a new booking or to move the appointment in `about`."""
    posts = posts_for(request)
    partnership = current_partnership(request)
    if partnership is None:
        raise Http404
    offices = [o for o in offices_visible_to(posts) if o.organisation_id in posts.desks]
    chosen = [o.pk for o in offices if str(o.pk) == request.GET.get("haus")] or [o.pk for o in offices]
    days = days_wanted(request.GET)
    offer = lay_out(
        free_times(partnership=partnership, office_ids=chosen),
        near=near_offices(offices, ""),
        office_ids=chosen,
        days=days,
    )
    house = chosen[0] if len(chosen) == 1 else ""
    kept: QueryDict = about.get("kept") or QueryDict(mutable=True)
    also = f"&{kept.urlencode()}" if kept else ""
    context = {
        "offices": offices,
        "house": house,
        "offer": offer,
        "also": also,
        "more_url": f"?haus={house}&tage={days + DAYS_AT_ONCE}{also}#{offer.last_anchor}",
        **about,
    }
    status = CONFLICT if about.get("refusal") else 200
    return render(request, "consultations/desk/caller_times.html", context, status=status)


def _form(request: HttpRequest, hours: OfficeHours, firm: FirmChoice) -> CallerForm:
    chambers = list(member_chambers(hours.partnership))
    if request.method == "POST":
        return CallerForm(request.POST, hours=hours, chambers=chambers)
    own = {"chamber": str(hours.office.organisation_id), "language": hours.languages[0]}
    return CallerForm(initial=own | firm.initial, hours=hours, chambers=chambers)


def _page(
    request: HttpRequest,
    hours: OfficeHours,
    choice: Choice,
    form: CallerForm,
    firm: FirmChoice,
    *,
    refusal: SlotTaken | None = None,
) -> HttpResponse:
    time = request.POST.get("zeit") or request.GET.get("zeit", "")
    context: dict[str, Any] = about_time(hours, choice) | {
        "form": form,
        "zeit": time,
        "firm": firm,
        "people": firm.links(request.GET) if request.method != "POST" else [],
        "action": reverse("appointments:book_for_caller"),
        "refusal": refusal,
    }
    if refusal:
        posts = posts_for(request)
        own = [o.pk for o in offices_visible_to(posts) if o.organisation_id in posts.desks]
        times = free_times(partnership=hours.partnership, office_ids=own)
        context["nearest"] = nearest_to(times, choice)
    return render(request, "consultations/desk/caller.html", context, status=CONFLICT if refusal else 200)
