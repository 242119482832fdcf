"""A visit is asked for on a phone, without JavaScript and without an account."""

import pytest
from playwright.sync_api import Page, expect

from consultations.models import VisitRequest
from tests.browser.conftest import Opener
from tests.browser.faults import faults_of
from tests.browser.test_booking import link_of
from tests.personas import World

State = VisitRequest.State


def fill_place(page: Page) -> None:
    page.get_by_label("Straße und Hausnummer").fill("Hofweg 3")
    page.get_by_label("Postleitzahl").fill("04668")
    page.get_by_label("Ort", exact=True).fill("Grimma")
    page.get_by_label("Art des Betriebs").select_option("workshop")
    page.get_by_label("nach einem Einbruch").check()


def fill_details(page: Page) -> None:
    page.get_by_label("Firma").fill("Tischlerei Hollerbusch")
    page.get_by_label("Vor- und Nachname").fill("Jana Hollerbusch")
    page.get_by_label("E-Mail-Adresse").fill("jana@hollerbusch.example")


def test_the_whole_way_on_a_phone(running_world: World, open_page: Opener) -> None:
    page = open_page(width=390, javascript=False)
    page.goto("/")
    page.get_by_role("link", name="Besuch im Betrieb anfragen").click()
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_role("alert")).to_contain_text("Bitte prüfen Sie fünf Angaben")
    fill_place(page)
    page.get_by_role("button", name="Weiter").click()
    fill_details(page)
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_text("nach einem Einbruch")).to_be_visible()
    page.get_by_role("button", name="Besuch anfragen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bestätigen Sie jetzt die E-Mail")
    page.goto(link_of("visit_confirm", "confirm_url"))
    page.get_by_role("button", name="Anfrage bestätigen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Anfrage wartet, Platz 1 von 1")
    page.get_by_role("link", name="Wünsche ändern").click()
    page.get_by_label("Mittwoch").check()
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("Mittwoch")).to_be_visible()
    page.get_by_role("link", name="Anfrage zurückziehen").click()
    page.get_by_role("button", name="Anfrage zurückziehen").click()
    assert VisitRequest.objects.get().state == State.WITHDRAWN


@pytest.mark.parametrize("step", ["details", "check", "sent"])
def test_every_step_is_accessible(running_world: World, open_page: Opener, step: str) -> None:
    """With their faults shown, where they have a form."""
    page = open_page()
    page.goto("/beratung/vor-ort/")
    fill_place(page)
    page.get_by_role("button", name="Weiter").click()
    if step == "details":
        page.get_by_role("button", name="Weiter").click()
    else:
        fill_details(page)
        page.get_by_role("button", name="Weiter").click()
    if step == "sent":
        page.get_by_role("button", name="Besuch anfragen").click()
    assert faults_of(page) == []
