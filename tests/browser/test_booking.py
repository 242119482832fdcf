"""The whole booking as people do it: by keyboard, without JavaScript, on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from consultations.models import Appointment
from partnership.models import OutgoingMail
from tests.browser.conftest import Opener
from tests.personas import World

State = Appointment.State


def link_of(kind: str, key: str) -> str:
    url: str = OutgoingMail.objects.filter(kind=kind).latest("pk").content[key]
    return re.sub(r"^https?://[^/]+", "", url)


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until the focus is on what a screen reader would call so."""
    for _press in range(80):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => { const e = document.activeElement;"
            " return (e.labels && e.labels[0] ? e.labels[0].innerText : '') || e.innerText || ''; }"
        )
        if name in focused:
            return
    raise AssertionError(f"Tab never reaches {name!r} on {page.url}")


def press(page: Page, name: str) -> None:
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_by_keyboard_alone(running_world: World, open_page: Opener) -> None:
    page = open_page()
    page.goto("/")
    press(page, "Beratung buchen")
    press(page, "9:45 Uhr")
    for field, text in (
        ("Firma", "Tischlerei Hollerbusch"),
        ("Vor- und Nachname", "Jana Hollerbusch"),
        ("E-Mail-Adresse", "jana@hollerbusch.example"),
    ):
        tab_to(page, field)
        page.keyboard.type(text)
    press(page, "Weiter: Angaben prüfen")
    if "rueckfrage" in page.url:
        press(page, "Ja, weiter zu meinen Angaben")
    press(page, "Termin buchen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bestätigen Sie jetzt die E-Mail")
    page.goto(link_of("booking_confirm", "confirm_url"))
    press(page, "Termin bestätigen")
    expect(page.get_by_text("Ihr Termin ist bestätigt")).to_be_visible()


def test_without_javascript_on_a_phone(running_world: World, open_page: Opener) -> None:
    page = open_page(width=320, javascript=False)
    page.goto("/beratung/")
    page.fill("[name=plz]", "04668")
    page.get_by_role("button", name="Suchen").click()
    page.get_by_role("button", name=re.compile("^10:30 Uhr")).click()
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_role("alert")).to_contain_text("Bitte prüfen Sie drei Angaben")
    page.get_by_label("Firma").fill("Hofladen Süß")
    page.get_by_label("Vor- und Nachname").fill("Ömer Süß")
    page.get_by_label("E-Mail-Adresse").fill("oemer@hofladen.example")
    page.get_by_role("button", name="Weiter").click()
    if "rueckfrage" in page.url:
        page.get_by_role("button", name="Ja, weiter").click()
    page.get_by_role("button", name="Termin buchen").click()
    assert Appointment.objects.get(firm_name="Hofladen Süß").state == State.UNCONFIRMED


def test_a_booking_is_moved_and_cancelled_by_its_link(running_world: World, open_page: Opener) -> None:
    page = open_page(javascript=False)
    book(page, "9:00 Uhr")
    page.goto(link_of("booking_confirm", "confirm_url"))
    page.get_by_role("button", name="Termin bestätigen").click()
    page.get_by_role("link", name="Termin verschieben").click()
    page.get_by_role("button", name=re.compile("^11:15 Uhr")).click()
    page.get_by_role("button", name="Termin verschieben").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("11:15 bis 12:00 Uhr")
    page.get_by_role("link", name="Termin absagen").click()
    page.get_by_role("button", name="Termin absagen").click()
    expect(page.get_by_role("status")).to_contain_text("Ihr Termin ist abgesagt")
    kinds = list(OutgoingMail.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["booking_confirm", "booking_confirmed", "booking_moved", "booking_cancelled"]


def test_back_does_not_block_the_own_time(running_world: World, open_page: Opener) -> None:
    page = open_page()
    page.goto("/beratung/")
    page.get_by_role("button", name=re.compile("^9:00 Uhr")).click()
    page.go_back()
    page.reload()
    expect(page.get_by_text("reserviert, bis")).to_be_visible()
    page.get_by_role("button", name=re.compile("^9:00 Uhr")).click()
    assert Appointment.objects.filter(state=State.HELD).count() == 1


def test_a_time_taken_meanwhile_loses_nothing_that_was_typed(running_world: World, open_page: Opener) -> None:
    page = open_page(javascript=False)
    page.goto("/beratung/")
    page.get_by_role("button", name=re.compile("^9:00 Uhr")).click()
    fill_details(page)
    held = Appointment.objects.get(state=State.HELD)
    held.state = State.EXPIRED
    held.save(update_fields=["state"])
    other = open_page(javascript=False)
    other.goto("/beratung/")
    other.get_by_role("button", name=re.compile("^9:00 Uhr")).click()
    page.get_by_role("button", name="Termin buchen").click()
    expect(page.get_by_role("alert")).to_contain_text("Diese Zeit ist nicht mehr frei")
    page.get_by_role("button", name=re.compile("9:45")).click()
    expect(page.get_by_text("jana@hollerbusch.example").first).to_be_visible()
    page.get_by_role("button", name="Termin buchen").click()
    assert Appointment.objects.filter(state=State.UNCONFIRMED).count() == 1


def test_in_english(running_world: World, open_page: Opener) -> None:
    page = open_page(javascript=False)
    page.goto("/")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/en/beratung/")
    page.get_by_role("button", name=re.compile("^9:00")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your details")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_menu_leads_everywhere(running_world: World, open_page: Opener, width: int) -> None:
    page = open_page(width=width, javascript=False)
    page.goto("/impressum/")
    if width < 768:
        page.get_by_text("Menü", exact=True).click()
    page.get_by_role("link", name="Beratung", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wann und wo passt es Ihnen?")


def book(page: Page, time: str) -> None:
    page.goto("/beratung/")
    page.get_by_role("button", name=re.compile(f"^{time}")).click()
    fill_details(page)
    page.get_by_role("button", name="Termin buchen").click()


def fill_details(page: Page) -> None:
    page.get_by_label("Firma").fill("Tischlerei Hollerbusch")
    page.get_by_label("Vor- und Nachname").fill("Jana Hollerbusch")
    page.get_by_label("E-Mail-Adresse").fill("jana@hollerbusch.example")
    page.get_by_role("button", name="Weiter").click()
    if "rueckfrage" in page.url:
        page.get_by_role("button", name="Ja, weiter").click()
