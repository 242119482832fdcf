"""The desk's workplace: who opens what, and what nobody at a chamber ever reads."""

import datetime

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.models import Appointment, OfficeHours
from consultations.week import week_key
from tests import factories
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
State = Appointment.State
MARKER = "Hintertür ohne Schloss"


@pytest.fixture
def appointment(world: World) -> Appointment:
    return factories.make_appointment(
        hours=world.hours, note=MARKER, accessibility_need=MARKER, topic="burglary", reference="G-7K2M9P"
    )


@pytest.fixture
def pages(world: World, appointment: Appointment) -> dict[str, str]:
    """Every page of the desk, by name."""
    hours, reference = [world.hours.pk], [appointment.reference]
    return {
        "week": reverse("appointments:week"),
        "hours": reverse("appointments:hours"),
        "hours_new": reverse("appointments:hours_new"),
        "appointments": reverse("appointments:appointments"),
        "hours_detail": reverse("appointments:hours_detail", args=hours),
        "hours_cancel": reverse("appointments:hours_cancel", args=hours),
        "appointment": reverse("appointments:appointment", args=reference),
        "appointment_cancel": reverse("appointments:appointment_cancel", args=reference),
    }


def statuses(client: Client, pages: dict[str, str]) -> dict[str, int]:
    return {name: client.get(path).status_code for name, path in pages.items()}


def text(response: HttpResponse) -> str:
    return response.content.decode()


def test_a_stranger_is_asked_to_sign_in(client: Client, pages: dict[str, str]) -> None:
    for path in pages.values():
        assert client.get(path)["Location"] == f"/konto/anmelden/?next={path}"


def test_the_host_desk_opens_everything(client: Client, world: World, pages: dict[str, str]) -> None:
    assert set(statuses(sign_in(client, world.bert), pages).values()) == {200}


def test_another_chamber_does_not_learn_that_it_exists(
    client: Client, world: World, pages: dict[str, str]
) -> None:
    found = statuses(sign_in(client, world.hanna), pages)
    single = ("hours_detail", "hours_cancel", "appointment", "appointment_cancel")
    assert {found[name] for name in single} == {404}
    for name in ("week", "hours", "appointments"):
        assert "Tischlerei Muster" not in text(client.get(pages[name]))


def test_police_read_and_do_not_plan(client: Client, world: World, pages: dict[str, str]) -> None:
    found = statuses(sign_in(client, world.paula), pages)
    assert {found[name] for name in ("hours", "appointments", "hours_detail", "appointment")} == {200}
    assert {found[name] for name in ("week", "hours_new", "hours_cancel", "appointment_cancel")} == {403}


@pytest.mark.parametrize("who", ["karl", "dora", "carl"])
def test_others_are_turned_away(client: Client, world: World, pages: dict[str, str], who: str) -> None:
    found = statuses(sign_in(client, getattr(world, who)), pages)
    assert set(found.values()) <= {403, 404}


@pytest.mark.parametrize("act", ["hours_agree", "hours_publish", "hours_cancel"])
def test_acts_on_hours_want_the_right(client: Client, world: World, act: str) -> None:
    path = reverse(f"appointments:{act}", args=[world.hours.pk])
    allowed = {"hours_agree": ("paula", "lea"), "hours_publish": ("bert",), "hours_cancel": ("bert",)}[act]
    for who in ("bert", "paula", "pia", "lea"):
        status = sign_in(client, getattr(world, who)).post(path, {"reason": ""}).status_code
        assert (status == 403) == (who not in allowed), who
    assert sign_in(client, world.hanna).post(path).status_code == 404


@pytest.mark.parametrize("act", ["hours_agree", "hours_publish"])
def test_looking_is_no_act(client: Client, world: World, act: str) -> None:
    path = reverse(f"appointments:{act}", args=[world.hours.pk])
    assert sign_in(client, world.bert).get(path).status_code == 405


def test_no_page_of_the_chamber_shows_what_was_confided(
    client: Client, world: World, pages: dict[str, str], appointment: Appointment
) -> None:
    appointment.concern.officer_note = MARKER
    appointment.concern.save()
    sign_in(client, world.bert)
    for path in [*pages.values(), pages["appointments"] + "?suche=Hintertür"]:
        page = text(client.get(path))
        assert MARKER not in page
        assert "Anliegen" not in page


def test_police_of_the_directorate_read_the_concern(
    client: Client, world: World, pages: dict[str, str]
) -> None:
    page = text(sign_in(client, world.pia).get(pages["appointment"]))
    assert page.count(MARKER) == 2
    assert "Einbruchschutz" in page


def test_the_host_sees_firm_contact_and_what_was_mailed(
    client: Client, world: World, pages: dict[str, str], appointment: Appointment
) -> None:
    page = text(sign_in(client, world.bert).get(pages["appointment"]))
    for words in ("Tischlerei Muster", "Alice Muster", appointment.contact_email, "tel:03410003000"):
        assert words in page


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("tischlerei", True),
        ("Muster Alice", True),
        ("G-7K2M9P", True),
        ("g7k2m9p", True),
        ("0341 / 000 3000", True),
        ("alice", True),
        ("Metzgerei", False),
    ],
)
def test_a_caller_is_found_by_what_they_say(
    client: Client, world: World, appointment: Appointment, search: str, found: bool
) -> None:
    response = sign_in(client, world.bert).get("/arbeitsplatz/termine/", {"suche": search})
    assert (appointment.reference in text(response)) == found


def test_filters_narrow_the_list(client: Client, world: World, appointment: Appointment) -> None:
    sign_in(client, world.bert)
    day = world.hours.day.isoformat()
    for query in ({"stand": "confirmed"}, {"haus": world.office.pk}, {"von": day, "bis": day}):
        assert appointment.reference in text(client.get("/arbeitsplatz/termine/", query))
    before = (world.hours.day - datetime.timedelta(days=1)).isoformat()
    for query in ({"stand": "cancelled"}, {"bis": before}):
        assert appointment.reference not in text(client.get("/arbeitsplatz/termine/", query))


def test_a_day_that_is_no_day_is_named_and_nothing_is_lost(client: Client, world: World) -> None:
    page = text(sign_in(client, world.bert).get("/arbeitsplatz/termine/?suche=Tisch&von=gestern"))
    assert "Schreiben Sie den Tag so" in page
    assert 'value="Tisch"' in page


@pytest.mark.parametrize("name", ["week", "hours", "appointments", "hours_detail"])
def test_as_many_statements_for_one_row_and_for_thirty(
    client: Client, world: World, pages: dict[str, str], name: str
) -> None:
    path = f"{pages[name]}?woche={week_key(world.hours.day)}"
    sign_in(client, world.bert).get(path)
    once = statements(client, path)
    for _number in range(10):
        officer = factories.make_person()
        hours = factories.make_hours(
            office=world.office, police=world.police, officers=[officer], day=world.hours.day
        )
        for index in range(3):
            factories.make_appointment(hours=hours, index=index)
    assert statements(client, path) == once


def statements(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_cancelling_an_appointment_wants_a_reason_that_the_firm_reads(
    client: Client, world: World, pages: dict[str, str], appointment: Appointment
) -> None:
    sign_in(client, world.bert)
    refused = client.post(pages["appointment_cancel"], {"reason": " "})
    assert "Nennen Sie den Grund" in text(refused)
    client.post(pages["appointment_cancel"], {"reason": "Wasserschaden im Haus"})
    appointment.refresh_from_db()
    assert (appointment.state, appointment.cancel_reason) == (State.CANCELLED, "Wasserschaden im Haus")


def test_what_cannot_be_cancelled_any_more_says_so_and_keeps_the_reason(
    client: Client, world: World, pages: dict[str, str], appointment: Appointment
) -> None:
    Appointment.objects.filter(pk=appointment.pk).update(state=State.ATTENDED)
    response = sign_in(client, world.bert).post(pages["appointment_cancel"], {"reason": "Irrtum"})
    assert response.status_code == 409
    assert "steht nicht mehr an" in text(response)
    assert 'value="Irrtum"' in text(response)


def test_cancelling_a_day_names_every_booking_before_it_happens(
    client: Client, world: World, pages: dict[str, str], appointment: Appointment
) -> None:
    page = text(sign_in(client, world.bert).get(pages["hours_cancel"]))
    assert "Ein Termin verliert seine Zeit" in page
    assert appointment.firm_name in page
    appointment.refresh_from_db()
    assert appointment.state == State.CONFIRMED
    way = {f"weg_{appointment.pk}": "absagen"}
    client.post(pages["hours_cancel"], {"reason": "Beamtin verhindert", **way})
    world.hours.refresh_from_db()
    assert world.hours.state == OfficeHours.State.CANCELLED
