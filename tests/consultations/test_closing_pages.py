"""Closing a house in the browser's steps: days, what is hit, everything at once."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consultations.models import Appointment, PhoneTask
from partnership.models import OfficeClosure
from partnership.times import today
from tests import factories
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db

A_DAY = datetime.timedelta(days=1)


def page_of(world: World, first: datetime.date | None = None, last: datetime.date | None = None) -> str:
    first = first or world.hours.day
    return f"{bare(world)}?von={first.isoformat()}&bis={(last or first).isoformat()}"


def bare(world: World) -> str:
    return f"/arbeitsplatz/verwaltung/haeuser/{world.office.pk}/schliessen/"


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_strangers_sign_in_first(client: Client, world: World) -> None:
    assert client.get(bare(world))["Location"] == f"/konto/anmelden/?next={bare(world)}"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        *(("bert", 200), ("karl", 200), ("hanna", 404)),
        *((name, 403) for name in ("paula", "lea", "dora", "carl", "alice")),
    ],
)
def test_desks_close_their_houses_and_coordinators_those_of_members(
    client: Client, world: World, who: str, status: int
) -> None:
    sign_in(client, getattr(world, who))
    assert client.get(page_of(world)).status_code == status
    posted = client.post(page_of(world), {"reason": "Sturm"})
    assert posted.status_code == (302 if status == 200 else status)
    assert OfficeClosure.objects.exists() == (status == 200)


def test_the_days_are_asked_first_and_nothing_happens(client: Client, world: World) -> None:
    page = text(sign_in(client, world.bert), bare(world))
    assert f'value="{today().isoformat()}"' in page
    assert "Weiter: Betroffene ansehen" in page


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (0, -1, "Das Ende liegt vor dem Beginn"),
        (-1, 0, "Der erste Tag ist vorbei"),
        (0, 600, "höchstens 18 Monate"),
    ],
)
def test_days_that_cannot_be_are_named_and_kept(
    client: Client, world: World, first: int, last: int, words: str
) -> None:
    begin = today() + first * A_DAY
    page = text(sign_in(client, world.bert), page_of(world, begin, today() + last * A_DAY))
    assert words in page
    assert f'value="{begin.isoformat()}"' in page


def test_the_list_names_hours_bookings_and_how_firms_hear_of_it(client: Client, world: World) -> None:
    factories.make_appointment(hours=world.hours, index=0)
    factories.make_appointment(hours=world.hours, index=1, contact_email="", firm_name="Hofladen Süß")
    page = text(sign_in(client, world.bert), page_of(world))
    for words in ("Ein Sprechtag wird abgesagt", "2 Termine", "Tischlerei Muster", "Hofladen Süß"):
        assert words in page
    assert "wird ein Anruf" in page


def test_a_coordinator_decides_without_reading_who_comes(client: Client, world: World) -> None:
    booked = factories.make_appointment(hours=world.hours)
    page = text(sign_in(client, world.karl), page_of(world))
    assert booked.reference in page
    assert "Tischlerei Muster" not in page


def test_everything_at_once_and_on_to_the_calls(client: Client, world: World) -> None:
    booked = factories.make_appointment(hours=world.hours, contact_email="")
    data = {"reason": "Wasserschaden", f"weg_{booked.pk}": "absagen"}
    done = sign_in(client, world.bert).post(page_of(world), data, follow=True)
    page = " ".join(done.content.decode().split())
    assert "1 Sprechtag abgesagt und 1 Termin abgesagt. 1 Anruf ist vorgemerkt." in page
    assert "Was einen Anruf braucht" in page
    assert PhoneTask.objects.count() == 1


def test_a_reason_is_asked_and_the_choice_kept(client: Client, world: World) -> None:
    booked = factories.make_appointment(hours=world.hours)
    data = {"reason": " ", f"weg_{booked.pk}": "absagen"}
    page = sign_in(client, world.bert).post(page_of(world), data).content.decode()
    assert "Nennen Sie den Grund" in page
    assert '<option value="absagen" selected>' in page
    assert not OfficeClosure.objects.exists()


def test_what_was_booked_meanwhile_is_asked_about(client: Client, world: World) -> None:
    new = factories.make_appointment(hours=world.hours, firm_name="Neue Firma")
    page = sign_in(client, world.bert).post(page_of(world), {"reason": "Sturm"}).content.decode()
    assert "Wählen Sie, was mit diesem Termin geschieht." in page
    assert "Neue Firma" in page
    new.refresh_from_db()
    assert new.state == Appointment.State.CONFIRMED


def test_a_day_without_hours_is_closed_as_well(client: Client, world: World) -> None:
    path = page_of(world, today() + 3 * A_DAY)
    assert "kein Sprechtag geplant" in text(sign_in(client, world.bert), path)
    assert client.post(path, {"reason": "Inventur"})["Location"].startswith(
        f"/arbeitsplatz/verwaltung/haeuser/{world.office.pk}/"
    )
    assert OfficeClosure.objects.get().reason == "Inventur"


def test_as_many_statements_for_one_day_and_for_ten(client: Client, world: World) -> None:
    factories.make_appointment(hours=world.hours)
    sign_in(client, world.bert)
    path = page_of(world, world.hours.day, world.hours.day + 20 * A_DAY)
    once = statements(client, path)
    for number in range(10):
        hours = factories.make_hours(
            office=world.office,
            police=world.police,
            officers=[world.paula],
            day=world.hours.day + (number + 1) * A_DAY,
        )
        for index in range(3):
            factories.make_appointment(hours=hours, index=index)
    assert statements(client, path) == once


def statements(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)
