"""The pages of one event at the workplace: who works with an event finds its pages in one row.

A view gives its template `frame_of(request, event)`; the template extends `forums/event_base.html`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forums.event_words import place_of, stage_of, when_of
from forums.models import Event, Kind
from forums.rules import may_edit_event, may_read_participants, may_work_at_door
from partnership.rules import Posts, posts_for

Rule = Callable[[Posts, Event], bool]


@dataclass(frozen=True)
class EventTab:
    label: str | Promise
    url_name: str
    is_for: Rule


def _registered_here(rule: Rule) -> Rule:
    """An external course has no participants here."""
    return lambda posts, event: event.kind != Kind.EXTERNAL and rule(posts, event)


TABS = [
    EventTab(_("Überblick"), "events:event", lambda _posts, _event: True),
    EventTab(_("Programm"), "events:programme", _registered_here(may_edit_event)),
    EventTab(_("Teilnehmende"), "events:participants", _registered_here(may_read_participants)),
    EventTab(_("Einladungen"), "events:invitations", _registered_here(may_edit_event)),
    EventTab(_("Warteliste"), "events:waiting", _registered_here(may_read_participants)),
    EventTab(_("Einlass"), "events:door", _registered_here(may_work_at_door)),
    EventTab(_("Bescheinigungen"), "events:certificates", _registered_here(may_edit_event)),
    EventTab(_("Unterlagen"), "events:materials", may_edit_event),
    EventTab(_("Rückmeldungen"), "events:feedback", _registered_here(may_edit_event)),
]


def frame_of(request: HttpRequest, event: Event) -> dict[str, Any]:
    """What `forums/event_base.html` shows around every page of an event."""
    return {
        "event": event,
        "when": when_of(event),
        "place": place_of(event),
        "stage": stage_of(event, now=timezone.now()),
        "tabs": tabs_for(request, event),
    }


def tabs_for(request: HttpRequest, event: Event) -> list[dict[str, object]]:
    """Label, address and whether it is the page shown or one below it."""
    posts = posts_for(request)
    rows = [
        (tab.label, reverse(tab.url_name, args=[event.reference])) for tab in TABS if tab.is_for(posts, event)
    ]
    here = max((url for _label, url in rows if request.path.startswith(url)), key=len, default="")
    return [{"label": label, "url": url, "is_here": url == here} for label, url in rows]
