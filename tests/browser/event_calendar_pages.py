"""The public calendar of events and an event's own page."""

import datetime

from django.urls import reverse
from django.utils import timezone

from tests.browser.addresses import Paths
from tests.event_factories import make_event, make_part, make_registration
from tests.personas import World

A_DAY = datetime.timedelta(days=1)

PAGES = {"visitor": ["forums:calendar", "forums:archive", "forums:event"]}
QUERIES = {"forums:calendar": ["", "?ansicht=monat", "?art=training&ort=Borna"]}
NO_PAGES = {"forums:feed", "forums:event_calendar"}


def paths(world: World) -> Paths:
    """With a choice of workshops, one of them full; another one this month, and one that is over."""
    event = make_event(organiser=world.ihk, partners=(world.police,), is_online=True, summary="Für alle")
    talk = make_part(event, is_for_all=True, site=80, online=80, speakers="Ada\nBea")
    full, _free = (make_part(event, choice="Workshop", site=site) for site in (1, 15))
    make_registration(event, talk, full)
    today = timezone.localdate()
    make_event(organiser=world.hwk, state="cancelled", cancel_reason="Krank", day=today)
    make_event(organiser=world.hwk, state="held", day=today - 40 * A_DAY)
    return {"forums:event": reverse("forums:event", args=[event.reference])}
