"""Pages about waiting for a place in an event, for the walks over every page."""

from django.urls import reverse

from forums.models import PartBooking
from forums.registering.access import issue_own_link
from forums.registering.cancelling import cancel
from forums.waiting.offers import lapse_due
from tests.browser.addresses import Paths
from tests.event_factories import make_booking, make_part
from tests.forums.waiting_steps import attending, make_full_part, someone_waiting
from tests.personas import World

PAGES = {
    "visitor": ["forums:waits"],
    "alice": ["own_registrations:waits"],
    "bert": ["events:waiting", "events:waiting_take_in", "events:waiting_off"],
}
NO_PAGES = {"events:waiting_answer"}


def paths(world: World) -> Paths:
    """Alice has left an offer unanswered, waits in one line, and has an offer in another."""
    lapsed = make_full_part(world, days=3)
    event = lapsed.event
    alices = someone_waiting(lapsed, person=world.alice, email=world.alice.email, name="Alice")
    registration = alices.registration
    someone_waiting(lapsed)
    cancel(registration_id=attending(lapsed).pk)
    alices.refresh_from_db()
    lapse_due(now=alices.offer_until)
    full, free = make_part(event, site=0, is_for_all=True), make_part(event, is_for_all=True)
    someone_waiting(full, email="", phone="0341 123456")
    waits = make_booking(registration, full, state=PartBooking.State.WAITLISTED)
    make_booking(registration, free, state=PartBooking.State.OFFERED)
    reference = event.reference
    return {
        "forums:waits": reverse("forums:waits", args=[issue_own_link(registration), registration.reference]),
        "own_registrations:waits": reverse("own_registrations:waits", args=[registration.reference]),
        "events:waiting": reverse("events:waiting", args=[reference]),
        "events:waiting_take_in": reverse("events:waiting_take_in", args=[reference, waits.pk]),
        "events:waiting_off": reverse("events:waiting_off", args=[reference, waits.pk]),
    }
