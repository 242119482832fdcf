"""Somebody stands at the counter without an appointment."""

import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from consultations.models import Appointment, OfficeHours
from consultations.offers import choice_of
from consultations.slots import cut_slots
from partnership.models import Firm, LogEntry, OutgoingMail
from tests import factories
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
PAGE = "/arbeitsplatz/termine/ohne-anmeldung/"
State = Appointment.State


@pytest.fixture
def during(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Ten minutes into the first of four talks."""
    now = world.hours.starts_at + datetime.timedelta(minutes=10)
    monkeypatch.setattr(timezone, "now", lambda: now)
    return world


def text(response: HttpResponse) -> str:
    return response.content.decode()


def choice(hours: OfficeHours, index: int = 0) -> str:
    return choice_of(hours.pk, cut_slots(hours)[index][0])


def filled(hours: OfficeHours, index: int = 0, **changes: Any) -> dict[str, Any]:
    given = {"zeit": choice(hours, index), "firm_name": "Hofladen Süß", "contact_name": "Ömer Süß"}
    return given | {"language": "de"} | changes


def test_the_running_talk_and_the_next_are_offered(client: Client, during: World) -> None:
    factories.make_appointment(hours=during.hours, index=1)
    page = text(sign_in(client, during.bert).get(PAGE))
    assert "läuft, noch bis 9:45 Uhr" in page
    assert page.count("?zeit=") == 3


def test_who_stands_there_is_booked_into_the_running_talk(client: Client, during: World) -> None:
    sign_in(client, during.bert).post(PAGE, filled(during.hours))
    booked = Appointment.objects.get()
    assert (booked.state, booked.is_walk_in, booked.starts_at) == (
        State.CONFIRMED,
        True,
        during.hours.starts_at,
    )
    acts = set(LogEntry.objects.values_list("act", flat=True))
    assert acts == {"appointment.walked_in", "firm.entered"}


@pytest.mark.parametrize(("index", "kinds"), [(0, []), (2, ["booking_confirmed"])])
def test_a_mail_goes_out_for_what_is_still_to_come(
    client: Client, during: World, index: int, kinds: list[str]
) -> None:
    sign_in(client, during.bert).post(PAGE, filled(during.hours, index, contact_email="oemer@h.example"))
    assert list(OutgoingMail.objects.values_list("kind", flat=True)) == kinds


def test_a_known_firm_is_chosen(client: Client, during: World) -> None:
    firm = factories.make_listed_firm(during.ihk, name="Hofladen Süß")
    sign_in(client, during.bert)
    asked = text(client.get(PAGE, {"zeit": choice(during.hours), "suche": "hofladen"}))
    assert f"firma={firm.pk}" in asked
    assert 'value="Hofladen Süß"' in text(client.get(PAGE, {"zeit": choice(during.hours), "firma": firm.pk}))
    client.post(PAGE, filled(during.hours, firma=str(firm.pk)))
    assert Appointment.objects.get().firm == firm
    assert Firm.objects.count() == 1


def test_a_time_that_is_taken_offers_the_others_and_keeps_what_was_typed(
    client: Client, during: World
) -> None:
    factories.make_appointment(hours=during.hours)
    response = sign_in(client, during.bert).post(PAGE, filled(during.hours))
    assert response.status_code == 409
    assert "Hofladen Süß" in text(response)
    client.post(PAGE, filled(during.hours, zeit=response.context["nearest"][0]["value"]))
    assert Appointment.objects.filter(is_walk_in=True).count() == 1


def test_what_is_over_or_of_another_day_is_refused(client: Client, during: World) -> None:
    other = factories.make_hours(
        office=during.office,
        police=during.police,
        officers=[during.pia],
        day=during.hours.day + datetime.timedelta(days=1),
    )
    over = factories.make_hours(
        office=during.office,
        police=during.police,
        officers=[factories.make_person()],
        day=during.hours.day,
        starts=datetime.time(7),
        ends=datetime.time(8, 30),
    )
    for hours in (other, over):
        response = sign_in(client, during.bert).post(PAGE, filled(hours))
        assert response.status_code == 409
    assert not Appointment.objects.exists()


def test_a_day_without_hours_says_so(client: Client, world: World) -> None:
    assert "kein Sprechtag mehr" in text(sign_in(client, world.bert).get(PAGE))


def test_only_the_host_chamber_books(client: Client, during: World) -> None:
    assert client.post(PAGE, filled(during.hours))["Location"].startswith("/konto/anmelden/")
    for who, status in (("hanna", 404), ("paula", 403), ("lea", 403), ("karl", 403), ("carl", 403)):
        sign_in(client, getattr(during, who))
        assert client.post(PAGE, filled(during.hours)).status_code == status, who
    assert during.office.name not in text(sign_in(client, during.hanna).get(PAGE))
    assert not Appointment.objects.exists()


def test_the_list_takes_as_many_statements_for_many_houses(
    client: Client, during: World, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    sign_in(client, during.bert).get(PAGE)
    with CaptureQueriesContext(connection) as once:
        client.get(PAGE)
    for _number in range(10):
        factories.make_hours(
            office=factories.make_office(during.ihk),
            police=during.police,
            officers=[factories.make_person()],
            day=during.hours.day,
        )
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    assert len(many) == len(once)
