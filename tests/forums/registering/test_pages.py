"""The pages of somebody who takes part: behind the mail's links, signed in, and for nobody else."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forums.models import Event, EventPart, Registration, Visibility
from forums.registering.registering import Colleague
from tests.event_factories import make_event, make_part, make_registration
from tests.forums.registering_steps import (
    EMAIL,
    form_data,
    kinds,
    last_mail,
    make_forum,
    register_url,
    sign_up,
    states_of,
    take_part,
    token_in,
)
from tests.personas import World, sign_in

State = Registration.State
Forum = tuple[Event, EventPart, EventPart, EventPart]


@pytest.fixture
def forum(world: World) -> Forum:
    return make_forum(world)


def field(part: EventPart, first: EventPart | None = None) -> str:
    """The name of a choice's field is that of its first part."""
    return f"teil_{(first or part).pk}"


def post(client: Client, event: Event, **data: Any) -> Any:
    return client.post(register_url(event), form_data(event, **data))


def page_of(registration: Registration, name: str = "registration", *rest: str) -> str:
    return reverse(f"forums:{name}", args=[token_in(last_mail("event_registered")), *rest])


def test_registering_leads_to_the_page_that_tells_of_the_mail(client: Client, forum: Forum) -> None:
    event, talk, doors, _locks = forum
    answer = post(client, event, **{field(talk): f"{talk.pk}-site", field(doors): f"{doors.pk}-site"})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert EMAIL in page
    assert states_of(Registration.objects.get()) == {"Vortrag": "pending", "Türen": "pending"}


def test_the_page_after_it_is_the_same_for_an_address_that_is_registered(
    client: Client, forum: Forum
) -> None:
    event, talk, *_workshops = forum
    pages = []
    for email in ("neu@firma.example", EMAIL):
        if email == EMAIL:
            take_part(event)
        answer = post(client, event, email=email, **{field(talk): f"{talk.pk}-site"})
        pages.append(client.get(answer["Location"]).content.decode().replace(email, ""))
    assert pages[0] == pages[1]
    assert kinds()[-1] == "event_known"


def test_a_full_part_says_waiting_list_before_anything_is_sent(client: Client, forum: Forum) -> None:
    event, _talk, doors, _locks = forum
    doors.places.update(capacity=0)
    page = client.get(register_url(event)).content.decode()
    assert "Türen, " in page
    assert "Warteliste" in page
    assert "noch 15 Plätze frei" in page


def test_what_is_typed_stays_when_something_is_missing(client: Client, forum: Forum) -> None:
    event, _talk, doors, _locks = forum
    page = post(client, event, name="", firm_name="Quendel & Söhne", **{field(doors): f"{doors.pk}-site"})
    text = page.content.decode()
    assert "Quendel &amp; Söhne" in text
    assert "Geben Sie an, wer teilnimmt." in text
    assert Registration.objects.count() == 0


def test_another_row_for_a_colleague_keeps_what_is_typed(client: Client, forum: Forum) -> None:
    event, *_parts = forum
    page = post(client, event, **{"mit-weitere": "1"}).content.decode()
    assert 'name="mit-0-name"' in page
    assert 'value="Ute Quendel"' in page
    assert Registration.objects.count() == 0


def test_colleagues_are_registered_along(client: Client, forum: Forum) -> None:
    event, talk, *_workshops = forum
    row = {"mit-TOTAL_FORMS": "2", "mit-0-name": "Ole", "mit-0-role": "business", "mit-0-email": ""}
    post(client, event, **row, **{field(talk): f"{talk.pk}-online", "mit-1-role": "business"})
    assert list(Registration.objects.values_list("name", flat=True)) == ["Ute Quendel", "Ole"]


def test_two_of_a_choice_cannot_even_be_sent(client: Client, world: World) -> None:
    event = make_event(organiser=world.ihk)
    one, other = make_part(event), make_part(event)
    page = post(client, event, **{field(one): f"{one.pk}-site", field(other): f"{other.pk}-site"})
    assert "gehen nicht zusammen" in page.content.decode()


def test_whoever_is_signed_in_is_registered_at_once(client: Client, world: World, forum: Forum) -> None:
    sign_in(client, world.alice)
    event, talk, *_workshops = forum
    answer = post(client, event, email=world.alice.email, **{field(talk): f"{talk.pk}-site"})
    registration = Registration.objects.get()
    assert registration.state == State.CONFIRMED
    assert answer["Location"] == reverse("own_registrations:registration", args=[registration.reference])


def test_a_closed_event_says_since_when(client: Client, world: World) -> None:
    event, *_parts = make_forum(world, registration_closes_at=timezone.now())
    assert "geschlossen" in client.get(register_url(event)).content.decode()


@pytest.mark.parametrize("visibility", [Visibility.INVITED, Visibility.INTERNAL])
def test_strangers_find_no_event_that_is_not_public(
    client: Client, world: World, visibility: Visibility
) -> None:
    event, *_parts = make_forum(world, visibility=visibility)
    assert client.get(register_url(event)).status_code == 404
    sign_in(client, world.alice)
    assert client.get(register_url(event)).status_code == 404


def test_internal_ones_are_for_members_with_a_post(client: Client, world: World) -> None:
    event, *_parts = make_forum(world, visibility=Visibility.INTERNAL)
    sign_in(client, world.paula)
    assert client.get(register_url(event)).status_code == 200


def test_drafts_are_nobodys(client: Client, world: World) -> None:
    event, *_parts = make_forum(world, state=Event.State.DRAFT)
    sign_in(client, world.bert)
    assert client.get(register_url(event)).status_code == 404


def test_opening_the_mails_link_confirms_nothing(client: Client, forum: Forum) -> None:
    registration = sign_up(forum[0])
    url = reverse("forums:confirm", args=[token_in(last_mail())])
    assert client.get(url).status_code == 200
    registration.refresh_from_db()
    assert registration.state == State.UNCONFIRMED
    answer = client.post(url)
    assert "Ihre Anmeldung ist bestätigt" in client.get(answer["Location"]).content.decode()


def test_an_unknown_link_helps(client: Client, world: World) -> None:
    answer = client.get(reverse("forums:registration", args=["x" * 43]))
    assert answer.status_code == 404
    assert "öffnet keine Anmeldung" in answer.content.decode()


def test_the_own_page_says_what_is_certain_and_what_waits(client: Client, forum: Forum) -> None:
    event, _talk, doors, _locks = forum
    doors.places.update(capacity=0)
    page = client.get(page_of(take_part(event, doors))).content.decode()
    assert "Das ist sicher" in page
    assert "noch kein Platz" in page


def test_changing_behind_the_link(client: Client, forum: Forum) -> None:
    event, talk, doors, locks = forum
    registration = take_part(event, doors)
    url = page_of(registration, "change", registration.reference)
    assert "Ihr Platz" in client.get(url).content.decode()
    client.post(url, {field(talk): f"{talk.pk}-site", field(locks, doors): f"{locks.pk}-site"})
    assert states_of(registration) == {"Vortrag": "confirmed", "Schlösser": "confirmed"}


def test_a_place_lost_to_somebody_else_meanwhile_is_said(client: Client, forum: Forum) -> None:
    event, talk, doors, locks = forum
    registration = take_part(event, doors)
    url = page_of(registration, "change", registration.reference)
    locks.places.update(capacity=0)
    answer = client.post(url, {field(talk): f"{talk.pk}-site", field(locks, doors): f"{locks.pk}-site"})
    assert states_of(registration)["Türen"] == "confirmed"
    assert "Warteliste" in answer.content.decode()


def test_a_colleague_is_cancelled_behind_the_link_of_who_registered(client: Client, forum: Forum) -> None:
    registration = take_part(forum[0], colleagues=(Colleague(name="Ole"),))
    ole = registration.colleagues.get()
    client.post(page_of(registration, "cancel", ole.reference))
    ole.refresh_from_db()
    registration.refresh_from_db()
    assert (ole.state, registration.state) == (State.CANCELLED, State.CONFIRMED)


def test_nobody_elses_registration_is_behind_a_link(client: Client, forum: Forum) -> None:
    registration, other = take_part(forum[0]), make_registration(forum[0], forum[1])
    assert client.post(page_of(registration, "cancel", other.reference)).status_code == 404
    assert client.get(page_of(registration, "calendar_file", other.reference)).status_code == 404


def test_the_account_has_the_own_ones_and_no_others(client: Client, world: World, forum: Forum) -> None:
    own = make_registration(forum[0], forum[1], email=world.alice.email)
    other = make_registration(forum[0], forum[1])
    sign_in(client, world.alice)
    page = client.get(reverse("own_registrations:registrations")).content.decode()
    assert own.reference in page
    assert other.reference not in page
    for registration, status in ((own, 200), (other, 404)):
        url = reverse("own_registrations:registration", args=[registration.reference])
        assert client.get(url).status_code == status


def test_the_calendar_file_is_a_download(client: Client, forum: Forum) -> None:
    registration = take_part(forum[0])
    answer = client.get(page_of(registration, "calendar_file", registration.reference))
    assert answer["Content-Type"].startswith("text/calendar")
    assert b"METHOD:PUBLISH" in answer.content


def test_not_signed_in_leads_to_the_sign_in_page(client: Client, world: World) -> None:
    answer = client.get(reverse("own_registrations:registrations"))
    assert answer.status_code == 302
    assert "anmelden" in answer["Location"]


def test_whoever_is_signed_in_and_registered_is_led_there(client: Client, world: World, forum: Forum) -> None:
    own = make_registration(forum[0], forum[1], email=world.alice.email)
    sign_in(client, world.alice)
    url = reverse("own_registrations:registration", args=[own.reference])
    assert url in client.get(register_url(forum[0])).content.decode()
    assert post(client, forum[0], email=world.alice.email)["Location"] == url
