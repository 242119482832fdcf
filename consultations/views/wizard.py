"""From a held time to a booking: details, check, sent."""

import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from consultations import booking
from consultations.forms.public import DetailsForm
from consultations.models import Appointment, OfficeHours
from consultations.offers import place_of
from consultations.placing import Details, TooLate
from consultations.queries import free_times, member_chambers
from consultations.search import Search
from consultations.taking_time import SlotTaken
from consultations.views.times import CONFLICT, nearest_to, times_url
from consultations.wizard import Draft, Sent, finish, keep_draft, read_draft, read_sent
from partnership.limits import check_limit
from partnership.refusals import Refusal
from partnership.times import clock_span, clock_text, current_language, long_date, long_moment, long_period

allow = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@allow
def details(request: HttpRequest) -> HttpResponse:
    """What is typed stays in the session, right or wrong, also on the way to another time."""
    draft = read_draft(request)
    hours = held_hours(draft)
    if hours is None:
        return redirect(times_url(draft, hint="keine-zeit"))
    form = details_form(request, draft, hours)
    if request.method != "POST":
        return render(request, "consultations/public/details.html", _about(draft, hours, form=form))
    draft.typed = form.typed
    draft.is_complete = form.is_valid()
    draft.asks_back = draft.asks_back or (draft.is_complete and draft.was_quick)
    keep_draft(request, draft)
    if "andere_zeit" in request.POST:
        return redirect(times_url(draft))
    if not draft.is_complete:
        return render(request, "consultations/public/details.html", _about(draft, hours, form=form))
    return redirect("consultations:quick_check" if draft.asks_back else "consultations:check")


@never_cache
@allow
def quick_check(request: HttpRequest) -> HttpResponse:
    """One page more for whoever was suspiciously fast; never a refusal."""
    draft = read_draft(request)
    if not draft.has_time:
        return redirect(times_url(draft, hint="keine-zeit"))
    if request.method == "POST":
        draft.asks_back = False
        draft.began_at = 1.0
        keep_draft(request, draft)
        return redirect("consultations:check")
    return render(request, "consultations/public/quick_check.html")


@never_cache
@allow
def check(request: HttpRequest) -> HttpResponse:
    draft = read_draft(request)
    hours = held_hours(draft)
    if hours is None:
        return redirect("consultations:sent" if read_sent(request) else times_url(draft, hint="keine-zeit"))
    if draft.asks_back:
        return redirect("consultations:quick_check")
    form = details_form(request, draft, hours, bound=True)
    if not (draft.is_complete and form.is_valid()):
        return redirect(reverse("consultations:details") + "?pruefen")
    if request.method == "POST":
        return _book(request, draft, hours, form)
    return render(request, "consultations/public/check.html", _about(draft, hours, form=form))


def _book(request: HttpRequest, draft: Draft, hours: OfficeHours, form: DetailsForm) -> HttpResponse:
    check_limit(request, "book")
    given = form.details(page_language=current_language())
    booked: Appointment | None
    try:
        booked = booking.book(held_id=draft.held_id, hours_id=draft.hours_id, details=given)
    except Refusal as refusal:
        booked = _booked_by_the_first_click(draft, given)
        if booked is None:
            return _not_booked(request, draft, hours, form, refusal)
    finish(request, _sent(booked, hours))
    return redirect("consultations:sent")


def _booked_by_the_first_click(draft: Draft, given: Details) -> Appointment | None:
    """A double click's second request finds the hold booked already, by the same session."""
    return (
        Appointment.objects.filter(
            pk=draft.held_id,
            state__in=Appointment.UPCOMING,
            contact_email=given.contact_email.lower(),
            firm_name=given.firm_name,
        )
        .select_related("lane__hours__office")
        .first()
    )


def _not_booked(
    request: HttpRequest, draft: Draft, hours: OfficeHours, form: DetailsForm, refusal: Refusal
) -> HttpResponse:
    """Nothing typed is lost: the page comes back, with other times where this one is gone."""
    context = _about(draft, hours, form=form) | {"refusal": refusal}
    if isinstance(refusal, SlotTaken | booking.HoldLost | TooLate):
        times = free_times(partnership=hours.partnership)
        context |= {"is_lost": True, "nearest": nearest_to(times, (hours.pk, draft.starts))}
    return render(request, "consultations/public/check.html", context, status=CONFLICT)


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    told = read_sent(request)
    if told is None:
        return redirect("consultations:times")
    return render(request, "consultations/public/sent.html", {"sent": told, "demo": settings.DEMO})


def held_hours(draft: Draft) -> OfficeHours | None:
    """The office hours of the time that this session holds or held last."""
    if not draft.has_time:
        return None
    rows = OfficeHours.objects.select_related("office", "room", "partnership")
    return rows.filter(pk=draft.hours_id).first()


def details_form(
    request: HttpRequest, draft: Draft, hours: OfficeHours, *, bound: bool = False
) -> DetailsForm:
    """`bound`: judge what the session holds, as these office hours may not offer the topic chosen before."""
    if bound:
        named = list(member_chambers(hours.partnership)) if draft.typed.get("chamber") else []
        return DetailsForm(draft.typed, hours=hours, chambers=named)
    chambers = list(member_chambers(hours.partnership))
    if request.method == "POST":
        return DetailsForm(request.POST, hours=hours, chambers=chambers)
    if "pruefen" in request.GET:
        return DetailsForm(draft.typed, hours=hours, chambers=chambers)
    return DetailsForm(initial=draft.typed or _known_of(request, draft), hours=hours, chambers=chambers)


def _known_of(request: HttpRequest, draft: Draft) -> dict[str, str]:
    """The topic and language searched for; name and address of whoever is signed in."""
    search = Search.read(QueryDict(draft.wanted))
    known = {"topic": search.topic, "language": search.language or current_language()}
    if request.user.is_authenticated:
        known |= {"contact_name": request.user.name, "contact_email": request.user.email}
    return known


def _about(draft: Draft, hours: OfficeHours, *, form: DetailsForm) -> dict[str, Any]:
    ends = draft.starts + datetime.timedelta(minutes=hours.slot_minutes)
    return {
        "form": form,
        "hours": hours,
        "partnership": hours.partnership,
        "date": long_date(hours.day),
        "span": clock_span(draft.starts, ends),
        "place": place_of(hours),
        "held_until": clock_text(draft.held_until_moment),
        "has_run_out": draft.has_run_out,
        "times_url": times_url(draft),
        "rows": form.summary if form.is_bound and form.is_valid() else [],
    }


def _sent(booked: Appointment, hours: OfficeHours) -> Sent:
    assert booked.confirm_by is not None
    return Sent(
        email=booked.contact_email,
        confirm_by=long_moment(booked.confirm_by),
        when=long_period(booked.starts_at, booked.ends_at),
        office=hours.office.name,
        phone=hours.office.phone or hours.partnership.phone,
    )
