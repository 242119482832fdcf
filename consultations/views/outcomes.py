"""What came of a talk or a visit, on the officer's phone right after it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations import outcomes
from consultations.forms.outcome import OutcomeForm
from consultations.forms.visit_outcome import VisitOutcomeForm
from consultations.models import Appointment, Concern, VisitRequest
from consultations.outcomes import NotedMeanwhile, as_seen, noted
from consultations.queries import appointments_visible_to
from consultations.rules import may_note_outcome, outcome_is_due, outcome_may_begin
from consultations.talks import lay_out_talk
from consultations.visits.outcomes import note_nobody_there, note_visited
from consultations.whereabouts import place_words, visit_of
from partnership.models import Person
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.times import berlin_day, long_moment, long_period

CONFLICT = 409


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: HttpRequest, reference: str) -> HttpResponse:
    assert isinstance(request.user, Person)
    posts = posts_for(request)
    appointment = get_object_or_404(appointments_visible_to(posts), reference=reference)
    if not may_note_outcome(posts, appointment):
        raise PermissionDenied
    if visit_of(appointment):
        return _visit(request, appointment)
    concern = Concern.objects.filter(appointment=appointment).first()
    if request.method != "POST":
        return _page(request, appointment, OutcomeForm(initial=noted(appointment, concern)))
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, appointment, form)
    try:
        outcomes.note_outcome(
            appointment_id=appointment.pk,
            seen=request.POST.get("gesehen", ""),
            outcome=form.chosen,
            officer_note=form.cleaned_data["officer_note"],
            next_step=form.cleaned_data["next_step"],
            actor=request.user,
        )
    except Refusal as refusal:
        return _page(request, appointment, form, refusal=refusal)
    messages.success(request, _("Ergebnis gespeichert: %(firm)s.") % {"firm": appointment.firm_name})
    if form.leads_to_visit and not VisitRequest.objects.filter(came_from=appointment).exists():
        return redirect("appointments:visit_after_talk", reference)
    return redirect(_day_url(appointment))


def _visit(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    assert isinstance(request.user, Person)
    if request.method != "POST":
        return _page(request, appointment, VisitOutcomeForm(initial=noted(appointment, None)))
    form = VisitOutcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, appointment, form)
    note = note_visited if form.took_place else note_nobody_there
    try:
        note(visit_id=appointment.pk, seen=request.POST.get("gesehen", ""), actor=request.user)
    except Refusal as refusal:
        return _page(request, appointment, form, refusal=refusal)
    messages.success(request, _("Ergebnis gespeichert: %(firm)s.") % {"firm": appointment.firm_name})
    return redirect(_day_url(appointment))


def _page(
    request: HttpRequest,
    appointment: Appointment,
    form: OutcomeForm | VisitOutcomeForm,
    *,
    refusal: Refusal | None = None,
) -> HttpResponse:
    now = timezone.now()
    if isinstance(refusal, NotedMeanwhile) or not form.is_bound:
        appointment.refresh_from_db(fields=["state"])
        concern = Concern.objects.filter(appointment=appointment).first()
        seen = as_seen(noted(appointment, None if visit_of(appointment) else concern))
    else:
        seen = request.POST.get("gesehen", "")
    context = {
        "form": form,
        "seen": seen,
        "refusal": refusal,
        "talk": lay_out_talk(appointment, now=now),
        "when": long_period(appointment.starts_at, appointment.ends_at),
        "begins": long_moment(appointment.starts_at),
        "place": place_words(appointment),
        "is_visit": visit_of(appointment) is not None,
        "is_early": not outcome_may_begin(appointment, now=now),
        "is_due": outcome_is_due(appointment, now=now),
        "is_correction": appointment.state in (Appointment.State.ATTENDED, Appointment.State.MISSED),
        "back_url": _day_url(appointment),
    }
    status = CONFLICT if refusal else 200
    return render(request, "consultations/police/outcome.html", context, status=status)


def _day_url(appointment: Appointment) -> str:
    day = berlin_day(appointment.starts_at)
    url = reverse("appointments:today")
    return url if day == berlin_day(timezone.now()) else f"{url}?tag={day.isoformat()}"
