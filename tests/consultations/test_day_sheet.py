"""The day of a house on paper."""

import datetime

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client

from consultations import day_sheet
from consultations.models import Appointment, OfficeHours
from tests import factories
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
PATH = "/arbeitsplatz/woche/tagesblatt.pdf"
MARKER = "Hintertür ohne Schloss"


def sheet(client: Client, world: World) -> HttpResponse:
    return client.get(PATH, {"haus": world.office.pk, "tag": world.hours.day.isoformat()})


def printed(world: World) -> str:
    """What stands on the sheet."""
    rows = OfficeHours.objects.filter(office=world.office, day=world.hours.day)
    hours = list(rows.prefetch_related("lanes__officer").select_related("room"))
    context = day_sheet.lay_out_sheet(office=world.office, day=world.hours.day, hours=hours)
    return render_to_string(day_sheet.TEMPLATE, context)


def test_a_pdf_named_after_the_day(client: Client, world: World) -> None:
    response = sheet(sign_in(client, world.bert), world)
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    assert f"tagesblatt-{world.hours.day}" in response["Content-Disposition"]


def test_who_comes_when_and_what_is_free(world: World) -> None:
    factories.make_appointment(hours=world.hours, index=1, reference="G-7K2M9P")
    page = printed(world)
    for words in ("9:45–10:30", "Tischlerei Muster", "0341 000-3000", "G-7K2M9P", "Paula Beispiel"):
        assert words in page
    assert page.count('class="free">frei') == 3


def test_nothing_that_was_confided_is_on_it(world: World) -> None:
    factories.make_appointment(hours=world.hours, note=MARKER, accessibility_need=MARKER)
    assert MARKER not in printed(world)


def test_a_day_without_public_hours_says_so(world: World) -> None:
    OfficeHours.objects.update(state=OfficeHours.State.DRAFT)
    assert "kein Sprechtag öffentlich" in printed(world)


def test_the_week_leads_to_it(client: Client, world: World) -> None:
    year, week, _day = world.hours.day.isocalendar()
    page = sign_in(client, world.bert).get(f"/arbeitsplatz/woche/?woche={year}-W{week:02d}").content.decode()
    assert f"{PATH}?haus={world.office.pk}&amp;tag={world.hours.day}" in page


def test_only_the_own_desk_prints(client: Client, world: World) -> None:
    assert sheet(client, world).status_code == 302
    for who, status in (("hanna", 404), ("paula", 403), ("karl", 403), ("carl", 403)):
        assert sheet(sign_in(client, getattr(world, who)), world).status_code == status, who


def test_what_a_firm_typed_is_text_and_fetches_nothing(world: World) -> None:
    factories.make_appointment(hours=world.hours, firm_name='<img src="http://127.0.0.1:9/x">')
    hours = list(OfficeHours.objects.prefetch_related("lanes__officer").select_related("room"))
    assert day_sheet.print_day(office=world.office, day=world.hours.day, hours=hours)


def test_appointments_of_the_day_only(world: World) -> None:
    other = factories.make_hours(
        office=world.office,
        police=world.police,
        officers=[world.pia],
        day=world.hours.day + datetime.timedelta(days=1),
    )
    factories.make_appointment(hours=other, firm_name="Morgenrot", state=Appointment.State.CONFIRMED)
    assert "Morgenrot" not in printed(world)
