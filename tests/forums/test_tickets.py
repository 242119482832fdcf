"""The own ticket: behind the link of the mail and in the account, to show and to print."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation

from forums.models import Event, Mode, PartBooking, Registration
from forums.registering.access import issue_own_link
from tests.english.missing import Missing, ours
from tests.event_factories import make_booking, make_event, make_part, make_registration
from tests.pdf_ua import faults_of_pdf
from tests.personas import World, sign_in


@pytest.fixture
def registration(world: World) -> Registration:
    event = make_event(organiser=world.ihk, title="Sicherheitsforum Grimma")
    part = make_part(event, online=5, title="Vortrag")
    return make_registration(event, part, name="Alice Muster", person=world.alice, ticket="K7M2PQR4ST")


def by_link(client: Client, registration: Registration, page: str = "ticket") -> HttpResponse:
    return client.get(reverse(f"forums:{page}", args=[issue_own_link(registration)]))


def text(response: HttpResponse) -> str:
    return response.content.decode()


def numbers(page: str) -> list[str]:
    shown = re.findall(r'<p class="ticket__number">(.*?)</p>', page, re.DOTALL)
    return [" ".join(re.findall(r"<span>(\w+)</span>", one)) for one in shown]


def test_behind_the_link_it_names_nobody(client: Client, registration: Registration) -> None:
    answer = by_link(client, registration)
    page = text(answer)
    assert "Sicherheitsforum Grimma" in page
    assert numbers(page) == ["K7M 2PQ R4ST"]
    assert "Alice Muster" not in page
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_signed_in_it_has_the_name_on_it(client: Client, world: World, registration: Registration) -> None:
    url = reverse("own_registrations:ticket", args=[registration.reference])
    assert client.get(url)["Location"] == f"/konto/anmelden/?next={url}"
    assert "Alice Muster" in text(sign_in(client, world.alice).get(url))
    assert sign_in(client, world.carl).get(url).status_code == 404


def test_colleagues_tickets_are_told_apart(client: Client, registration: Registration) -> None:
    part = registration.bookings.get().part
    make_registration(registration.event, part, name="Kim Kollege", email="", registered_by=registration)
    page = text(by_link(client, registration))
    assert len(numbers(page)) == 2
    assert page.index("Alice Muster") < page.index("Kim Kollege")


def test_only_for_a_place_on_site(client: Client, registration: Registration) -> None:
    PartBooking.objects.update(mode=Mode.ONLINE)
    page = text(by_link(client, registration))
    assert numbers(page) == []
    assert "Wer online teilnimmt, braucht keines" in page


def test_what_waits_is_not_on_it(client: Client, registration: Registration) -> None:
    workshop = make_part(registration.event, title="Schlösser")
    make_booking(registration, workshop, state=PartBooking.State.WAITLISTED)
    assert "Schlösser" not in text(by_link(client, registration))


def test_none_for_what_was_cancelled(client: Client, registration: Registration) -> None:
    Event.objects.update(state=Event.State.CANCELLED, cancelled_at=registration.confirmed_at)
    assert numbers(text(by_link(client, registration))) == []


def test_an_ended_link_helps_on(client: Client, registration: Registration) -> None:
    assert client.get("/foren/anmeldung/unbekannt/ticket/").status_code == 404


@pytest.mark.parametrize("language", ["de", "en"])
def test_on_paper_it_is_accessible_and_has_no_picture_of_dots(
    client: Client, registration: Registration, language: str
) -> None:
    with translation.override(language):
        pdf = by_link(client, registration, "ticket_pdf").content
    assert faults_of_pdf(pdf) == []
    assert b"/Subtype /Image" not in pdf


def test_it_speaks_english(client: Client, registration: Registration, missing: Missing) -> None:
    with translation.override("en"):
        page = text(by_link(client, registration))
        by_link(client, registration, "ticket_pdf")
        PartBooking.objects.update(mode=Mode.ONLINE)
        by_link(client, registration)
    assert "Your ticket" in page
    assert ours(missing.sentences) == []
