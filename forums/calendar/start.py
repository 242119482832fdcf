"""The next events on the portal's start page."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from forums.calendar.rows import where_of
from forums.event_words import when_of
from forums.models import Event
from forums.queries import public_events
from partnership.models import Partnership
from partnership.start_sections import StartRow, StartSection
from partnership.times import berlin_day, date_block

SHOWN = 3


def next_events(partnership: Partnership, now: datetime.datetime) -> StartSection:
    """Those that have not begun; what is cancelled stands in the calendar only."""
    events = (
        public_events(partnership)
        .filter(state=Event.State.ANNOUNCED, starts_at__gt=now)
        .prefetch_related(None)
        .order_by("starts_at", "pk")[:SHOWN]
    )
    return StartSection(
        key="veranstaltungen",
        heading=_("Nächste Veranstaltungen"),
        rows=[_row(event) for event in events],
        all_url=reverse("forums:calendar"),
        all_words=_("Alle Veranstaltungen"),
    )


def _row(event: Event) -> StartRow:
    return StartRow(
        url=reverse("forums:event", args=[event.reference]),
        title=event.title,
        words=", ".join(text for text in (when_of(event), where_of(event)) if text),
        date=date_block(berlin_day(event.starts_at)),
    )
