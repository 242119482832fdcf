"""Pages of somebody who takes part in an event, for the walks over every page."""

from django.urls import reverse

from forums.registering.access import issue_own_link
from forums.registering.registering import Colleague
from tests.browser.addresses import Paths
from tests.forums.registering_steps import last_mail, make_forum, sign_up, take_part, token_in
from tests.personas import World

BY_LINK = (
    *("forums:register", "forums:confirm", "forums:registration", "forums:change", "forums:cancel"),
    "forums:bring",
)
OF_THE_FIRM = tuple(
    f"own_registrations:{name}" for name in ("registrations", "registration", "change", "cancel", "bring")
)
PAGES = {"visitor": BY_LINK, "alice": OF_THE_FIRM}
NO_PAGES = {
    *("forums:calendar_file", "own_registrations:calendar_file"),
    "forums:sent",  # after registering only: test_registering.py
}


def paths(world: World) -> Paths:
    """Alice has registered a colleague along and waits for a workshop; somebody else has not confirmed."""
    event, _talk, doors, _locks = make_forum(world, asks_catering=True)
    doors.places.update(capacity=0)
    sign_up(event, email="kim@joinery.example")
    asked = token_in(last_mail("event_confirm"))
    alices = take_part(
        event, doors, email=world.alice.email, name="Alice", colleagues=(Colleague(name="Ole"),)
    )
    token, reference = issue_own_link(alices), alices.reference
    return {
        "forums:register": reverse("forums:register", args=[event.reference]),
        "forums:confirm": reverse("forums:confirm", args=[asked]),
        "forums:registration": reverse("forums:registration", args=[token]),
        "forums:change": reverse("forums:change", args=[token, reference]),
        "forums:bring": reverse("forums:bring", args=[token, reference]),
        "forums:cancel": reverse("forums:cancel", args=[token, reference]),
        "own_registrations:registrations": reverse("own_registrations:registrations"),
        **{name: reverse(name, args=[reference]) for name in OF_THE_FIRM if not name.endswith("ations")},
    }
