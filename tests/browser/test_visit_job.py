"""A carpenter who was burgled, from the request to the report, on phones and without JavaScript.

Web and worker are processes of their own; mails go to a mail server and are read there.
"""

import datetime
import re
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from consultations.models import Appointment, Claim, VisitReport, VisitRequest
from partnership.demo.processes import Family
from partnership.models import ChainedEntry, Person, Photo
from tests.bench.sites import Site
from tests.browser.test_visit_asking import fill_details, fill_place
from tests.browser.test_visit_log import PICTURE, choose, save
from tests.consultations.checklist_steps import make_in_force
from tests.consultations.planning_steps import make_station
from tests.personas import World, build_world, sign_in
from tests.races.conftest import family
from tests.races.processes import database_url, start_web, start_worker
from tests.smtp import Postbox, postbox, text_of
from tests.waiting import wait_until

__all__ = ["family", "postbox"]
pytestmark = pytest.mark.django_db(transaction=True)

NOTE = "Zylinder steht 4 mm über"
HALF_AN_HOUR = datetime.timedelta(minutes=30)


@pytest.fixture
def world() -> World:
    world = build_world()
    make_station(world)
    make_in_force(world)
    return world


@pytest.fixture
def site(world: World, family: Family, postbox: Postbox, tmp_path: Path) -> Site:
    there = {"EMAIL_URL": f"smtp://127.0.0.1:{postbox.port}"}
    start_worker(family, tmp_path, database=database_url(), **there)
    return start_web(family, tmp_path, database=database_url(), **there)


def on_a_phone(chromium: Browser, site: Site, person: Person | None = None) -> BrowserContext:
    address = f"http://127.0.0.1:{site.port}"
    context = chromium.new_context(
        base_url=address,
        viewport={"width": 390, "height": 844},
        java_script_enabled=False,
        locale="de-DE",
        extra_http_headers={"X-Forwarded-For": "10.0.0.1"},
    )
    if person:
        session = sign_in(Client(), person).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
    return context


def mail_about(postbox: Postbox, subject: str, to: str = "jana@hollerbusch.example") -> str:
    """Waits for it: web hands it to the broker, a worker to the mail server."""

    def there() -> list[EmailMessage]:
        return [m for m in postbox.messages if to in str(m["to"]) and subject in str(m["subject"])]

    wait_until(there, seconds=120)
    return text_of(there()[-1])


def path_in(words: str, start: str) -> str:
    found = re.search(rf"https?://[^/\s]+({start}\S+)", words)
    assert found, words
    return found[1]


def click(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def tick(box: Locator) -> None:
    """By keyboard, since something of the page may lie over it just then."""
    box.press("Space")
    expect(box).to_be_checked()


def let_the_hour_come() -> Appointment:
    """The visit that was chosen for a day to come has begun."""
    visit = Appointment.objects.select_related("visit").get(mode="on_site", state="confirmed")
    start = timezone.now().replace(second=0, microsecond=0) - datetime.timedelta(minutes=1)
    end = start + datetime.timedelta(minutes=90)
    with transaction.atomic():
        Appointment.objects.filter(pk=visit.pk).update(period=DateTimeTZRange(start, end))
        Claim.objects.filter(visit=visit.visit).update(
            blocked=DateTimeTZRange(start - HALF_AN_HOUR, end + HALF_AN_HOUR)
        )
    return visit


def test_from_the_request_to_the_report(
    world: World, site: Site, postbox: Postbox, chromium: Browser
) -> None:
    firm = on_a_phone(chromium, site).new_page()
    officer = on_a_phone(chromium, site, world.paula).new_page()

    ask_for_a_visit(firm, postbox)
    plan_the_visit(officer)
    firm.goto(path_in(mail_about(postbox, "Wann darf die Polizei"), "/beratung/vor-ort/zeiten/"))
    click(firm, "Diese Zeit nehmen")
    expect(firm.get_by_role("heading", level=1)).to_contain_text(" bis ")
    assert "Grimma" in mail_about(postbox, "Ihr Besuch steht fest")

    write_the_log(officer, let_the_hour_come().reference)
    wait_until(lambda: Photo.objects.filter(state=Photo.State.READY).exists(), seconds=120)
    release_the_report(officer)
    assert NOTE not in mail_about(postbox, "Ihr Bericht ist da")
    read_the_report(firm, postbox)
    assert VisitRequest.objects.get().state == VisitRequest.State.VISITED

    desk = on_a_phone(chromium, site, world.bert).new_page()
    desk.goto(f"/arbeitsplatz/termine/{VisitReport.objects.get().visit.appointment.reference}/")
    expect(desk.get_by_text(NOTE)).to_have_count(0)


def ask_for_a_visit(firm: Page, postbox: Postbox) -> None:
    firm.goto("/")
    firm.get_by_role("link", name="Besuch im Betrieb anfragen").click()
    fill_place(firm)
    click(firm, "Weiter")
    fill_details(firm)
    click(firm, "Weiter")
    click(firm, "Besuch anfragen")
    firm.goto(path_in(mail_about(postbox, "bestätigen"), "/beratung/vor-ort/bestaetigen/"))
    click(firm, "Anfrage bestätigen")
    expect(firm.get_by_role("heading", level=1)).to_have_text("Ihre Anfrage wartet, Platz 1 von 1")


def plan_the_visit(officer: Page) -> None:
    officer.goto("/arbeitsplatz/besuche/")
    officer.get_by_role("link", name=re.compile("Hollerbusch")).first.click()
    click(officer, "Übernehmen")
    officer.get_by_role("link", name="Besuch planen").click()
    for number in (0, 1):
        tick(officer.get_by_role("checkbox").nth(number))
    click(officer, "Der Firma anbieten")
    expect(officer.get_by_role("heading", name="Der Firma angeboten")).to_be_visible()


def write_the_log(officer: Page, reference: str) -> None:
    officer.goto(f"/arbeitsplatz/besuche/protokoll/{reference}/")
    click(officer, "Protokoll beginnen")
    officer.get_by_role("link", name="Weiter mit T1").click()
    choose(officer, "in Ordnung")
    save(officer)
    choose(officer, "schwach")
    choose(officer, "hoch")
    officer.fill("[name=note]", NOTE)
    officer.set_input_files("[name=photos]", PICTURE)
    save(officer)
    expect(officer.get_by_text("2 von 3 Punkten geprüft")).to_be_visible()
    officer.get_by_role("link", name="Bereiche").click()


def release_the_report(officer: Page) -> None:
    """To the firm, and to somebody who was there and has no account."""
    officer.get_by_role("link", name="Bericht prüfen und freigeben").click()
    officer.get_by_label("Vor- und Nachname").fill("Lutz Hollerbusch")
    officer.get_by_label("E-Mail-Adresse").fill("lutz@hollerbusch.example")
    tick(officer.get_by_label("Vor Ort bestätigt"))
    tick(officer.get_by_label("Trotzdem freigeben"))
    click(officer, "Freigeben und versiegeln")
    expect(officer.get_by_text("freigegeben und versiegelt")).to_be_visible()


def read_the_report(firm: Page, postbox: Postbox) -> None:
    to = "lutz@hollerbusch.example"
    path = path_in(mail_about(postbox, "Ihr Bericht ist da", to), "/beratung/bericht/")
    firm.goto(path)
    expect(firm.get_by_text(NOTE)).to_have_count(0)
    click(firm, "Code senden")
    words = mail_about(postbox, "Code", to)
    code = re.search(r"^\s*(\w{3,5}-\w{3,5})\s*$", words, re.MULTILINE)
    assert code, words
    firm.locator("[name=code]").fill(code[1])
    click(firm, "Bericht öffnen")
    expect(firm.get_by_text(NOTE).first).to_be_visible()
    pdf = firm.get_by_role("link", name="Als PDF öffnen").get_attribute("href")
    answer = firm.request.get(str(pdf))
    assert answer.body().startswith(b"%PDF")
    # the officer's own look after releasing, the page, the file
    assert ChainedEntry.objects.filter(payload__act="report.opened").count() == 3
