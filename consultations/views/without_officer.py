"""Office hours without an officer: the list, and one place to solve. Desks and police see them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations import deputies, rules
from consultations.absence_page import deputy_row, talk_row, vacancy_of
from consultations.appointment_page import words_of_settling
from consultations.displaced import find_displaced
from consultations.forms.displaced import DisplacedForm
from consultations.models import Lane, OfficeHours
from consultations.queries import hours_visible_to
from consultations.vacancies import standing_talks, talks_ahead, vacant_lanes_visible_to
from consultations.views.times import CONFLICT
from partnership.models import Person
from partnership.paging import sheet_of
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.times import long_period, short_moment, today

REASON = gettext_lazy("Die Beratung kann zu dieser Zeit nicht stattfinden.")
HINT = gettext_lazy("Steht in der E-Mail an die Firmen. Nennen Sie keinen Namen und keine Krankheit.")


@login_required
@never_cache
@require_safe
def without_officer(request: HttpRequest) -> HttpResponse:
    posts = posts_for(request)
    if not rules.may_open_hours(posts):
        raise PermissionDenied
    sheet = sheet_of(vacant_lanes_visible_to(posts), request.GET)
    booked = talks_ahead(sheet.rows, now=timezone.now())
    context = {
        "sheet": sheet,
        "vacancies": [vacancy_of(lane, booked, today=today()) for lane in sheet.rows],
    }
    return render(request, "consultations/desk/without_officer.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hours_without_officer(request: HttpRequest, pk: int) -> HttpResponse:
    """One place: its bookings, who is free, and, for the desk, where each booking goes if nobody is.

    `spur` names the place among several.
    """
    hours = _hours(request, pk)
    lanes = list(vacant_lanes_visible_to(posts_for(request)).filter(hours=hours))
    if not lanes:
        return render(request, "consultations/desk/hours_with_officer.html", {"hours": hours, **_head(hours)})
    lane = _chosen(lanes, request.GET.get("spur", ""))
    form = _form_if_any(request, lane)
    if request.method != "POST":
        return _page(request, lane, lanes, form)
    if form is None:
        raise PermissionDenied
    if not form.is_valid():
        return _page(request, lane, lanes, form)
    assert isinstance(request.user, Person)
    try:
        settled = deputies.leave_empty(
            lane_id=lane.pk, ways=form.ways(), reason=form.cleaned_data["reason"], actor=request.user
        )
    except Refusal as refusal:
        return _page(request, lane, lanes, _form(request, lane), refusal=refusal)
    messages.success(request, words_of_settling(_("Erledigt."), settled))
    return redirect("appointments:calls") if settled.calls else redirect("appointments:hours_detail", pk)


@login_required
@require_POST
def put_deputy(request: HttpRequest, pk: int) -> HttpResponse:
    hours = _hours(request, pk)
    lanes = list(vacant_lanes_visible_to(posts_for(request)).filter(hours=hours))
    lane = _chosen(lanes, request.POST.get("spur", "")) if lanes else None
    deputy = _person(request.POST.get("wer", ""))
    posts = posts_for(request)
    assert isinstance(request.user, Person)
    if not rules.may_put_deputy(posts, hours, deputy, request.user):
        raise PermissionDenied
    if lane is None:
        messages.warning(request, _("Dieser Platz ist schon besetzt."))
        return redirect("appointments:hours_without_officer", pk)
    agreed = rules.deputy_counts_as_agreed(posts, hours, deputy, request.user)
    try:
        deputies.put_deputy(lane_id=lane.pk, deputy=deputy, actor=request.user, is_agreed=agreed)
    except Refusal as refusal:
        return _page(request, lane, lanes, _form_if_any(request, lane), refusal=refusal)
    messages.success(request, _words_of_deputy(deputy, request.user, is_agreed=agreed))
    return redirect("appointments:hours_without_officer", pk)


@login_required
@require_POST
def release_deputy(request: HttpRequest, pk: int) -> HttpResponse:
    """The asked one's no, or the question taken back."""
    hours = _hours(request, pk)
    lanes = list(vacant_lanes_visible_to(posts_for(request)).filter(hours=hours))
    lane = _chosen(lanes, request.POST.get("spur", "")) if lanes else None
    assert isinstance(request.user, Person)
    if lane is None:
        return redirect("appointments:hours_without_officer", pk)
    if not rules.may_release_deputy(posts_for(request), lane, request.user):
        raise PermissionDenied
    try:
        deputies.release_deputy(lane_id=lane.pk, actor=request.user)
    except Refusal as refusal:
        return _page(request, lane, lanes, _form_if_any(request, lane), refusal=refusal)
    is_own = lane.officer_id == request.user.pk
    messages.success(
        request, _("Abgelehnt. Die Kammer weiß Bescheid.") if is_own else _("Die Anfrage ist zurückgenommen.")
    )
    return redirect("appointments:hours_without_officer", pk)


def _hours(request: HttpRequest, pk: int) -> OfficeHours:
    return get_object_or_404(hours_visible_to(posts_for(request)), pk=pk)


def _chosen(lanes: list[Lane], number: str) -> Lane:
    """The place with this number, else the first one."""
    return next((lane for lane in lanes if str(lane.number) == number), lanes[0])


def _person(key: str) -> Person:
    found = Person.objects.filter(pk=key).first() if key.isascii() and key.isdigit() else None
    if found is None:
        raise Http404
    return found


def _form(request: HttpRequest, lane: Lane) -> DisplacedForm:
    now = timezone.now()
    displaced = find_displaced(deputies.losing_in(lane, now=now), without=[], now=now)
    data = request.POST if request.method == "POST" and "reason" in request.POST else None
    form = DisplacedForm(data, hint=str(HINT), displaced=displaced)
    form.fields["reason"].initial = REASON
    return form


def _form_if_any(request: HttpRequest, lane: Lane) -> DisplacedForm | None:
    may_empty = rules.may_leave_empty(posts_for(request), lane.hours) and not lane.has_asked_deputy
    return _form(request, lane) if may_empty else None


def _head(hours: OfficeHours) -> dict[str, Any]:
    return {"when": long_period(hours.starts_at, hours.ends_at)}


def _page(
    request: HttpRequest,
    lane: Lane,
    lanes: list[Lane],
    form: DisplacedForm | None,
    *,
    refusal: Refusal | None = None,
) -> HttpResponse:
    posts, now, hours = posts_for(request), timezone.now(), lane.hours
    booked = talks_ahead(lanes, now=now)
    talks = standing_talks([lane], now=now).order_by("period", "pk")
    assert isinstance(request.user, Person)
    free = [
        deputy_row(candidate, lane, visible_police=posts.police)
        for candidate in deputies.find_deputies(lane)
        if rules.may_put_deputy(posts, hours, candidate.person, request.user)
    ]
    context = _head(hours) | {
        "hours": hours,
        "vacancy": vacancy_of(lane, booked, today=today()),
        "others": [vacancy_of(other, booked, today=today()) for other in lanes if other.pk != lane.pk],
        "talks": [talk_row(appointment, now=now) for appointment in talks],
        "free": [] if lane.has_asked_deputy else free,
        "asked_since": short_moment(lane.asked_at) if lane.asked_at else "",
        "is_asked": lane.has_asked_deputy and lane.officer_id == request.user.pk,
        "may_release": rules.may_release_deputy(posts, lane, request.user),
        "asks": not rules.deputy_counts_as_agreed(posts, hours, Person(), request.user),
        "is_self": not (posts.desks or hours.police_id in posts.lead_of),
        "is_desk": hours.office.organisation_id in posts.desks,
        "is_last": deputies.is_last(lane),
        "form": form,
        "refusal": refusal,
    }
    status = CONFLICT if refusal else 200
    return render(request, "consultations/desk/hours_without_officer.html", context, status=status)


def _words_of_deputy(deputy: Person, actor: Person, *, is_agreed: bool) -> str:
    words = {"who": deputy}
    if deputy == actor:
        return _("Sie übernehmen diesen Sprechtag. Die Firmen behalten ihre Zeit.")
    if is_agreed:
        return _("%(who)s übernimmt und bekommt eine E-Mail. Die Firmen behalten ihre Zeit.") % words
    return _("%(who)s ist per E-Mail gefragt. Bis zur Zusage bleibt der Sprechtag in der Liste.") % words
