"""Days of office hours: the list, one day, and the acts on it. Desks publish and cancel, police agree."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations import office_hours, rules
from consultations.absence_page import Vacancy, vacancy_of
from consultations.appointment_page import words_of_settling
from consultations.displaced import find_displaced
from consultations.forms.desk import HoursFilter
from consultations.forms.displaced import DisplacedForm
from consultations.hours_overview import (
    Stage,
    by_month,
    consents_of,
    facts_of,
    missing_yes,
    stage_of,
    times_of,
    waits_for,
    what_comes_next,
)
from consultations.models import Appointment, OfficeHours
from consultations.queries import (
    appointments_visible_to,
    booked_in,
    hours_visible_to,
    offices_visible_to,
    standing_in,
)
from consultations.recurrence import series_in_words
from consultations.vacancies import talks_ahead, vacant_lanes
from consultations.views.times import CONFLICT
from consultations.week import planned_times, week_key
from partnership.models import Person
from partnership.paging import sheet_of
from partnership.phone_numbers import dialled
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.timeline import timeline_of
from partnership.times import clock_span, long_date, long_period, today

HINT_OF_CANCELLING = gettext_lazy("Jede Firma mit einem betroffenen Termin liest ihn in ihrer E-Mail.")
GONE = (Appointment.State.CANCELLED, Appointment.State.EXPIRED)


@login_required
@never_cache
@require_safe
def hours_list(request: HttpRequest) -> HttpResponse:
    posts = posts_for(request)
    if not rules.may_open_hours(posts):
        raise PermissionDenied
    assert isinstance(request.user, Person)
    search = HoursFilter(request.GET, offices=list(offices_visible_to(posts)))
    is_past = request.GET.get("zeit") == "vergangen"
    rows = hours_visible_to(posts)
    if is_past:
        rows = rows.filter(day__lt=today()).order_by("-day", "starts", "pk")
    else:
        rows = rows.filter(day__gte=today())
    if search.office:
        rows = rows.filter(office=search.office)
    if state := search.given("stand"):
        rows = rows.filter(state=state)
    sheet = sheet_of(rows, request.GET)
    now = timezone.now()
    booked = booked_in(sheet.rows, now=now)
    context = {
        "search": search,
        "is_past": is_past,
        "sheet": sheet,
        "months": by_month(sheet.rows, booked=booked, reader=request.user, now=now),
        "may_plan": rules.may_open_desk(posts),
    }
    return render(request, "consultations/desk/hours_list.html", context)


@login_required
@never_cache
@require_safe
def hours_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _visible(request, pk))


@login_required
@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    hours = _visible(request, pk)
    assert isinstance(request.user, Person)
    posts = posts_for(request)
    if not rules.may_agree_to_hours(posts, hours, request.user):
        raise PermissionDenied
    try:
        agreed = office_hours.agree_to_hours(
            hours_id=pk, actor=request.user, for_all=hours.police_id in posts.lead_of
        )
    except Refusal as refusal:
        return _show(request, hours, refusal=refusal)
    if hours.state == OfficeHours.State.PUBLIC:
        messages.success(request, _("Zugestimmt. Der Sprechtag findet mit Ihnen statt."))
    elif agreed.state == OfficeHours.State.PUBLIC:
        messages.success(request, _("Zugestimmt. Der Sprechtag ist jetzt öffentlich."))
    else:
        messages.success(request, _("Zugestimmt. Der Sprechtag ist damit noch nicht öffentlich."))
    return redirect("appointments:hours_detail", pk)


@login_required
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    hours = _visible(request, pk)
    assert isinstance(request.user, Person)
    if not rules.may_publish_hours(posts_for(request), hours):
        raise PermissionDenied
    try:
        published = office_hours.publish_hours(hours_id=pk, actor=request.user)
    except Refusal as refusal:
        return _show(request, hours, refusal=refusal)
    messages.success(request, words_of_publication(published))
    return redirect("appointments:hours_detail", pk)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Names every booking that goes with the day before anything happens."""
    hours = _visible(request, pk)
    assert isinstance(request.user, Person)
    if not rules.may_cancel_hours(posts_for(request), hours):
        raise PermissionDenied
    now = timezone.now()
    displaced = find_displaced(office_hours.upcoming_in(hours), without=[hours.pk], now=now)
    form = DisplacedForm(
        request.POST if request.method == "POST" else None, hint=str(HINT_OF_CANCELLING), displaced=displaced
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            settled = office_hours.cancel_hours(
                hours_id=pk, ways=form.ways(), reason=form.cleaned_data["reason"], actor=request.user
            )
        except Refusal as error:
            refusal = error
            displaced = find_displaced(office_hours.upcoming_in(hours), without=[hours.pk], now=now)
            form = DisplacedForm(request.POST, hint=str(HINT_OF_CANCELLING), displaced=displaced)
        else:
            messages.success(request, words_of_settling(_("Der Sprechtag ist abgesagt."), settled))
            return redirect("appointments:hours_detail", pk)
    context = _about(hours) | {"form": form, "refusal": refusal}
    status = CONFLICT if refusal else 200
    return render(request, "consultations/desk/hours_cancel.html", context, status=status)


def words_of_publication(hours: OfficeHours) -> str:
    if hours.state == OfficeHours.State.PUBLIC:
        return _("Der Sprechtag ist öffentlich. Firmen können ihn buchen.")
    return _("Die Zustimmung ist erbeten. Mit der letzten wird der Sprechtag von selbst öffentlich.")


def _visible(request: HttpRequest, pk: int) -> OfficeHours:
    return get_object_or_404(hours_visible_to(posts_for(request)), pk=pk)


def _show(request: HttpRequest, hours: OfficeHours, *, refusal: Refusal | None = None) -> HttpResponse:
    posts = posts_for(request)
    gone = appointments_visible_to(posts).filter(lane__hours=hours, state__in=GONE)
    context = _about(hours) | {
        "refusal": refusal,
        "times": times_of(hours, standing_in([hours]).order_by("period"), now=timezone.now()),
        "planned": planned_times(hours),
        "gone": [_contact(appointment) for appointment in gone.order_by("period", "pk")],
        "timeline": timeline_of(hours),
        "vacancies": _vacancies(hours),
        **_rights(request, hours),
    }
    status = CONFLICT if refusal else 200
    return render(request, "consultations/desk/hours.html", context, status=status)


def _vacancies(hours: OfficeHours) -> list[Vacancy]:
    lanes = (
        vacant_lanes().filter(hours=hours).select_related("officer", "absent", "hours__office", "hours__room")
    )
    booked = talks_ahead(list(lanes), now=timezone.now())
    return [vacancy_of(lane, booked, today=today()) for lane in lanes]


def _about(hours: OfficeHours) -> dict[str, Any]:
    now = timezone.now()
    return {
        "hours": hours,
        "day": long_date(hours.day),
        "span": clock_span(hours.starts_at, hours.ends_at),
        "when": long_period(hours.starts_at, hours.ends_at),
        "stage": stage_of(hours, now=now),
        "next": what_comes_next(hours, now=now),
        "facts": facts_of(hours),
        "consents": consents_of(hours),
        "week": week_key(hours.day),
        "series_words": series_in_words(hours.series) if hours.series else "",
    }


def _rights(request: HttpRequest, hours: OfficeHours) -> dict[str, bool]:
    """What can be done now by this person; the acts check again."""
    posts = posts_for(request)
    assert isinstance(request.user, Person)
    stage = stage_of(hours, now=timezone.now())
    may_agree = rules.may_agree_to_hours(posts, hours, request.user)
    leads = hours.police_id in posts.lead_of
    return {
        "can_agree": may_agree
        and stage not in (Stage.CANCELLED, Stage.OVER)
        and (waits_for(hours, request.user) or (leads and bool(missing_yes(hours)))),
        "agrees_for_all": leads,
        "can_publish": rules.may_publish_hours(posts, hours) and stage in (Stage.DRAFT, Stage.AGREED),
        "can_cancel": rules.may_cancel_hours(posts, hours) and stage not in (Stage.CANCELLED, Stage.OVER),
        "can_change": rules.may_plan_hours(posts, hours.office)
        and stage not in (Stage.CANCELLED, Stage.OVER)
        and hours.starts_at > timezone.now(),
        "is_desk": rules.may_plan_hours(posts, hours.office),
        "is_on": hours.day == today() and stage not in (Stage.CANCELLED, Stage.OVER),
    }


def _contact(appointment: Appointment) -> dict[str, object]:
    return {
        "appointment": appointment,
        "span": clock_span(appointment.starts_at, appointment.ends_at),
        "tel": dialled(appointment.contact_phone),
    }
