"""The overview under /konto/: what comes first, and who sees what."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consultations.models import Appointment
from tests import factories
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
State = Appointment.State


def test_nobody_signs_in_first(client: Client, world: World) -> None:
    assert client.get("/konto/")["Location"] == "/konto/anmelden/?next=/konto/"


def test_who_has_nothing_yet_is_told_how_to_begin(client: Client, world: World) -> None:
    page = sign_in(client, world.carl).get("/konto/").content.decode()
    assert "Gerade steht kein Termin an." in page
    assert 'href="/konto/firma/neu/"' in page


def test_the_next_appointment_stands_first(client: Client, world: World) -> None:
    later = factories.make_appointment(hours=world.hours, index=2, person=world.alice)
    sooner = factories.make_appointment(hours=world.hours, index=0, person=world.alice)
    page = sign_in(client, world.alice).get("/konto/").content.decode()
    assert page.index(sooner.reference) < page.index("Danach") < page.index(later.reference)
    assert f"/konto/termine/{sooner.reference}/verschieben/" in page


def test_every_firm_of_a_person_is_there_and_no_other(client: Client, world: World) -> None:
    factories.make_firm(world.alice, name="Erste")
    factories.make_firm(world.alice, name="Zweite")
    factories.make_firm(world.carl, name="Fremde")
    page = sign_in(client, world.alice).get("/konto/").content.decode()
    assert "Erste" in page
    assert "Zweite" in page
    assert "Fremde" not in page


def queries_for(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/konto/").status_code == 200
    return len(captured)


def test_thirty_appointments_cost_what_one_costs(client: Client, world: World) -> None:
    factories.make_firm(world.alice)
    factories.make_appointment(hours=world.hours, person=world.alice)
    factories.make_appointment(hours=world.hours, index=1, contact_email=world.alice.email)
    sign_in(client, world.alice).get("/konto/")
    few = queries_for(client)
    for number in range(30):
        factories.make_firm(world.alice, name=f"Firma {number}")
        factories.make_appointment(hours=world.hours, state=State.CANCELLED, person=world.alice)
        factories.make_appointment(hours=world.hours, state=State.CANCELLED, contact_email=world.alice.email)
    assert queries_for(client) == few
