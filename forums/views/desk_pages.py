"""What every page of the desk about an event begins with."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from forums.models import Event
from forums.queries import events_visible_to
from forums.rules import may_read_participants, may_work_at_door
from partnership.rules import posts_for

CONFLICT = 409


def event_of_desk(request: HttpRequest, reference: str) -> Event:
    """Whose participants the reader may know. For others of the partnership there is no such list; who works
    at the door knows of it, and may not open it. Raises Http404, PermissionDenied."""
    posts = posts_for(request)
    event = get_object_or_404(events_visible_to(posts), reference=reference)
    if may_read_participants(posts, event):
        return event
    if may_work_at_door(posts, event):
        raise PermissionDenied
    raise Http404
