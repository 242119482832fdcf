"""Pages on which somebody answers an offer or leaves the line, behind the mail's link and in the account."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forums.models import PartBooking
from forums.registering.access import issue_own_link
from forums.registering.cancelling import cancel
from forums.waiting.offers import lapse_due
from forums.waiting.words import explain
from tests.event_factories import make_registration
from tests.forums.waiting_steps import attending, beginning_in, make_full_part, someone_waiting, state_of
from tests.personas import World, sign_in

State = PartBooking.State


@pytest.fixture
def offered(world: World) -> PartBooking:
    """Alice's; somebody waits behind her."""
    part = make_full_part(world, days=3)
    first = someone_waiting(part, person=world.alice, email=world.alice.email)
    someone_waiting(part)
    cancel(registration_id=attending(part).pk)
    first.refresh_from_db()
    return first


def page_of(booking: PartBooking) -> str:
    registration = booking.registration
    return reverse("forums:waits", args=[issue_own_link(registration), registration.reference])


def say(client: Client, booking: PartBooking, answer: str, *, page: str = "") -> int:
    data = {"platz": str(booking.pk), "antwort": answer}
    return client.post(page or page_of(booking), data).status_code


def test_opening_the_link_answers_nothing(client: Client, offered: PartBooking) -> None:
    page = client.get(page_of(offered)).content.decode()
    assert "Dieser Platz ist für Sie frei, bis" in page
    assert "Platz annehmen" in page
    assert state_of(offered) == State.OFFERED


def test_yes_leads_to_the_registration(client: Client, offered: PartBooking) -> None:
    response = client.post(page_of(offered), {"platz": str(offered.pk), "antwort": "ja"}, follow=True)
    assert "Das ist sicher" in response.content.decode()
    assert state_of(offered) == State.CONFIRMED


def test_no_gives_the_place_to_the_next(client: Client, offered: PartBooking) -> None:
    assert say(client, offered, "nein") == 302
    assert state_of(offered) == State.CANCELLED
    assert PartBooking.objects.filter(part=offered.part, state=State.OFFERED).count() == 1


def test_a_yes_that_comes_too_late_is_told_so_and_can_wait_again(
    client: Client, offered: PartBooking
) -> None:
    lapse_due(now=offered.offer_until)
    response = client.post(page_of(offered), {"platz": str(offered.pk), "antwort": "ja"})
    assert response.status_code == 409
    assert "der Platz ist vergeben" in response.content.decode()
    assert say(client, offered, "wieder") == 302
    assert state_of(offered) == State.WAITLISTED


def test_a_late_page_says_that_the_place_is_still_free(client: Client, world: World) -> None:
    part = make_full_part(world, days=3)
    booking = someone_waiting(part)
    cancel(registration_id=attending(part).pk)
    booking.refresh_from_db()
    lapse_due(now=booking.offer_until)
    assert "Der Platz ist noch frei" in client.get(page_of(booking)).content.decode()
    assert say(client, booking, "ja") == 302
    assert state_of(booking) == State.CONFIRMED


def test_whoever_waits_reads_the_place_in_line_and_how_it_goes_on(client: Client, world: World) -> None:
    part = make_full_part(world)
    someone_waiting(part)
    second = someone_waiting(part)
    page = client.get(page_of(second)).content.decode()
    assert "Sie stehen an 2. Stelle von 2" in page
    assert explain(part.event, now=timezone.now()) in page
    assert second.registration.email not in page


@pytest.mark.parametrize(
    ("left", "words"),
    [
        ({"days": 20}, "Sie rücken von selbst nach"),
        ({"days": 5}, "24 Stunden Zeit"),
        ({"days": 1}, "die Nacht zählt nicht mit"),
        ({"hours": 3}, "nur noch am Telefon und am Einlass"),
    ],
)
def test_what_is_explained_depends_on_the_nearness(world: World, left: dict[str, float], words: str) -> None:
    event = make_full_part(world).event
    beginning_in(event, **left)
    assert words in explain(event, now=timezone.now())


def test_leaving_the_line(client: Client, world: World) -> None:
    booking = someone_waiting(make_full_part(world))
    page = page_of(booking)
    assert say(client, booking, "nein", page=page) == 302
    assert "Sie warten hier auf keinen Platz" in client.get(page).content.decode()
    assert state_of(booking) == State.CANCELLED


def test_the_account_has_the_same_page(client: Client, world: World, offered: PartBooking) -> None:
    page = reverse("own_registrations:waits", args=[offered.registration.reference])
    assert say(sign_in(client, world.alice), offered, "ja", page=page) == 302
    assert state_of(offered) == State.CONFIRMED


def test_the_account_of_somebody_else_has_not(client: Client, world: World, offered: PartBooking) -> None:
    page = reverse("own_registrations:waits", args=[offered.registration.reference])
    assert say(sign_in(client, world.carl), offered, "ja", page=page) == 404


def test_nobody_answers_for_another(client: Client, world: World, offered: PartBooking) -> None:
    stranger = make_registration(offered.part.event)
    page = reverse("forums:waits", args=[issue_own_link(stranger), stranger.reference])
    assert say(client, offered, "ja", page=page) == 404
    theirs = reverse("forums:waits", args=[issue_own_link(stranger), offered.registration.reference])
    assert client.get(theirs).status_code == 404
    assert state_of(offered) == State.OFFERED


def test_whoever_registers_a_colleague_along_answers_for_them(client: Client, world: World) -> None:
    part = make_full_part(world)
    boss = make_registration(part.event)
    booking = someone_waiting(part, email="", registered_by=boss)
    page = reverse("forums:waits", args=[issue_own_link(boss), booking.registration.reference])
    assert say(client, booking, "nein", page=page) == 302
    assert state_of(booking) == State.CANCELLED


def test_nothing_waits_after_the_beginning(client: Client, world: World) -> None:
    booking = someone_waiting(make_full_part(world))
    beginning_in(booking.part.event, minutes=-1)
    assert "Sie warten hier auf keinen Platz" in client.get(page_of(booking)).content.decode()


def test_whoever_has_left_the_only_line_reads_that_nothing_is_left(client: Client, world: World) -> None:
    booking = someone_waiting(make_full_part(world))
    own = reverse("forums:registration", args=[issue_own_link(booking.registration)])
    assert "Sie stehen auf der Warteliste" in client.get(own).content.decode()
    say(client, booking, "nein")
    page = client.get(own).content.decode()
    assert "Sie nehmen an keinem Teil teil" in page
    assert "Sie stehen auf der Warteliste" not in page
