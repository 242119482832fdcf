"""The desk books for a caller: quickly while typing, and the same without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from consultations.models import Appointment
from consultations.week import week_key
from partnership.models import Firm, FirmContact
from tests import factories
from tests.browser.conftest import Opener
from tests.personas import World


@pytest.fixture
def firm(running_world: World) -> Firm:
    firm = factories.make_listed_firm(
        running_world.ihk, name="Bäckerei Müller GmbH", membership_number="IHK-7"
    )
    FirmContact.objects.create(
        firm=firm, name="Jana Müller", email="jana@mueller.example", phone="0341 000-77"
    )
    return firm


def free_block(page: Page, world: World) -> None:
    page.goto(f"/arbeitsplatz/woche/?woche={week_key(world.hours.day)}")
    page.get_by_role("link", name=re.compile(r"10:30 frei, bis 11:15 Uhr")).first.click()
    expect(page.get_by_label("Wer ruft an?")).to_be_focused()


def booked(firm: Firm) -> Appointment:
    appointment = Appointment.objects.get()
    assert (appointment.firm, appointment.contact_name) == (firm, "Jana Müller")
    return appointment


def test_four_steps_while_typing(running_world: World, open_page: Opener, firm: Firm) -> None:
    """Free block, a few letters, the firm, the button."""
    page = open_page(running_world.bert)
    free_block(page, running_world)
    page.keyboard.type("muel bäkerei")
    expect(page.get_by_role("status")).to_have_text("1 Firma gefunden")
    page.get_by_role("link", name=re.compile("Bäckerei Müller")).click()
    expect(page.get_by_label(re.compile("^Telefon"))).to_have_value("0341 000-77")
    page.get_by_role("button", name="Termin buchen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bäckerei Müller GmbH")
    booked(firm)


def test_the_same_without_javascript(running_world: World, open_page: Opener, firm: Firm) -> None:
    page = open_page(running_world.bert, javascript=False)
    free_block(page, running_world)
    page.get_by_label("Wer ruft an?").fill("IHK 7")
    page.get_by_role("button", name="Firma suchen").click()
    page.get_by_role("link", name=re.compile("Bäckerei Müller")).click()
    page.get_by_role("button", name="Termin buchen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bäckerei Müller GmbH")
    booked(firm)


def test_a_new_firm_begins_with_what_was_typed(running_world: World, open_page: Opener, firm: Firm) -> None:
    page = open_page(running_world.bert)
    free_block(page, running_world)
    page.keyboard.type("Radhaus Nord")
    expect(page.get_by_role("status")).to_contain_text("Keine Firma gefunden")
    page.get_by_role("link", name=re.compile("Neue Firma")).click()
    expect(page.get_by_label("Firma", exact=True)).to_have_value("Radhaus Nord")
    page.get_by_label("Vor- und Nachname").fill("Kim Nord")
    page.get_by_role("button", name="Termin buchen").click()
    expect(page.get_by_role("alert")).to_contain_text("Bitte prüfen Sie eine Angabe")
    page.get_by_label(re.compile("^Telefon")).fill("0341 000-99")
    page.get_by_role("button", name="Termin buchen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Radhaus Nord")
    assert Appointment.objects.get().firm == Firm.objects.get(name="Radhaus Nord")


def test_from_the_weeks_top_line_the_firm_comes_first(
    running_world: World, open_page: Opener, firm: Firm
) -> None:
    page = open_page(running_world.bert)
    page.goto("/arbeitsplatz/woche/?haus=alle")
    page.get_by_label(re.compile("^Für Anrufende buchen")).press_sequentially("0341 00077")
    page.get_by_role("link", name=re.compile("Bäckerei Müller")).click()
    page.get_by_role("button", name=re.compile("^9:00 Uhr")).click()
    page.get_by_role("button", name="Termin buchen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bäckerei Müller GmbH")
    booked(firm)
