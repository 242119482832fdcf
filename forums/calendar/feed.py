"""The public events as a feed for calendar programs: what the calendar shows, with its filters."""

import datetime

from django.db.models import Max, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from forums.calendar.search import Search
from forums.event_words import place_of
from forums.models import Event
from forums.queries import public_events
from forums.registering.calendar_entry import UID_DOMAIN
from partnership.calendar_files import Feed, FeedEvent, build_calendar, calendar_entry
from partnership.current import absolute_url
from partnership.journal import figure_of_entries
from partnership.models import Partnership

BACK, AHEAD = datetime.timedelta(days=30), datetime.timedelta(days=548)
"""What is cancelled stays as long as what is over, so that every program takes it out."""
REVISIONS = ("event.announced", "event.changed", "event.cancelled")


def uid_of(event: Event) -> str:
    return f"{event.reference}@{UID_DOMAIN}"


def lay_out_feed(partnership: Partnership, search: Search, *, now: datetime.datetime) -> Feed:
    """One statement. Whoever subscribes need not take part: what stands in it leaves their time free."""
    rows = (
        search.of(public_events(partnership))
        .filter(ends_at__gt=now - BACK, starts_at__lt=now + AHEAD)
        .exclude(Q(state=Event.State.CANCELLED, cancelled_at__lt=now - BACK))
        .prefetch_related(None)
        .annotate(revised_at=Coalesce(figure_of_entries(Event, Max("at"), act__in=REVISIONS), "created_at"))
        .order_by("starts_at", "pk")
    )
    name = _("Veranstaltungen, %(partnership)s") % {"partnership": partnership.short_name}
    if search.words:
        name = f"{name}: {search.words}"
    return Feed(name, [_entry(event, event.revised_at) for event in rows], partnership)


def _entry(event: Event, revised_at: datetime.datetime) -> FeedEvent:
    """Programs that show what is cancelled as if it were not have it in the title at least."""
    is_cancelled = event.state == Event.State.CANCELLED
    url = _page_of(event)
    return FeedEvent(
        uid=uid_of(event),
        sequence=event.calendar_sequence,
        revised_at=revised_at,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        summary=_("Abgesagt: %(what)s") % {"what": event.title} if is_cancelled else event.title,
        location=place_of(event),
        description=_description(event, url),
        url=url,
        status="CANCELLED" if is_cancelled else "CONFIRMED",
        is_busy=False,
        is_public=True,
    )


def event_file(event: Event) -> bytes:
    """Of one event, to be added by hand: the same entry as in the feed."""
    is_cancelled = event.state == Event.State.CANCELLED
    entry = calendar_entry(
        method="CANCEL" if is_cancelled else "PUBLISH",
        uid=uid_of(event),
        sequence=event.calendar_sequence,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        summary=event.title,
        location=place_of(event),
        description=_description(event, _page_of(event)),
    )
    return build_calendar(partnership=event.partnership, entry=entry)


def _page_of(event: Event) -> str:
    return absolute_url(event.partnership, reverse("forums:event", args=[event.reference]))


def _description(event: Event, url: str) -> str:
    provider = _("Anbieter: %(name)s") % {"name": event.provider} if event.provider else ""
    return "\n".join(line for line in (event.summary, provider, url) if line)
