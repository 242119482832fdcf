"""Events at the workplace: the list, one event, and the acts on it. Whoever runs an event acts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from forums import rules
from forums.event_tabs import frame_of
from forums.event_words import Stage, stage_of
from forums.events import announcing, ending, setting_up
from forums.events.overview import by_month, facts_of, parts_of, what_comes_next
from forums.events.telling import Told, ended_with, reach, standing_of
from forums.forms.event_list import DRAFTS, PAST, EventFilter
from forums.forms.events import CancelForm
from forums.models import Event
from forums.planning.due import overdue_series
from forums.planning.series_page import overdue_words
from forums.queries import events_visible_to, series_visible_to
from partnership.paging import sheet_of
from partnership.phone_numbers import dialled
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.timeline import timeline_of
from partnership.views.administration.pages import CONFLICT, acting, allow, posted

State = Event.State


@login_required
@never_cache
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    posts = posts_for(request)
    if not rules.may_open_events(posts):
        raise PermissionDenied
    search = EventFilter(request.GET, series=list(series_visible_to(posts)))
    sheet = sheet_of(_found(events_visible_to(posts), search), request.GET)
    context = {
        "search": search,
        "sheet": sheet,
        "months": by_month(sheet.rows, now=timezone.now()),
        "may_add": rules.may_edit_events(posts),
        "overdue": [overdue_words(one) for one in overdue_series(posts)],
    }
    return render(request, "forums/events/list.html", context)


@login_required
@never_cache
@require_safe
def event(request: HttpRequest, reference: str) -> HttpResponse:
    return _show(request, _visible(request, reference))


@login_required
@require_POST
def announce(request: HttpRequest, reference: str) -> HttpResponse:
    found = editable(request, reference)
    try:
        announcing.announce_event(event_id=found.pk, actor=acting(request))
    except Refusal as refusal:
        return _show(request, found, refusal=refusal)
    messages.success(request, _("Die Veranstaltung ist angekündigt."))
    return redirect("events:event", reference)


@login_required
@never_cache
@allow
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Says who will be told before anything happens."""
    found = editable(request, reference)
    form = CancelForm(posted(request))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            told = ending.cancel_event(
                event_id=found.pk, reason=form.cleaned_data["reason"], actor=acting(request)
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, words_of_telling(_("Die Veranstaltung ist abgesagt."), told))
            return redirect("events:event", reference)
    context = frame_of(request, found) | {
        "form": form,
        "refusal": refusal,
        "told": reach(standing_of(found)),
    }
    return render(request, "forums/events/cancel.html", context, status=CONFLICT if refusal else 200)


@login_required
@never_cache
@allow
def delete(request: HttpRequest, reference: str) -> HttpResponse:
    found = editable(request, reference)
    refusal = None
    if request.method == "POST":
        try:
            setting_up.delete_draft(event_id=found.pk, actor=acting(request))
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Der Entwurf „%(title)s“ ist gelöscht.") % {"title": found.title})
            return redirect("events:events")
    context = frame_of(request, found) | {"refusal": refusal}
    return render(request, "forums/events/delete.html", context, status=CONFLICT if refusal else 200)


@login_required
@require_POST
def held(request: HttpRequest, reference: str) -> HttpResponse:
    found = editable(request, reference)
    try:
        ending.mark_held(event_id=found.pk, actor=acting(request))
    except Refusal as refusal:
        return _show(request, found, refusal=refusal)
    messages.success(request, _("Vermerkt: Die Veranstaltung hat stattgefunden."))
    return redirect("events:event", reference)


@login_required
@require_POST
def close(request: HttpRequest, reference: str) -> HttpResponse:
    found = editable(request, reference)
    try:
        ending.close_event(event_id=found.pk, actor=acting(request))
    except Refusal as refusal:
        return _show(request, found, refusal=refusal)
    messages.success(request, _("Die Veranstaltung ist abgeschlossen."))
    return redirect("events:event", reference)


def editable(request: HttpRequest, reference: str) -> Event:
    found = _visible(request, reference)
    if not rules.may_edit_event(posts_for(request), found):
        raise PermissionDenied
    return found


def words_of_telling(what: str, told: Told) -> str:
    """What happened, how many are told by mail, and who has to be called."""
    words = [what]
    if number := len(told.by_mail):
        words.append(
            ngettext("Eine Person bekommt eine E-Mail.", "%(number)d Personen bekommen eine E-Mail.", number)
            % {"number": number}
        )
    if told.to_call:
        whom = ", ".join(f"{one.name} ({one.phone or _('ohne Telefon')})" for one in told.to_call)
        words.append(_("Ohne E-Mail, bitte anrufen: %(whom)s.") % {"whom": whom})
    return " ".join(words)


def _visible(request: HttpRequest, reference: str) -> Event:
    return get_object_or_404(events_visible_to(posts_for(request)), reference=reference)


def _found(rows: QuerySet[Event], search: EventFilter) -> QuerySet[Event]:
    """What comes, and before it what is over and not noted as held."""
    now = timezone.now()
    match search.given("zeit"):
        case str(value) if value == DRAFTS:
            rows = rows.filter(state=State.DRAFT)
        case str(value) if value == PAST:
            rows = rows.filter(ends_at__lte=now).exclude(state=State.DRAFT).order_by("-starts_at", "-pk")
        case _:
            rows = rows.filter(Q(ends_at__gt=now) | Q(state=State.ANNOUNCED))
    if kind := search.given("art"):
        rows = rows.filter(kind=kind)
    if series := search.given("reihe"):
        rows = rows.filter(series=series)
    return rows


def _show(request: HttpRequest, event: Event, *, refusal: Refusal | None = None) -> HttpResponse:
    now = timezone.now()
    stage = stage_of(event, now=now)
    may_edit = rules.may_edit_event(posts_for(request), event)
    to_call = reach(ended_with(event)).to_call if may_edit and stage == Stage.CANCELLED else []
    context = frame_of(request, event) | {
        "refusal": refusal,
        "may_edit": may_edit,
        "may_read_people": rules.may_read_participants(posts_for(request), event),
        "parts": parts_of(event),
        "facts": facts_of(event, may_edit=may_edit),
        "next": what_comes_next(event, now=now) if may_edit else [],
        "is_ready": not announcing.why_not_yet(event, now=now),
        "has_begun": event.starts_at <= now,
        "to_call": [(one.name, one.phone, dialled(one.phone)) for one in to_call],
        "timeline": timeline_of(event) if may_edit else [],
    }
    return render(request, "forums/events/event.html", context, status=CONFLICT if refusal else 200)
