"""Entering an event, changing it, and its programme. What concerns those who are coming is said before."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from forums import rules
from forums.event_tabs import frame_of
from forums.event_words import when_of
from forums.events import changing, programme, setting_up, striking
from forums.events.shifting import suggest_day
from forums.events.telling import Told, reach, taking_part_in
from forums.forms.events import EventForm, NewEventForm, initial_like, initial_of
from forums.forms.programme import PartRows, StrikeForm
from forums.models import Event, EventPart, Kind, TrainingGoal
from forums.queries import events_visible_to, organisers_for, series_visible_to
from forums.views.events import editable, words_of_telling
from partnership.administration.changes import ChangedMeanwhile
from partnership.forms.rows import with_another_row
from partnership.models import Office, Organisation, Partnership
from partnership.queries import members_of, offices_of
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.times import today
from partnership.views.administration.pages import (
    CONFLICT,
    acting,
    allow,
    differences,
    posted,
    seen_version,
)


@login_required
@never_cache
@allow
def new(request: HttpRequest) -> HttpResponse:
    """`wie` is the number of an event that the new one is to be like, `reihe` the series it begins."""
    posts = posts_for(request)
    organisers = organisers_for(posts)
    if not rules.may_edit_events(posts) or not organisers:
        raise PermissionDenied
    like = _like(request)
    day = suggest_day(like, today=today()) if like else None
    form = NewEventForm(
        posted(request),
        organisers=organisers,
        initial=initial_like(like, day) if like and day else _initial(request),
        **_choices(request, {where for where, _who in organisers}, organisers=organisers),
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        where, who = form.organiser_chosen
        try:
            added = setting_up.add_event(
                partnership=where,
                organiser=who,
                partners=form.partners_chosen,
                values=form.values,
                actor=acting(request),
                like=like,
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Angelegt, als Entwurf: Noch sehen ihn nur Sie und die Partner."))
            is_ours = added.kind != Kind.EXTERNAL
            return redirect("events:programme" if is_ours else "events:event", added.reference)
    context = {"form": form, "like": like, "refusal": refusal}
    return render(request, "forums/events/new.html", context, status=CONFLICT if refusal else 200)


@login_required
@never_cache
@allow
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """`folgen` is the change whose consequences were shown: another one is shown first."""
    found = editable(request, reference)
    form = EventForm(
        posted(request),
        instance=editable(request, reference),
        initial=initial_of(found),
        **_choices(request, {found.partnership}, found),
    )
    refusal, told, seen = None, Told(), seen_version(request)
    if request.method == "POST" and form.is_valid():
        told = changing.foresee_change(found, form.values, now=timezone.now())
        if not told.count or request.POST.get("folgen") == _print_of(form):
            try:
                told = changing.change_event(
                    event_id=found.pk,
                    seen=seen,
                    values=form.values,
                    partners=form.partners_chosen,
                    actor=acting(request),
                )
            except Refusal as error:
                refusal = error
                found = editable(request, reference)
            else:
                messages.success(request, words_of_telling(_("Gespeichert."), told))
                return redirect("events:event", reference)
    is_outdated = isinstance(refusal, ChangedMeanwhile)
    context = frame_of(request, found) | {
        "form": form,
        "refusal": refusal,
        "told": told,
        "print": _print_of(form) if told.count else "",
        "version": found.version if is_outdated or not seen else seen,
        "differences": _differences(form, found) if is_outdated else [],
    }
    return render(request, "forums/events/edit.html", context, status=CONFLICT if refusal else 200)


@login_required
@never_cache
@allow
def set_programme(request: HttpRequest, reference: str) -> HttpResponse:
    found = editable(request, reference)
    rows = PartRows(posted(request), event=found)
    refusal, told, seen = None, Told(), seen_version(request)
    if rows.wants_another_row:
        with_another_row(rows)
    elif request.method == "POST" and rows.is_valid():
        plans = rows.plans()
        told = programme.foresee_programme(found, plans, now=timezone.now())
        if not told.count or request.POST.get("folgen") == _print_of_parts(plans):
            try:
                told = programme.set_programme(
                    event_id=found.pk, seen=seen, plans=plans, actor=acting(request)
                )
            except Refusal as error:
                refusal = error
            else:
                messages.success(request, words_of_telling(_("Das Programm ist gespeichert."), told))
                return redirect("events:event", reference)
    context = frame_of(request, found) | {
        "rows": rows,
        "refusal": refusal,
        "told": told,
        "print": _print_of_parts(rows.plans()) if told.count else "",
        "version": found.version if isinstance(refusal, ChangedMeanwhile) or not seen else seen,
        "booked": [part for part in found.parts.all() if programme.standing_in(part)],
    }
    return render(request, "forums/events/programme.html", context, status=CONFLICT if refusal else 200)


@login_required
@never_cache
@allow
def strike(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Says how many lose their place, and asks what becomes of them."""
    found = editable(request, reference)
    part = get_object_or_404(found.parts, pk=pk)
    form = StrikeForm(posted(request), others=list(found.parts.filter(is_for_all=False).exclude(pk=pk)))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            struck = striking.strike_part(
                event_id=found.pk,
                part_id=pk,
                seen=seen_version(request),
                instead_id=form.instead_id,
                actor=acting(request),
            )
        except Refusal as error:
            refusal = error
            found = editable(request, reference)
        else:
            messages.success(request, words_of_telling(_words_of_striking(part, struck), struck.told))
            return redirect("events:event", reference)
    context = frame_of(request, found) | {
        "form": form,
        "part": part,
        "refusal": refusal,
        "standing": programme.standing_in(part),
        "told": reach(taking_part_in(found, [pk])),
    }
    return render(request, "forums/events/strike.html", context, status=CONFLICT if refusal else 200)


def _like(request: HttpRequest) -> Event | None:
    wanted = request.GET.get("wie")
    if not wanted:
        return None
    found = get_object_or_404(events_visible_to(posts_for(request)), reference=wanted)
    if not rules.may_edit_event(posts_for(request), found):
        raise PermissionDenied
    return found


def _initial(request: HttpRequest) -> dict[str, Any]:
    """Of the first event of a series that has none yet."""
    initial = {"visibility": "public"}
    wanted = request.GET.get("reihe", "")
    if not (wanted.isascii() and wanted.isdecimal() and len(wanted) < 10):
        return initial
    series = get_object_or_404(series_visible_to(posts_for(request)), pk=wanted)
    return initial | {
        "series_key": wanted,
        "kind": series.kind,
        "title": series.title,
        "organiser": f"{series.partnership_id}-{series.organiser_id}",
    }


def _choices(
    request: HttpRequest,
    partnerships: set[Partnership],
    event: Event | None = None,
    *,
    organisers: Sequence[tuple[Partnership, Organisation]] = (),
) -> dict[str, Any]:
    """What may be chosen from; what an event has already stays in the lists. A single organiser is no
    partner of its own."""
    members: dict[int, Organisation] = {
        member.pk: member for where in partnerships for member in members_of(where)
    }
    houses: list[Office] = list(offices_of(set(members), today=today()))
    alone = event.organiser_id if event else organisers[0][1].pk if len(organisers) == 1 else None
    partners = [one for key, one in members.items() if key != alone]
    if event:
        partners += [one for one in event.partners.all() if one.pk not in members]
        houses += [event.office] if event.office and event.office not in houses else []
    goals = TrainingGoal.objects.filter(partnership__in=partnerships, year__gte=today().year - 1)
    return {
        "partners": sorted(partners, key=lambda one: one.name),
        "houses": houses,
        "series": list(series_visible_to(posts_for(request)).filter(partnership__in=partnerships)),
        "goals": list(goals.order_by("-year", "title", "pk")),
    }


def _print_of(form: EventForm) -> str:
    names = ("starts_at", "ends_at", "office", *changing.WHERE[1:])
    return "|".join(str(form.values[name]) for name in names)


def _print_of_parts(plans: list[programme.PartPlan]) -> str:
    return "|".join(
        f"{plan.pk} {plan.values['starts_at']} {plan.values['ends_at']}"
        for plan in plans
        if plan.pk and not plan.is_removed
    )


def _differences(form: EventForm, event: Event) -> list[tuple[str, str]]:
    moves = (form.values["starts_at"], form.values["ends_at"]) != (event.starts_at, event.ends_at)
    return [*([(_("Wann?"), when_of(event))] if moves else []), *differences(form, event)]


def _words_of_striking(part: EventPart, struck: striking.Struck) -> str:
    words = [_("„%(part)s“ ist gestrichen.") % {"part": part.title}]
    for sentence, group in (
        (_("Mit neuem Platz: %(number)d."), struck.moved),
        (_("Auf der Warteliste: %(number)d."), struck.waiting),
        (_("Ohne Ersatz: %(number)d."), struck.dropped),
    ):
        if group:
            words.append(sentence % {"number": len(group)})
    return " ".join(words)
