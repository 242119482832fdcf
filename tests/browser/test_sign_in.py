"""Signing in as people do it: with an app, a passkey in the device, a code from a mail, by keyboard alone."""

import re

from playwright.sync_api import Page, expect

from partnership.models import OutgoingMail, Person
from tests import factories
from tests.browser.conftest import Opener
from tests.browser.faults import faults_of
from tests.browser.test_booking import link_of, press, tab_to
from tests.one_time_codes import code_of_app
from tests.personas import World

PASSWORD = "ein langer Satz mit 5 Worten"
NEW = "noch ein langer Satz"


def with_password(person: Person) -> Person:
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    return person


def without_app(person: Person) -> Person:
    person.authenticator_set.all().delete()
    return with_password(person)


def sign_in(page: Page, person: Person, *, onward: str = "") -> None:
    page.goto(f"/konto/anmelden/{onward}")
    page.get_by_label("E-Mail-Adresse").fill(person.email)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    submit(page, "Anmelden")


def submit(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def code_of_mail() -> str:
    return str(OutgoingMail.objects.filter(kind="sign_in_code").latest("pk").content["sign_in_code"])


def put_in_a_device(page: Page) -> None:
    """A device that keeps passkeys and knows its owner, as a phone does."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def add_passkey(page: Page, name: str) -> None:
    page.goto("/konto/sicherheit/passkey/")
    page.get_by_label("Name des Passkeys").fill(name)
    submit(page, "Passkey anlegen")


def test_whoever_has_a_post_sets_up_an_app_first(running_world: World, open_page: Opener) -> None:
    page = open_page(javascript=False)
    sign_in(page, without_app(running_world.bert), onward="?next=/arbeitsplatz/termine/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Zweiten Faktor einrichten")
    page.get_by_role("link", name="App einrichten").click()
    secret = page.locator(".totp__secret").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(code_of_app(secret))
    submit(page, "Code prüfen und einrichten")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Wiederherstellungscodes")
    code = page.locator(".codes code").first.inner_text()
    page.get_by_role("link", name="Ich habe die Codes aufbewahrt").click()
    expect(page).to_have_url(re.compile("/arbeitsplatz/"))
    page.get_by_role("button", name="Abmelden").first.click()
    sign_in(page, running_world.bert)
    page.get_by_label("Code").fill("000 000")
    submit(page, "Anmelden")
    expect(page.get_by_role("alert").first).to_contain_text("Der Code passt nicht")
    page.get_by_label("Code").fill(code)
    submit(page, "Anmelden")
    expect(page).to_have_url(re.compile("/arbeitsplatz/"))


def test_a_passkey_is_made_and_signs_in(running_world: World, open_page: Opener) -> None:
    page = open_page()
    put_in_a_device(page)
    sign_in(page, without_app(running_world.paula))
    page.get_by_role("link", name="Passkey hinzufügen").click()
    page.get_by_label("Name des Passkeys").fill("Diensthandy")
    submit(page, "Passkey anlegen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Wiederherstellungscodes")
    page.get_by_role("link", name="Ich habe die Codes aufbewahrt").click()
    page.goto("/konto/profil/")
    expect(page.get_by_text("Passkey „Diensthandy“")).to_be_visible()
    page.get_by_role("button", name="Abmelden").first.click()
    page.goto("/konto/anmelden/")
    submit(page, "Mit Passkey anmelden")
    expect(page).to_have_url(re.compile("/arbeitsplatz/heute/"))


def test_a_passkey_is_the_second_factor_after_the_password(running_world: World, open_page: Opener) -> None:
    page = open_page()
    put_in_a_device(page)
    sign_in(page, without_app(running_world.paula))
    add_passkey(page, "Diensthandy")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Wiederherstellungscodes")
    page.get_by_role("button", name="Abmelden").first.click()
    sign_in(page, running_world.paula)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bestätigen Sie mit Ihrem zweiten Faktor")
    submit(page, "Passkey verwenden")
    expect(page).to_have_url(re.compile("/arbeitsplatz/heute/"))


def test_a_device_that_refuses_is_named(running_world: World, open_page: Opener) -> None:
    page = open_page()
    page.goto("/konto/anmelden/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')); }")
    submit(page, "Mit Passkey anmelden")
    expect(page.get_by_role("alert")).to_contain_text("Das hat nicht geklappt")
    assert faults_of(page) == []


def test_a_code_from_a_mail_by_keyboard_alone(running_world: World, open_page: Opener) -> None:
    page = open_page(javascript=False)
    page.goto("/konto/anmelden/")
    press(page, "Code per E-Mail")
    tab_to(page, "E-Mail-Adresse")
    page.keyboard.type(running_world.alice.email)
    press(page, "Code anfordern")
    tab_to(page, "Code aus der E-Mail")
    page.keyboard.type(code_of_mail())
    press(page, "Anmelden")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Konto")


def test_a_firm_registers_with_a_mail(running_world: World, open_page: Opener) -> None:
    page = open_page(width=320, javascript=False)
    page.goto("/konto/registrieren/")
    submit(page, "Weiter: E-Mail bestätigen")
    expect(page.get_by_role("alert")).to_contain_text("Bitte prüfen Sie zwei Angaben")
    page.get_by_label("Vor- und Nachname").fill("Jana Hollerbusch")
    page.get_by_label("E-Mail-Adresse").fill("jana@hollerbusch.example")
    submit(page, "Weiter: E-Mail bestätigen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sehen Sie in Ihre E-Mails")
    page.goto(link_of("account_register", "register_url"))
    page.get_by_label("Neues Passwort", exact=True).fill(NEW)
    page.get_by_label("Neues Passwort noch einmal").fill(NEW)
    submit(page, "Konto einrichten")
    page.get_by_label("E-Mail-Adresse").fill("jana@hollerbusch.example")
    page.get_by_label("Passwort", exact=True).fill(NEW)
    submit(page, "Anmelden")
    expect(page).to_have_url(re.compile("/konto/$"))


def test_pages_on_the_way_pass_axe(running_world: World, open_page: Opener) -> None:
    page = open_page()
    put_in_a_device(page)
    sign_in(page, without_app(running_world.karl))
    found = faults_of(page)
    for path in ("sicherheit/app/", "sicherheit/passkey/", "profil/adresse/"):
        page.goto(f"/konto/{path}")
        found += faults_of(page)
    add_passkey(page, "Diensthandy")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Wiederherstellungscodes")
    found += faults_of(page)
    for path in ("sicherheit/codes/", "sicherheit/codes/neu/", "bestaetigen/passkey/", "profil/"):
        page.goto(f"/konto/{path}")
        found += faults_of(page)
    for act in ("Umbenennen", "Entfernen"):
        page.goto("/konto/profil/")
        page.get_by_role("link", name=re.compile(f"{act}.*Diensthandy")).click()
        found += faults_of(page)
    submit(page, "Entfernen")
    expect(page.get_by_role("alert")).to_contain_text("verlangt einen zweiten Faktor")
    found += faults_of(page)
    page.get_by_role("button", name="Abmelden").first.click()
    sign_in(page, running_world.karl)
    assert found + faults_of(page) == []


def test_asking_for_a_code_passes_axe(running_world: World, open_page: Opener) -> None:
    page = open_page()
    page.goto("/konto/anmelden/code/")
    page.get_by_label("E-Mail-Adresse").fill(running_world.alice.email)
    submit(page, "Code anfordern")
    found = faults_of(page)
    page.get_by_label("Code aus der E-Mail").fill("1")
    submit(page, "Anmelden")
    found += faults_of(page)
    page.get_by_label("Code aus der E-Mail").fill(code_of_mail())
    submit(page, "Anmelden")
    page.goto("/konto/passwort/setzen/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Passwort festlegen")
    assert found + faults_of(page) == []


def test_two_people_reset_a_lost_factor(running_world: World, open_page: Opener) -> None:
    karl, lea = open_page(running_world.karl), open_page(running_world.lea, javascript=False)
    karl.goto("/arbeitsplatz/verwaltung/zweiter-faktor/")
    karl.get_by_label("Wessen zweiter Faktor fehlt?").select_option(
        label="Paula Beispiel, paula@personen.example"
    )
    karl.get_by_label("Grund").fill("Telefon ins Wasser gefallen, am Telefon erkannt.")
    submit(karl, "Beantragen")
    expect(karl.get_by_text("Bestätigen muss eine andere Person")).to_be_visible()
    lea.goto("/arbeitsplatz/verwaltung/zweiter-faktor/")
    lea.get_by_role("button", name="Zurücksetzen bestätigen").click()
    expect(lea.get_by_role("status")).to_contain_text("Zurückgesetzt")
    assert not factories.Authenticator.objects.filter(user=running_world.paula).exists()
