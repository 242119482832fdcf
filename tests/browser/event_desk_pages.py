"""The desk's pages about those who take part and those invited, for the walks over every page."""

from django.urls import reverse

from forums.inviting.inviting import list_guests, send_invitations
from forums.inviting.lists import Guest
from forums.models import RegistrationNeeds
from partnership.models import OutgoingMail
from tests.browser.addresses import Paths
from tests.event_factories import make_event, make_part, make_registration
from tests.personas import World

BY_LINK = ("forums:invitation", "forums:invitation_register")
OF_THE_DESK = (
    *("events:participants", "events:participant", "events:participant_change", "events:participant_cancel"),
    *("events:participant_address", "events:enter"),
    *("events:invitations", "events:invitation_new", "events:invitation_list"),
)
PAGES = {"visitor": BY_LINK, "bert": OF_THE_DESK}
NO_PAGES = (
    *("events:participants_xlsx", "events:participants_csv", "events:participant_mail"),
    *("events:invitations_send", "events:invitation_again", "events:invitation_remove"),
    "forums:invitation_own_link",
)
QUERIES = {
    "events:participants": ["", "?suche=quendel&als=business", "?stand=wartet", "?suche=niemand"],
    "events:enter": ["", "?suche=hofladn", "?firma=neu&suche=Hofladen"],
}


def paths(world: World) -> Paths:
    """One takes part, with a wish; one waits for a full workshop; of three guests one is sent nothing yet."""
    event = make_event(organiser=world.ihk, asks_catering=True)
    talk, workshop = make_part(event, online=5, is_for_all=True), make_part(event, site=1, choice="Workshop")
    takes_part = make_registration(event, talk, workshop, phone="0341 123456")
    RegistrationNeeds.objects.create(registration=takes_part, catering="vegan", accessibility="Rampe")
    make_registration(event, talk, name="Bea Busch", registered_by=takes_part, email="")
    make_registration(event, workshop, booking_state="waitlisted")
    invited = _invited(world)
    of_one = {name: [event.reference] for name in ("participants", "enter")}
    of_one |= {
        f"participant{page}": [event.reference, takes_part.reference]
        for page in ("", "_change", "_cancel", "_address")
    }
    of_one |= {f"invitation{page}": [invited] for page in ("s", "_new", "_list")}
    url = OutgoingMail.objects.filter(kind="event_invitation")[0].content["invitation_url"]
    token = url.rstrip("/").rpartition("/")[2]
    return {f"events:{name}": reverse(f"events:{name}", args=args) for name, args in of_one.items()} | {
        name: reverse(name, args=[token]) for name in BY_LINK
    }


def _invited(world: World) -> str:
    event = make_event(organiser=world.ihk, visibility="invited")
    make_part(event)
    guests = [Guest(name=f"Gast {number}", email=f"gast{number}@firma.example") for number in range(3)]
    list_guests(event_id=event.pk, guests=guests[:2], actor=world.bert)
    send_invitations(event_id=event.pk, actor=world.bert)
    list_guests(event_id=event.pk, guests=guests, actor=world.bert)
    return event.reference
