"""7:40: an officer reports sick, the desk finds a deputy, or moves and cancels; nobody is lost."""

import datetime
import re

import pytest
from playwright.sync_api import Page, expect

from consultations.models import Appointment, OfficeHours, PhoneTask
from partnership.models import OutgoingMail
from tests import factories
from tests.browser.conftest import Opener
from tests.browser.faults import faults_of
from tests.personas import World

DAY = datetime.timedelta(days=1)


@pytest.fixture
def booked(running_world: World) -> list[Appointment]:
    """Two talks, one of a firm without an address, and a later day to go to."""
    world = running_world
    factories.make_hours(
        office=world.office, police=world.police, officers=[world.lea], day=world.hours.day + DAY
    )
    return [
        factories.make_appointment(hours=world.hours, index=0, firm_name="Bäckerei Morgenrot"),
        factories.make_appointment(
            hours=world.hours, index=1, firm_name="Schlosserei Ohnepost", contact_email=""
        ),
    ]


def report_sick(page: Page, world: World) -> None:
    page.goto("/arbeitsplatz/heute/")
    page.get_by_role("link", name="Heute krank oder verhindert").click()
    page.fill("[name=last_day]", world.hours.day.isoformat())
    page.get_by_role("button", name="Mich abwesend melden").click()
    expect(page.get_by_text("1 Sprechtag ist ohne Beamtin oder Beamten")).to_be_visible()


def open_solving(page: Page) -> None:
    page.goto("/arbeitsplatz/woche/")
    page.get_by_role("link", name="Ohne Beamtin/Beamten (1)").click()
    page.get_by_role("link", name=re.compile("Vertretung finden")).click()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_deputy_is_asked_and_takes_over(
    running_world: World, booked: list[Appointment], open_page: Opener, javascript: bool
) -> None:
    world = running_world
    report_sick(open_page(world.paula, width=390, javascript=javascript), world)
    desk = open_page(world.bert, javascript=javascript)
    open_solving(desk)
    expect(desk.get_by_text("Bäckerei Morgenrot").first).to_be_visible()
    desk.get_by_role("button", name=re.compile("Anfragen.*Pia")).click()
    expect(desk.get_by_text("Pia Beispiel ist gefragt").first).to_be_visible()
    deputy = open_page(world.pia, width=390, javascript=javascript)
    deputy.goto("/arbeitsplatz/heute/")
    deputy.get_by_role("link", name=re.compile("Zusagen oder absagen.+")).click()
    deputy.get_by_role("button", name="Ich übernehme").click()
    desk.goto("/arbeitsplatz/woche/")
    expect(desk.get_by_role("link", name="Ohne Beamtin")).to_have_count(0)
    assert not OutgoingMail.objects.filter(kind__startswith="booking").exists()


@pytest.mark.parametrize("javascript", [True, False])
def test_with_nobody_free_the_desk_moves_and_cancels_at_one_click(
    running_world: World, booked: list[Appointment], open_page: Opener, javascript: bool
) -> None:
    world = running_world
    report_sick(open_page(world.paula, width=390, javascript=javascript), world)
    desk = open_page(world.bert, javascript=javascript)
    open_solving(desk)
    desk.get_by_label(re.compile("Schlosserei Ohnepost")).select_option("absagen")
    desk.get_by_role("button", name="Termine so verlegen oder absagen").click()
    expect(desk.get_by_text("1 Termin verschoben. 1 Termin abgesagt.")).to_be_visible()
    expect(desk.get_by_text("Bitte anrufen: Schlosserei Ohnepost")).to_be_visible()
    assert PhoneTask.objects.get().appointment == booked[1]
    desk.get_by_role("button", name=re.compile("Ich rufe an.*Schlosserei")).click()
    desk.get_by_role("button", name="Erreicht, erledigt").click()
    expect(desk.get_by_text("Jetzt ist niemand anzurufen")).to_be_visible()
    assert OfficeHours.objects.get(pk=world.hours.pk).state == OfficeHours.State.CANCELLED


def test_a_fault_and_a_refusal_are_said_on_the_page(
    running_world: World, booked: list[Appointment], open_page: Opener
) -> None:
    world = running_world
    report_sick(open_page(world.paula), world)
    desk = open_page(world.bert)
    open_solving(desk)
    desk.fill("[name=reason]", "")
    desk.get_by_role("button", name="Termine so verlegen oder absagen").click()
    found = faults_of(desk)
    expect(desk.get_by_text("Nennen Sie den Grund.").first).to_be_visible()
    desk.fill("[name=reason]", "Fällt aus")
    factories.make_appointment(hours=world.hours, index=2, firm_name="Neu Dazugekommen")
    desk.get_by_role("button", name="Termine so verlegen oder absagen").click()
    expect(desk.get_by_text("Wählen Sie, was mit diesem Termin geschieht.").first).to_be_visible()
    assert found + faults_of(desk) == []


def test_what_an_absence_hits_is_shown_first(running_world: World, open_page: Opener) -> None:
    page = open_page(running_world.paula, width=390)
    page.goto("/arbeitsplatz/abwesenheit/")
    for name in ("first_day", "last_day"):
        page.fill(f"[name={name}]", running_world.hours.day.isoformat())
    page.get_by_role("button", name="Eintragen").click()
    expect(page.get_by_text("Die Abwesenheit trifft einen Sprechtag")).to_be_visible()
    assert faults_of(page) == []
    page.get_by_role("button", name="So eintragen").click()
    expect(page.get_by_text("1 Sprechtag ohne Vertretung")).to_be_visible()
