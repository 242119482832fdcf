"""What the pages at the door begin with: which event, and at whose door one stands today."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from forums.models import Event
from forums.queries import events_visible_to
from forums.rules import may_work_at_door
from partnership.rules import posts_for
from partnership.times import today

SESSION_KEY = "door"


def event_at_door(request: HttpRequest, reference: str) -> Event:
    """Raises Http404 for everybody who does not work at its door."""
    posts = posts_for(request)
    event = get_object_or_404(events_visible_to(posts), reference=reference)
    if not may_work_at_door(posts, event):
        raise Http404
    return event


def remember_door(request: HttpRequest, event: Event) -> None:
    """A telephone's camera opens a ticket's address and says nothing of the door it stands at."""
    here = [event.reference, today().isoformat()]
    if request.session.get(SESSION_KEY) != here:
        request.session[SESSION_KEY] = here


def other_door(request: HttpRequest, event: Event) -> Event | None:
    """The door of today if it is another event's."""
    reference, day = request.session.get(SESSION_KEY) or ("", "")
    if day != today().isoformat() or reference == event.reference:
        return None
    return events_visible_to(posts_for(request)).filter(reference=reference).first()
