"""What somebody downloads about themselves: everything of theirs, nothing of police's, nothing of others."""

import io
import json
import zipfile
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from consultations.models import Appointment, Concern
from partnership.models import LogEntry
from tests import factories
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
PAGE = "/konto/daten/"


@pytest.fixture
def own(world: World) -> Appointment:
    firm = factories.make_firm(world.alice, chamber=world.ihk)
    own = factories.make_appointment(
        hours=world.hours, person=world.alice, firm=firm, note="Neue Tore", topic="burglary"
    )
    Concern.objects.update(officer_note="Hof unbeleuchtet")
    factories.make_appointment(hours=world.hours, index=1, note="Fremdes")
    return own


def packed(client: Client) -> zipfile.ZipFile:
    response = client.post(PAGE)
    assert response["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(response.content))


def data_of(client: Client) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(packed(client).read("daten.json"))
    return data


def test_nobody_signs_in_first(client: Client, world: World) -> None:
    assert "/konto/anmelden/" in client.post(PAGE)["Location"]


def test_the_page_says_what_is_kept(client: Client, world: World, own: Appointment) -> None:
    page = sign_in(client, world.alice).get(PAGE).content.decode()
    for words in (own.reference, "Neue Tore", "Tischlerei Muster", world.alice.email):
        assert words in page


def test_the_file_has_what_is_theirs(client: Client, world: World, own: Appointment) -> None:
    UserSession.objects.create(user=world.alice, session_key="x" * 32, ip="192.0.2.1", user_agent="Firefox")
    data = data_of(sign_in(client, world.alice))
    assert data["person"][0]["email"] == world.alice.email
    appointment = data["appointments"][0]
    assert (appointment["reference"], appointment["note"]) == (own.reference, "Neue Tore")
    assert data["firms"][0]["chamber"] == world.ihk.name
    assert data["sessions"][0]["address"] == "192.0.2.1"


def test_every_key_is_explained(client: Client, world: World, own: Appointment) -> None:
    data = data_of(sign_in(client, world.alice))
    for section, labels in data["keys"].items():
        for row in data[section]:
            assert set(row) <= set(labels)


def test_neither_polices_notes_nor_others(client: Client, world: World, own: Appointment) -> None:
    text = json.dumps(data_of(sign_in(client, world.alice)))
    assert "unbeleuchtet" not in text
    assert "Fremdes" not in text


def test_what_is_not_claimed_yet_is_named_without_its_concern(client: Client, world: World) -> None:
    factories.make_firm(world.alice)
    factories.make_appointment(hours=world.hours, contact_email=world.alice.email, note="Neue Tore")
    data = data_of(sign_in(client, world.alice))
    assert data["appointments"][0]["email"] == world.alice.email
    assert "note" not in data["appointments"][0]


def test_there_is_a_file_to_read(client: Client, world: World, own: Appointment) -> None:
    pdf = packed(sign_in(client, world.alice)).read("daten.pdf")
    assert pdf.startswith(b"%PDF-")


def test_looking_is_not_logged_and_taking_along_is(client: Client, world: World) -> None:
    sign_in(client, world.alice).get(PAGE)
    assert not LogEntry.objects.exists()
    client.post(PAGE)
    assert LogEntry.objects.get().act == "person.data_downloaded"
