"""A talk or a call becomes a request for a visit; its history shows the talk, the chamber sees nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import Appointment, VisitMatter, VisitRequest
from partnership.models import Area, LogEntry, OutgoingMail
from tests import factories
from tests.consultations.test_outcome_views import make_talk
from tests.consultations.visit_steps import DETAILS, PLACE
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
State = VisitRequest.State
OFFICERS_NOTE = "Das Rolltor zeigen lassen"
NEW = "/arbeitsplatz/besuche/neu/"
GIVEN = PLACE | {
    "part_of_day": "any",
    "note": "Nach dem Umbau",
    "takes": "on",
    "contact_phone": "0341 1234567",
}


@pytest.fixture
def talk(world: World) -> Appointment:
    talk = make_talk(world, state=Appointment.State.ATTENDED, note="Der Hof ist dunkel")
    talk.concern.officer_note = OFFICERS_NOTE
    talk.concern.save()
    return talk


def url(talk: Appointment) -> str:
    return reverse("appointments:visit_after_talk", args=[talk.reference])


def test_a_talk_becomes_a_request_with_its_history(client: Client, world: World, talk: Appointment) -> None:
    answer = sign_in(client, world.paula).post(url(talk), GIVEN)
    made = VisitRequest.objects.get()
    assert answer["Location"].startswith(f"/arbeitsplatz/besuche/{made.reference}/")
    assert (made.came_from, made.firm_name, made.contact_email) == (talk, talk.firm_name, talk.contact_email)
    assert (made.state, made.officer, made.police) == (State.TAKEN, world.paula, world.police)
    assert made.matter.reason == VisitMatter.Reason.BURGLARY
    shown = client.get(answer["Location"]).content.decode()
    for words in ("Aus diesem Gespräch", OFFICERS_NOTE, "Der Hof ist dunkel", "Nach dem Umbau"):
        assert words in shown


def test_whoever_does_not_take_it_leaves_it_in_the_list(
    client: Client, world: World, talk: Appointment
) -> None:
    sign_in(client, world.lea).post(url(talk), GIVEN | {"takes": ""})
    made = VisitRequest.objects.get()
    assert (made.state, made.officer, made.entered_by) == (State.OPEN, None, world.lea)


def test_one_talk_is_one_request(client: Client, world: World, talk: Appointment) -> None:
    sign_in(client, world.paula).post(url(talk), GIVEN)
    answer = client.post(url(talk), GIVEN)
    assert answer.status_code == 409
    assert VisitRequest.objects.get().reference in answer.content.decode()


def test_a_confirmed_address_gets_the_link_another_one_nothing(
    client: Client, world: World, talk: Appointment
) -> None:
    sign_in(client, world.paula).post(url(talk), GIVEN)
    assert not OutgoingMail.objects.exists()
    known = make_talk(
        world,
        state=Appointment.State.ATTENDED,
        minutes_ago=90,
        contact_email=world.alice.email,
        person=world.alice,
    )
    factories.make_firm(world.alice)
    client.post(url(known), GIVEN)
    assert OutgoingMail.objects.get().to_email == world.alice.email


def test_without_an_address_a_number_is_needed(client: Client, world: World) -> None:
    walked_in = make_talk(world, state=Appointment.State.ATTENDED, contact_email="", contact_phone="")
    answer = sign_in(client, world.paula).post(url(walked_in), GIVEN | {"contact_phone": ""})
    assert "Geben Sie eine Telefonnummer an" in answer.content.decode()


def test_the_outcome_leads_there(client: Client, world: World) -> None:
    talk = make_talk(world)
    given = {"outcome": "attended", "next_step": "visit", "officer_note": ""}
    address = reverse("appointments:outcome", args=[talk.reference])
    assert sign_in(client, world.paula).post(address, given)["Location"].startswith(url(talk))


def test_the_firms_site_is_filled_in(client: Client, world: World, talk: Appointment) -> None:
    talk.firm = factories.make_firm()
    talk.firm.sites.create(name="Werk", street="Torweg 9", postcode="04668", city="Grimma")
    talk.save()
    assert 'value="Torweg 9"' in sign_in(client, world.paula).get(url(talk)).content.decode()


@pytest.mark.parametrize(("name", "status"), [("bert", 403), ("hanna", 404), ("karl", 404), ("pia", 200)])
def test_it_is_polices(client: Client, world: World, talk: Appointment, name: str, status: int) -> None:
    assert sign_in(client, getattr(world, name)).get(url(talk)).status_code == status


def test_a_talk_that_did_not_take_place_leads_to_none(client: Client, world: World) -> None:
    missed = make_talk(world, state=Appointment.State.MISSED)
    assert sign_in(client, world.paula).get(url(missed)).status_code == 403


def test_the_chamber_does_not_see_that_a_visit_was_asked_for(
    client: Client, world: World, talk: Appointment
) -> None:
    address = reverse("appointments:appointment", args=[talk.reference])
    assert "Besuch anfragen" in sign_in(client, world.paula).get(address).content.decode()
    client.post(url(talk), GIVEN)
    assert "Zur Anfrage" in client.get(address).content.decode()
    shown = sign_in(client, world.bert).get(address).content.decode()
    assert "Anfrage" not in shown
    assert not LogEntry.objects.filter(act__startswith="visit_request", organisation=world.ihk).exists()


def test_an_officer_enters_a_caller(client: Client, world: World) -> None:
    Area.objects.create(
        name="Grimma",
        ags="14729160",
        postcodes=["04668"],
        latitude=51.2,
        longitude=12.7,
        valid_from="2020-01-01",
    )
    answer = sign_in(client, world.paula).post(NEW, PLACE | DETAILS | {"takes": "on"})
    made = VisitRequest.objects.get()
    assert answer["Location"].startswith(f"/arbeitsplatz/besuche/{made.reference}/")
    assert (made.officer, made.firm, made.area and made.area.name) == (world.paula, None, "Grimma")
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("name", ["bert", "karl", "dora", "carl"])
def test_others_enter_nobody_there(client: Client, world: World, name: str) -> None:
    assert sign_in(client, getattr(world, name)).get(NEW).status_code == 403
