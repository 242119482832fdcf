"""The public page of a house."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from consultations.models import Appointment
from partnership.models import OfficeClosure
from tests import factories
from tests.personas import World

pytestmark = pytest.mark.django_db


def page(client: Client, world: World) -> str:
    return client.get(f"/beratung/haus/{world.office.pk}/").content.decode()


def test_the_way_the_telephone_and_the_free_times(client: Client, world: World) -> None:
    text = page(client, world)
    for words in ("Musterstraße 1, 04668 Grimma", 'href="tel:03410002000"', "4 freie Zeiten", "stufenlos"):
        assert words in text


def test_a_time_is_held_from_here(client: Client, world: World) -> None:
    text = page(client, world)
    value = re.search(r'name="zeit" value="([^"]+)"', text)
    wanted = re.search(r'name="filter" value="([^"]+)"', text)
    assert value
    assert wanted
    response = client.post("/beratung/waehlen/", {"zeit": value[1], "filter": wanted[1]})
    assert response["Location"] == "/beratung/angaben/"
    assert Appointment.objects.get().state == Appointment.State.HELD


def test_other_houses_times_are_not_here(client: Client, world: World) -> None:
    factories.make_hours(office=world.hwk_office, police=world.police, officers=[world.pia])
    assert "4 freie Zeiten" in page(client, world)


def test_coming_closures_are_named_and_past_ones_not(client: Client, world: World) -> None:
    today = timezone.localdate()
    for days in (-30, 30):
        day = today + datetime.timedelta(days=days)
        OfficeClosure.objects.create(office=world.office, starts=day, ends=day, reason="Umbau")
    text = page(client, world)
    assert text.count("<li>") >= 1
    closed = text[text.index("Wann das Haus geschlossen ist") :]
    assert str((today + datetime.timedelta(days=30)).year) in closed
    assert closed.count("</li>", 0, closed.index("</aside>")) == 1


def test_a_house_out_of_use_or_of_nobody_is_unknown(client: Client, world: World) -> None:
    station = factories.make_office(world.police, name="Revier")
    assert client.get(f"/beratung/haus/{station.pk}/").status_code == 404
    world.office.is_active = False
    world.office.save()
    assert client.get(f"/beratung/haus/{world.office.pk}/").status_code == 404


def test_the_contact_page_leads_here(client: Client, world: World) -> None:
    assert f'href="/beratung/haus/{world.office.pk}/"' in client.get("/kontakt/").content.decode()


def test_a_visitor_gets_no_session(client: Client, world: World) -> None:
    assert "sitzung" not in client.get(f"/beratung/haus/{world.office.pk}/").cookies
