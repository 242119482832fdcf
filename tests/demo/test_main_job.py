"""The main job on real processes: book in Grimma for next week, confirm by mail, desk and police find it."""

import datetime
import email
import email.policy
import re
from email.message import EmailMessage

import pytest
import vobject
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from partnership.demo.tree import PASSWORD
from tests.demo.demos import Demo, wait_for

FIRM = "Stellmacherei Übermuth"
ADDRESS = "berta@stellmacherei.example"


@pytest.fixture
def demo(demos: tuple[Demo, Demo]) -> Demo:
    return demos[0]


def mail_to_us(demo: Demo, subject: str) -> EmailMessage:
    """Waits for it: web hands it to the broker, a worker to the mail server."""
    found: list[EmailMessage] = []

    def look() -> bool:
        for file in demo.mails():
            message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            assert isinstance(message, EmailMessage)
            if ADDRESS in str(message["to"]) and subject in str(message["subject"]):
                found.append(message)
        return bool(found)

    assert wait_for(look, seconds=120), [file.name for file in demo.mails()]
    return found[-1]


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def sign_in(browser: Browser, demo: Demo, name: str, path: str) -> Page:
    page = browser.new_context(base_url=demo.url("")).new_page()
    page.goto(f"/konto/anmelden/?next={path}")
    page.get_by_label("E-Mail").fill(f"{name}@demo.example")
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Anmelden", exact=True).click()
    return page


def book_in_grimma(page: Page) -> str:
    """The day of the first free time in Grimma from next Monday on, as the page's anchors name it."""
    today = timezone.localdate()
    monday = today + datetime.timedelta(days=7 - today.weekday())
    page.goto("/")
    page.get_by_role("link", name="Beratung buchen").first.click()
    page.get_by_label("Postleitzahl").fill("04668")
    page.get_by_role("button", name="Zeiten anzeigen").click()
    expect(page.get_by_text("in Ihrem Ort").first).to_be_visible()
    page.goto(page.url + "&tage=20")
    for day in page.locator("section.day").all():
        name = (day.get_attribute("id") or "").removeprefix("tag-")
        house = day.locator(".house", has_text="Grimma")
        if name >= monday.isoformat() and house.count():
            house.get_by_role("button").first.click()
            return name
    raise AssertionError("no free time in Grimma next week")


def test_a_firm_books_and_everybody_finds_it(demo: Demo, chromium: Browser) -> None:
    page = chromium.new_context(base_url=demo.url("")).new_page()
    day = book_in_grimma(page)
    page.get_by_label("Firma").fill(FIRM)
    page.get_by_label("Vor- und Nachname").fill("Berta Übermuth")
    page.get_by_label("E-Mail-Adresse").fill(ADDRESS)
    page.get_by_label("Worum geht es?").fill("Wir bauen um.")
    page.get_by_role("button", name="Weiter").click()
    if "rueckfrage" in page.url:
        page.get_by_role("button", name="Ja, weiter").click()
    page.get_by_role("button", name="Termin buchen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bestätigen Sie jetzt die E-Mail")

    asked = text_of(mail_to_us(demo, "Bitte bestätigen"))
    link = re.search(r"http://\S+/beratung/bestaetigen/\S+", asked)
    assert link
    page.goto(link[0])
    page.get_by_role("button", name="Termin bestätigen").click()
    expect(page.get_by_text("Ihr Termin ist bestätigt")).to_be_visible()

    confirmed = mail_to_us(demo, "Ihr Termin ist bestätigt")
    files = [part for part in confirmed.walk() if part.get_filename() == "termin.ics"]
    event = vobject.readOne(files[0].get_content()).vevent
    assert event.dtstart.value.date().isoformat() == day
    assert "Grimma" in event.location.value
    assert "umbauen" not in text_of(confirmed)

    desk = sign_in(chromium, demo, "kammer", "/arbeitsplatz/termine/?suche=Übermuth")
    desk.get_by_role("link", name=FIRM).first.click()
    expect(desk.get_by_text("gesendet").first).to_be_visible()
    expect(desk.get_by_text("Wir bauen um.")).to_have_count(0)

    lead = sign_in(chromium, demo, "leitung", f"/arbeitsplatz/heute/?tag={day}")
    expect(lead.get_by_text(FIRM).first).to_be_visible()
    expect(lead.get_by_text("Wir bauen um.").first).to_be_visible()


def test_the_officer_notes_how_a_talk_went(demo: Demo, chromium: Browser) -> None:
    page = sign_in(chromium, demo, "polizei", "/arbeitsplatz/heute/")
    page.get_by_role("link", name=re.compile("Ergebnis eintragen")).first.click()
    page.get_by_text("Ja, wahrgenommen").click()
    page.get_by_label("Kurze Notiz").fill("Tore besprochen.")
    page.get_by_role("button", name=re.compile("speichern", re.I)).click()
    expect(page.get_by_text("Ergebnis gespeichert").first).to_be_visible()
