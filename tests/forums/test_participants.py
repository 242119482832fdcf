"""The desk's list of participants: who is found, who waits, sums, needs, files."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from forums.desk.listing import Standing, Wanted, count_people, find_registrations, sums_of
from forums.desk.needs import needs_of
from forums.models import Event, Mode, PartBooking, Registration, RegistrationNeeds, Role
from forums.queries import registrations_visible_to
from partnership.models import LogEntry, Person
from partnership.rules import posts_of
from tests.event_factories import make_booking, make_event, make_part, make_registration
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
State = PartBooking.State


@pytest.fixture
def event(world: World) -> Event:
    return make_event(organiser=world.ihk, title="Sicherheitsforum Grimma", asks_catering=True)


def page_of(event: Event) -> str:
    return f"/arbeitsplatz/foren/{event.reference}/teilnehmende/"


def found_by(person: Person, event: Event, **wanted: object) -> list[str]:
    visible = registrations_visible_to(posts_of(person)).filter(event=event)
    rows = find_registrations(visible, Wanted(**wanted))  # type: ignore[arg-type]
    return [registration.name for registration in rows]


def test_whoever_only_waits_is_not_among_those_who_take_part(world: World, event: Event) -> None:
    talk = make_part(event)
    make_registration(event, talk, name="Ada Arndt")
    make_registration(event, talk, name="Bea Busch", booking_state=State.WAITLISTED)
    make_registration(event, talk, name="Cem Celik", booking_state=State.OFFERED)
    assert found_by(world.bert, event, standing=Standing.TAKES_PART) == ["Ada Arndt"]
    assert found_by(world.bert, event, standing=Standing.WAITS) == ["Bea Busch", "Cem Celik"]
    visible = registrations_visible_to(posts_of(world.bert)).filter(event=event)
    assert (count_people(visible).take_part, count_people(visible).wait) == (1, 2)


def test_part_and_mode_are_asked_of_the_same_booking(world: World, event: Event) -> None:
    talk, workshop = make_part(event, online=5), make_part(event, online=5)
    one = make_registration(event, talk, name="Ada Arndt", mode=Mode.ONLINE)
    make_booking(one, workshop)
    make_registration(event, workshop, name="Bea Busch", mode=Mode.ONLINE)
    wanted = {"part": workshop.pk, "mode": Mode.ONLINE, "standing": Standing.TAKES_PART}
    assert found_by(world.bert, event, **wanted) == ["Bea Busch"]


@pytest.mark.parametrize("text", ["busch schlüssel", "0341 000-55", "bea@schluessel.example", "hörbar bea"])
def test_somebody_is_found_by_what_is_known(world: World, event: Event, text: str) -> None:
    make_registration(event, make_part(event), name="Ada Arndt")
    make_registration(
        event,
        name="Bea Busch",
        firm_name="Schlüsseldienst Hörbar",
        email="bea@schluessel.example",
        phone="0341/00055",
    )
    assert found_by(world.bert, event, text=text) == ["Bea Busch"]


def test_a_number_finds_its_registration(world: World, event: Event) -> None:
    registration = make_registration(event, name="Bea Busch")
    make_registration(event, name="Ada Arndt")
    assert found_by(world.bert, event, text=registration.reference.lower()) == ["Bea Busch"]


def test_roles_are_told_apart(world: World, event: Event) -> None:
    make_registration(event, name="Ada Arndt", role=Role.HONORARY)
    make_registration(event, name="Bea Busch")
    assert found_by(world.bert, event, role=Role.HONORARY) == ["Ada Arndt"]


def test_what_nobody_has_confirmed_is_nobodys_registration(world: World, event: Event) -> None:
    make_registration(event, name="Ada Arndt", state=Registration.State.UNCONFIRMED)
    make_registration(event, name="Bea Busch", state=Registration.State.EXPIRED)
    assert found_by(world.bert, event) == []


def test_sums_count_by_part_and_mode(world: World, event: Event) -> None:
    talk = make_part(event, site=1, online=3)
    make_registration(event, talk)
    make_registration(event, talk, booking_state=State.WAITLISTED)
    make_booking(make_registration(event), talk, beyond_reason="zusätzlicher Stuhl")
    make_registration(event, talk, mode=Mode.ONLINE)
    event = Event.objects.prefetch_related("parts__places").get(pk=event.pk)
    site, online = sums_of(event)
    assert (site.take_part, site.beyond, site.wait, site.free) == (2, 1, 1, 0)
    assert (online.take_part, online.wait, online.free) == (1, 0, 2)


def test_kitchen_and_house_learn_wishes_of_those_who_come(world: World, event: Event) -> None:
    talk = make_part(event, online=5)
    comes = [make_registration(event, talk), make_registration(event, talk)]
    elsewhere = make_registration(event, talk, mode=Mode.ONLINE)
    waits = make_registration(event, talk, booking_state=State.WAITLISTED)
    for registration, wish in zip(comes, ("Vegan", "vegan."), strict=True):
        RegistrationNeeds.objects.create(registration=registration, catering=wish)
    for registration in (elsewhere, waits):
        RegistrationNeeds.objects.create(registration=registration, catering="vegan", accessibility="Rampe")
    needs = needs_of(event)
    assert (needs.catering, needs.accessibility) == ([("Vegan", 2)], [])


# pages


def test_the_page_opens_with_those_who_take_part(client: Client, world: World, event: Event) -> None:
    talk = make_part(event)
    make_registration(event, talk, name="Ada Arndt")
    make_registration(event, talk, name="Bea Busch", booking_state=State.WAITLISTED)
    html = sign_in(client, world.bert).get(page_of(event)).content.decode()
    assert "1 Person nimmt teil" in html
    assert "Ada Arndt" in html
    assert "Bea Busch" not in html


def test_who_is_looked_for_by_name_is_found_waiting(client: Client, world: World, event: Event) -> None:
    make_registration(event, make_part(event), name="Bea Busch", booking_state=State.WAITLISTED)
    html = sign_in(client, world.bert).get(page_of(event), {"suche": "busch"}).content.decode()
    assert "1 Anmeldung gefunden" in html
    assert "<strong>wartet:</strong>" in html


@pytest.mark.parametrize(
    ("name", "status"), [("bert", 200), ("karl", 200), ("hanna", 404), ("paula", 404), ("carl", 404)]
)
def test_names_are_for_those_who_run_the_event(
    client: Client, world: World, event: Event, name: str, status: int
) -> None:
    make_registration(event, make_part(event))
    sign_in(client, getattr(world, name))
    for page in ("teilnehmende/", "teilnehmende.xlsx", "teilnehmende.csv", "teilnehmende/aufnehmen/"):
        assert client.get(f"/arbeitsplatz/foren/{event.reference}/{page}").status_code == status


def test_a_partner_desk_reads_them_and_police_at_the_door_do_not(client: Client, world: World) -> None:
    event = make_event(organiser=world.ihk, partners=(world.hwk, world.police))
    assert sign_in(client, world.hanna).get(page_of(event)).status_code == 200
    assert sign_in(client, world.paula).get(page_of(event)).status_code == 403


def test_strangers_sign_in_first(client: Client, world: World, event: Event) -> None:
    assert client.get(page_of(event))["Location"].startswith("/konto/anmelden/")


def test_many_take_as_many_statements_as_three(client: Client, world: World, event: Event) -> None:
    talk = make_part(event, site=600)
    registrations = [make_registration(event, name=f"Person {number:03}") for number in range(3)]
    for registration in registrations:
        make_booking(registration, talk)
    sign_in(client, world.bert)
    client.get(page_of(event))
    with CaptureQueriesContext(connection) as few:
        client.get(page_of(event))
    more = [make_registration(event, name=f"Person {number:03}") for number in range(3, 120)]
    PartBooking.objects.bulk_create(
        PartBooking(registration=registration, part=talk, mode=Mode.SITE, state=State.CONFIRMED)
        for registration in more
    )
    with CaptureQueriesContext(connection) as many:
        html = client.get(page_of(event)).content.decode()
    assert len(many) <= len(few)
    assert "120 Personen nehmen teil" in html
    assert "Seite 1 von 3" in html


def test_files_keep_apart_who_waits_and_no_name_becomes_a_formula(
    client: Client, world: World, event: Event
) -> None:
    talk = make_part(event, title="Vortrag")
    make_registration(event, talk, name='=HYPERLINK("x")', firm_name="+49 Dach")
    make_registration(event, talk, name="Bea Busch", booking_state=State.WAITLISTED)
    sign_in(client, world.bert)
    page = page_of(event).rstrip("/")
    book = load_workbook(io.BytesIO(client.get(f"{page}.xlsx").content))
    assert [sheet.max_row for sheet in book] == [2, 2]
    assert book["Teilnehmende"]["B2"].data_type == "s"
    assert book["Warteliste"]["E2"].value == "Bea Busch"
    rows = list(csv.reader(io.StringIO(client.get(f"{page}.csv").content.decode("utf-8-sig")), delimiter=";"))
    assert [row[1:3] for row in rows[1:]] == [['\'=HYPERLINK("x")', "'+49 Dach"]]


def test_that_names_left_the_portal_is_logged(client: Client, world: World, event: Event) -> None:
    sign_in(client, world.bert).get(page_of(event).rstrip("/") + ".csv")
    entry = LogEntry.objects.get(act="event.participants_exported")
    assert (entry.actor, entry.organisation) == (world.bert, world.ihk)
