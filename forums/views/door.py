"""At the door of an event: numbers, the list by name, who comes without registration, paper."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forums.door import paper
from forums.door.admission import judge_ticket
from forums.door.attendance import note_attendance, noted_just_now, undo_attendance
from forums.door.door_list import half_day_of_door, half_days_of_event, read_door, search_guests
from forums.door.half_days import HalfDay, read_half_day
from forums.door.tickets import find_ticket
from forums.door.walk_in_choice import choice_for_walk_in
from forums.door.without_place import WalkIn, take_walk_in
from forums.event_words import place_of, when_of
from forums.forms.door import DoorSearch, TicketForm, WalkInForm
from forums.models import Attendance, Event, EventPart, Mode, Registration
from forums.queries import registrations_at_door
from forums.seats import NoPlaceLeft
from forums.views.door_pages import event_at_door, remember_door
from partnership.models import Person
from partnership.paging import sheet_of
from partnership.refusals import Refusal
from partnership.rules import posts_for

CONFLICT = 409


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, reference: str) -> HttpResponse:
    event = event_at_door(request, reference)
    remember_door(request, event)
    if request.method != "POST":
        return _page(request, event, TicketForm(is_first="eben" in request.GET))
    form = TicketForm(request.POST)
    if not form.is_valid():
        return _page(request, event, form)
    registrations = registrations_at_door(posts_for(request))
    found = find_ticket(registrations, form.cleaned_data["nummer"], event=event)
    if found is None:
        form.say_unknown()
        return _page(request, event, form)
    return _admit_by_number(request, event, found)


def _admit_by_number(request: HttpRequest, event: Event, found: Registration) -> HttpResponse:
    """At once where all is clear; else the ticket's page says what to do."""
    assert isinstance(request.user, Person)
    admission = judge_ticket(found, now=timezone.now(), door=event)
    half_day = admission.half_day
    explained = redirect("events:check_in", found.ticket)
    if half_day is None:
        return explained
    try:
        if admission.can_admit:
            way = Attendance.Way.NUMBER
            note_attendance(registration_id=found.pk, half_day=half_day, way=way, actor=request.user)
    except Refusal:
        return explained
    if not noted_just_now(registration=found, half_day=half_day, actor=request.user):
        return explained
    query = request.GET.copy()
    query["eben"] = found.reference
    query["halbtag"] = half_day.key
    return redirect(f"{_url('door', event)}?{query.urlencode()}")


@login_required
@require_POST
def admit(request: HttpRequest, reference: str) -> HttpResponse:
    """One tap in the list."""
    assert isinstance(request.user, Person)
    event = event_at_door(request, reference)
    found, half_day, parts = _tapped(request, event)
    try:
        note_attendance(
            registration_id=found.pk,
            half_day=half_day,
            way=Attendance.Way.LIST,
            actor=request.user,
            part_ids=parts,
        )
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return _back_to_list(request, event, found)


@login_required
@require_POST
def undo(request: HttpRequest, reference: str) -> HttpResponse:
    assert isinstance(request.user, Person)
    event = event_at_door(request, reference)
    found, half_day, parts = _tapped(request, event)
    try:
        undo_attendance(registration_id=found.pk, half_day=half_day, actor=request.user, part_ids=parts)
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return _back_to_list(request, event, found)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def walk_in(request: HttpRequest, reference: str) -> HttpResponse:
    assert isinstance(request.user, Person)
    event = event_at_door(request, reference)
    now = timezone.now()
    half_day = half_day_of_door(event, now=now)
    choice = choice_for_walk_in(event, now=now)
    data = request.POST if request.method == "POST" else None
    form = WalkInForm(data, parts=choice.options, all_fit=choice.all_fit)
    status = 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            taken = take_walk_in(
                event_id=event.pk,
                who=WalkIn(name=given["name"], firm_name=given["firm_name"], role=given["role"]),
                part_ids=[int(key) for key in given.get("parts", choice.only)],
                half_day=half_day,
                beyond_reason=given.get("reason", ""),
                actor=request.user,
            )
        except NoPlaceLeft as full:
            form = WalkInForm(data, parts=choice.options, all_fit=False)
            form.say_full(full.sentence)
            status = CONFLICT
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            status = CONFLICT
        else:
            return redirect(f"{_url('door', event)}?eben={taken.reference}&halbtag={half_day.key}")
    context = {"event": event, "form": form, "for_all": choice.for_all}
    return render(request, "forums/door/walk_in.html", context, status=status)


@login_required
@never_cache
@require_safe
def badges(request: HttpRequest, reference: str) -> HttpResponse:
    event = event_at_door(request, reference)
    return _pdf(paper.print_badges(event), f"namensschilder-{event.reference}.pdf")


@login_required
@never_cache
@require_safe
def door_list(request: HttpRequest, reference: str) -> HttpResponse:
    """Of the part that `teil` names, or of all."""
    event = event_at_door(request, reference)
    part = _part(event, request.GET.get("teil", ""))
    return _pdf(paper.print_door_list(event, [part] if part else None), f"einlass-{event.reference}.pdf")


def _page(request: HttpRequest, event: Event, ticket_form: TicketForm) -> HttpResponse:
    query = request.GET.copy()
    eben = query.pop("eben", [""])[-1]
    search = _search(event, query)
    half_day = read_half_day(search.given("halbtag") or "") or half_day_of_door(event, now=timezone.now())
    part = _part(event, search.given("teil") or "")
    mode = search.given("teilnahme") or Mode.SITE
    found = read_door(event, half_day=half_day, mode=mode, part=part)
    text = search.given("suche") or ""
    sheet = sheet_of(search_guests(found.guests, text), query)
    context: dict[str, Any] = {
        "event": event,
        "when": when_of(event),
        "place": place_of(event),
        "search": search,
        "ticket_form": ticket_form,
        "half_day": half_day,
        "part": part,
        "list": found,
        "sheet": sheet,
        "waiting": search_guests(found.waiting, text),
        "just_now": next((guest for guest in found.guests if guest.reference == eben), None),
        "is_search": bool(text),
        "query": query.urlencode(),
    }
    return render(request, "forums/door/door.html", context)


def _search(event: Event, query: QueryDict) -> DoorSearch:
    shown = query.copy()
    shown.setdefault("halbtag", half_day_of_door(event, now=timezone.now()).key)
    return DoorSearch(
        shown,
        halves=[(half.key, str(half)) for half in half_days_of_event(event)],
        parts=[(str(part.pk), part.title) for part in event.parts.all()],
        is_online=event.is_online,
    )


def _tapped(request: HttpRequest, event: Event) -> tuple[Registration, HalfDay, list[int]]:
    """Whom, for which half-day, and in which part if the list shows one alone."""
    reference = request.POST.get("anmeldung", "")
    rows = registrations_at_door(posts_for(request))
    found = get_object_or_404(rows, event=event, reference=reference)
    half_day = read_half_day(request.POST.get("halbtag", ""))
    if half_day is None:
        raise Http404
    part = _part(event, request.GET.get("teil", ""))
    return found, half_day, [part.pk] if part else []


def _back_to_list(request: HttpRequest, event: Event, found: Registration) -> HttpResponse:
    return redirect(f"{_url('door', event)}?{request.GET.urlencode()}#{found.reference}")


def _part(event: Event, key: str) -> EventPart | None:
    return next((part for part in event.parts.all() if str(part.pk) == key), None)


def _url(page: str, event: Event) -> str:
    return reverse(f"events:{page}", args=[event.reference])


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
