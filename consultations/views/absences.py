"""Absences of officers: what is to come, a planned one, today's, and its end."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from consultations import absences as domain
from consultations import rules
from consultations.absence_page import absence_row, hit_of, period_words, talk_count, vacancy_of
from consultations.forms.absences import AbsenceForm, EndForm, TodayForm, end_of
from consultations.models import Absence, Lane
from consultations.queries import absences_visible_to, lanes_expected_today, officers_led_by
from consultations.today.to_do import uncovered_row
from consultations.vacancies import talks_ahead, vacant_lanes, vacant_lanes_visible_to
from consultations.views.times import CONFLICT
from consultations.visits.uncovered import uncovered_visits_visible_to
from partnership.models import Person
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.times import clock_span, today

SHOWN = 100


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def absences(request: HttpRequest) -> HttpResponse:
    """What an absence hits is asked about once: `gesehen` names the office hours that were shown."""
    posts = posts_for(request)
    if not rules.may_open_absences(posts):
        raise PermissionDenied
    assert isinstance(request.user, Person)
    officers = list(officers_led_by(posts))
    data = request.POST if request.method == "POST" else None
    form = AbsenceForm(data, officers=officers, reader=request.user)
    if request.method != "POST" or not form.is_valid():
        return _absences_page(request, form)
    span = {"starts_at": form.starts_at, "ends_at": form.ends_at}
    hit = domain.hit_lanes(officer=form.chosen, now=timezone.now(), **span)
    if hit and request.POST.get("gesehen") != _key_of(hit):
        return _absences_page(request, form, hit=hit)
    try:
        domain.plan_absence(officer=form.chosen, actor=request.user, **span)
    except Refusal as refusal:
        return _absences_page(request, form, refusal=refusal)
    messages.success(request, _words_of_report(len(hit)))
    return redirect("appointments:absences")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def absent_today(request: HttpRequest) -> HttpResponse:
    """From now on: officers themselves, a lead anybody led, a desk whoever is expected in its houses."""
    posts = posts_for(request)
    if not rules.may_report_missing(posts):
        raise PermissionDenied
    assert isinstance(request.user, Person)
    people = _people_to_choose(request)
    form = TodayForm(
        request.POST if request.method == "POST" else None,
        people=None if people is None else [(str(p.pk), words) for p, words in people.values()],
        chosen=_chosen_before(request, people),
        is_only_today=not posts.police,
    )
    if request.method != "POST" or not form.is_valid():
        return _today_page(request, form, has_people=people is None or bool(people))
    officer = people[form.cleaned_data["officer"]][0] if people is not None else request.user
    try:
        absence = domain.report_absence_today(officer=officer, last_day=form.until, actor=request.user)
    except Refusal as refusal:
        return _today_page(request, form, has_people=True, refusal=refusal)
    return _after_report(request, absence)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def absence(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    assert isinstance(request.user, Person)
    form = EndForm(request.POST if request.method == "POST" else None, absence=found)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            domain.change_end(absence_id=pk, ends_at=form.ends_at, actor=request.user)
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Das Ende ist geändert."))
            return redirect("appointments:absence", pk)
    return _absence_page(request, found, form, refusal=refusal)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    assert isinstance(request.user, Person)
    try:
        domain.withdraw_absence(absence_id=pk, actor=request.user)
    except Refusal as refusal:
        return _absence_page(request, found, EndForm(absence=found), refusal=refusal)
    messages.success(
        request, _("Die Abwesenheit ist beendet. Sprechtage ohne Vertretung haben ihre Person zurück.")
    )
    return redirect("appointments:absences")


def _visible(request: HttpRequest, pk: int) -> Absence:
    assert isinstance(request.user, Person)
    posts = posts_for(request)
    found = get_object_or_404(absences_visible_to(posts, request.user), pk=pk)
    if not rules.may_change_absence(posts, found, request.user):
        raise PermissionDenied
    return found


def _absences_page(
    request: HttpRequest,
    form: AbsenceForm,
    *,
    hit: list[Lane] | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    assert isinstance(request.user, Person)
    now = timezone.now()
    coming = absences_visible_to(posts_for(request), request.user).filter(period__endswith__gt=now)
    rows = list(coming.order_by("period", "pk")[:SHOWN])
    empty = list(
        vacant_lanes(now).filter(absent__in=[row.officer_id for row in rows]).select_related("hours")
    )
    booked = talks_ahead(hit or [], now=now)
    context: dict[str, Any] = {
        "form": form,
        "refusal": refusal,
        "is_lead": bool(form.officers),
        "rows": [absence_row(row, open_places=_count_in(row, empty), now=now) for row in rows],
        "hits": [hit_of(lane, booked) for lane in hit or []],
        "seen": _key_of(hit or []),
        "when": period_words(form.starts_at, form.ends_at) if hit else "",
        "who": str(form.chosen) if hit else "",
    }
    status = CONFLICT if hit or refusal else 200
    return render(request, "consultations/police/absences.html", context, status=status)


def _today_page(
    request: HttpRequest, form: TodayForm, *, has_people: bool, refusal: Refusal | None = None
) -> HttpResponse:
    now = timezone.now()
    own = []
    if "officer" not in form.fields:
        assert isinstance(request.user, Person)
        lanes = domain.hit_lanes(officer=request.user, starts_at=now, ends_at=end_of(today()), now=now)
        booked = talks_ahead(lanes, now=now)
        own = [hit_of(lane, booked) for lane in lanes]
    context = {"form": form, "refusal": refusal, "has_people": has_people, "own": own}
    status = CONFLICT if refusal else 200
    return render(request, "consultations/police/absent_today.html", context, status=status)


def _absence_page(
    request: HttpRequest, found: Absence, form: EndForm, *, refusal: Refusal | None = None
) -> HttpResponse:
    now = timezone.now()
    empty = [
        lane
        for lane in vacant_lanes_visible_to(posts_for(request)).filter(absent=found.officer)
        if _lies_in(lane, found)
    ]
    booked = talks_ahead(empty, now=now)
    assert isinstance(request.user, Person)
    visits = uncovered_visits_visible_to(posts_for(request), now=now)
    context = {
        "absence": found,
        "uncovered": [
            uncovered_row(visit, names_officer=False)
            for visit in visits.filter(visit__officer=found.officer, period__overlap=found.period)
        ],
        "who": "" if found.officer_id == request.user.pk else str(found.officer),
        "when": period_words(found.starts_at, found.ends_at),
        "is_over": found.ends_at <= now,
        "is_running": found.starts_at <= now,
        "form": form,
        "refusal": refusal,
        "vacancies": [vacancy_of(lane, booked, today=today()) for lane in empty],
    }
    status = CONFLICT if refusal else 200
    return render(request, "consultations/police/absence.html", context, status=status)


def _after_report(request: HttpRequest, absence: Absence) -> HttpResponse:
    """To where it is solved, for those who solve it."""
    posts = posts_for(request)
    empty = vacant_lanes_visible_to(posts).filter(absent=absence.officer)
    hit = [lane for lane in empty if _lies_in(lane, absence)]
    messages.success(request, _words_of_report(len(hit)))
    if not (posts.desks or posts.lead_of):
        return redirect("appointments:absences")
    if len(hit) == 1:
        return redirect("appointments:hours_without_officer", hit[0].hours_id)
    return redirect("appointments:without_officer")


def _words_of_report(count: int) -> str:
    if not count:
        return _("Eingetragen. Kein Sprechtag ist betroffen.")
    hit = ngettext(
        "%(count)d Sprechtag ist ohne Beamtin oder Beamten",
        "%(count)d Sprechtage sind ohne Beamtin oder Beamten",
        count,
    ) % {"count": count}
    return _("Eingetragen. %(hit)s; Kammer und Leitung bekommen eine E-Mail.") % {"hit": hit}


def _people_to_choose(request: HttpRequest) -> dict[str, tuple[Person, str]] | None:
    """Key -> person and what they are expected at; None for whoever reports only the own absence."""
    posts = posts_for(request)
    if not (posts.desks or posts.lead_of):
        return None
    now = timezone.now()
    lanes = list(lanes_expected_today(posts, now=now))
    booked = talks_ahead(lanes, now=now)
    found: dict[str, tuple[Person, str]] = {}
    for lane in lanes:
        assert lane.officer is not None
        hours = lane.hours
        what = f"{hours.office.name}, {clock_span(hours.starts_at, hours.ends_at)}"
        words = f"{what}, {talk_count(booked.get(lane.pk, 0))}"
        known = found.get(str(lane.officer_id))
        found[str(lane.officer_id)] = (
            lane.officer,
            f"{known[1]}; {words}" if known else f"{lane.officer}: {words}",
        )
    for person in officers_led_by(posts):
        found.setdefault(str(person.pk), (person, _("%(who)s: heute kein Sprechtag mehr") % {"who": person}))
    return found


def _chosen_before(request: HttpRequest, people: dict[str, tuple[Person, str]] | None) -> str:
    """Named by the link that led here, or the only one there is."""
    named = request.GET.get("wer", "")
    if people and named in people:
        return named
    return next(iter(people)) if people and len(people) == 1 else ""


def _key_of(lanes: list[Lane]) -> str:
    return ",".join(str(lane.hours_id) for lane in lanes)


def _lies_in(lane: Lane, absence: Absence) -> bool:
    return lane.hours.starts_at < absence.ends_at and lane.hours.ends_at > absence.starts_at


def _count_in(absence: Absence, lanes: list[Lane]) -> int:
    return sum(lane.absent_id == absence.officer_id and _lies_in(lane, absence) for lane in lanes)
