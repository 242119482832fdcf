"""Somebody stands at the counter: what is free now or next, who it is, done."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations import desk_booking, rules
from consultations.forms.callers import WalkInForm
from consultations.models import Appointment, OfficeHours
from consultations.offers import read_choice
from consultations.queries import hours_visible_to, member_chambers, offices_visible_to
from consultations.taking_time import SlotTaken
from consultations.views.desk_callers import about_time
from consultations.views.firm_choice import FirmChoice, read_firm_choice, who_calls
from consultations.views.times import CONFLICT
from consultations.walk_ins import todays_houses
from partnership.models import Person
from partnership.rules import posts_for
from partnership.times import long_date, long_moment, today


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def walk_in(request: HttpRequest) -> HttpResponse:
    """`zeit` names a free time of today; without one, those of the own houses are shown."""
    if not rules.may_open_desk(posts_for(request)):
        raise PermissionDenied
    choice = read_choice((request.POST if request.method == "POST" else request.GET).get("zeit", ""))
    if choice is None:
        return _today(request)
    hours = get_object_or_404(hours_visible_to(posts_for(request)), pk=choice[0])
    if not rules.may_book_for_callers(posts_for(request), hours):
        raise PermissionDenied
    about = about_time(hours, choice)
    firm = read_firm_choice(request)
    if firm is None:
        about |= who_calls(request, purpose="ohne-anmeldung", label=_("Wer steht vor Ihnen?"))
        return render(request, "consultations/desk/walk_in_who.html", about)
    form = _form(request, hours, firm)
    if request.method != "POST" or not form.is_valid():
        return _page(request, about, form, firm)
    assert isinstance(request.user, Person)
    try:
        booked = desk_booking.book_walk_in(
            hours_id=hours.pk,
            starts_at=choice[1],
            details=form.details(page_language="de"),
            actor=request.user,
            firm_id=firm.firm.pk if firm.firm else None,
        )
    except SlotTaken as taken:
        return _page(request, about, form, firm, refusal=taken)
    messages.success(request, _words(booked))
    return redirect("appointments:appointment", booked.reference)


def _today(request: HttpRequest) -> HttpResponse:
    posts = posts_for(request)
    offices = [o for o in offices_visible_to(posts) if o.organisation_id in posts.desks]
    houses = todays_houses(offices, now=timezone.now())
    context = {"houses": houses, "day": long_date(today())}
    return render(request, "consultations/desk/walk_in.html", context)


def _form(request: HttpRequest, hours: OfficeHours, firm: FirmChoice) -> WalkInForm:
    chambers = list(member_chambers(hours.partnership))
    if request.method == "POST":
        return WalkInForm(request.POST, hours=hours, chambers=chambers)
    own = {"chamber": str(hours.office.organisation_id), "language": hours.languages[0]}
    return WalkInForm(initial=own | firm.initial, hours=hours, chambers=chambers)


def _page(
    request: HttpRequest,
    about: dict[str, Any],
    form: WalkInForm,
    firm: FirmChoice,
    *,
    refusal: SlotTaken | None = None,
) -> HttpResponse:
    posts = posts_for(request)
    context: dict[str, Any] = about | {
        "form": form,
        "zeit": request.POST.get("zeit") or request.GET.get("zeit", ""),
        "firm": firm,
        "people": firm.links(request.GET) if request.method != "POST" else [],
        "action": reverse("appointments:walk_in"),
        "is_walk_in": True,
        "refusal": refusal,
    }
    if refusal:
        offices = [o for o in offices_visible_to(posts) if o.organisation_id in posts.desks]
        houses = todays_houses(offices, now=timezone.now())
        context["nearest"] = [
            {"value": time.choice, "when": time.when, "place": house.name}
            for house in houses
            for time in house.times
        ][:4]
    return render(request, "consultations/desk/caller.html", context, status=CONFLICT if refusal else 200)


def _words(booked: Appointment) -> str:
    words = {"when": long_moment(booked.starts_at), "reference": booked.reference}
    return _("Gebucht: %(when)s, Termin %(reference)s, ohne Anmeldung.") % words
