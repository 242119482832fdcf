"""The pages at the door and the own ticket, for `pages.py`: who opens them, and where they are."""

from django.urls import reverse

from forums.models import PartBooking
from forums.registering.access import issue_own_link
from partnership.times import today
from tests.browser.addresses import Paths
from tests.event_factories import make_booking, make_event, make_part, make_registration
from tests.personas import World

PAGES = {
    "visitor": ["forums:ticket"],
    "alice": ["own_registrations:ticket"],
    "bert": ["events:door", "events:walk_in"],
    "paula": ["events:check_in"],
}
NO_PAGES = {
    *("events:admit", "events:undo_attendance", "events:let_in", "events:undo_check_in"),
    *("events:badges", "events:door_list", "forums:ticket_pdf", "own_registrations:ticket_pdf"),
}


def paths(world: World) -> Paths:
    """Today: somebody is registered, somebody waits, and everything is full."""
    event = make_event(organiser=world.ihk, partners=(world.police,), day=today(), is_online=True)
    talk = make_part(event, site=1, online=5, is_for_all=True, room="Saal")
    workshop = make_part(event, site=1, choice="Nachmittag")
    alices = make_registration(event, talk, workshop, person=world.alice, name="Alice Muster")
    waiting = make_registration(event, email="wanda@wartend.example", name="Wanda Wartend")
    make_booking(waiting, talk, state=PartBooking.State.WAITLISTED)
    return {
        "forums:ticket": reverse("forums:ticket", args=[issue_own_link(alices)]),
        "own_registrations:ticket": reverse("own_registrations:ticket", args=[alices.reference]),
        "events:door": reverse("events:door", args=[event.reference]),
        "events:walk_in": reverse("events:walk_in", args=[event.reference]),
        "events:check_in": reverse("events:check_in", args=[waiting.ticket]),
    }
