"""The pages of setting events up, for `pages.py`: who opens them, and where they are."""

from django.urls import reverse

from forums.models import Event
from tests.browser.addresses import Paths
from tests.event_factories import make_event, make_part, make_registration
from tests.personas import World

PAGES = {
    "bert": [
        *("events:events", "events:new", "events:event", "events:edit", "events:programme"),
        *("events:cancel", "events:delete", "events:part_strike"),
    ],
    "paula": ["events:events", "events:event"],
}
NO_PAGES = ["events:announce", "events:held", "events:close"]
QUERIES = {
    "events:events": ["", "?zeit=vergangen", "?zeit=entwuerfe&art=training"],
}


def paths(world: World) -> Paths:
    """Announced, with a talk, a full workshop and somebody who has to be called; a draft that lacks much."""
    event = make_event(organiser=world.ihk, partners=(world.police,), is_online=True)
    talk = make_part(event, site=80, online=100, is_for_all=True, speakers="Eva Eins\nEmil Zwei")
    workshop = make_part(event, site=1, choice="Workshop")
    make_registration(event, talk, workshop)
    make_registration(event, talk, email="", phone="0341 123456")
    make_registration(event, workshop, booking_state="waitlisted")
    draft = make_event(
        organiser=world.ihk, state=Event.State.DRAFT, venue="", city="", postcode="", street=""
    )
    make_event(organiser=world.hwk, state=Event.State.CANCELLED)
    of_one = {name: [event.reference] for name in ("event", "edit", "programme", "cancel")}
    of_one |= {"delete": [draft.reference], "part_strike": [event.reference, workshop.pk]}
    of_one |= {"events": [], "new": []}
    return {f"events:{name}": reverse(f"events:{name}", args=args) for name, args in of_one.items()}
