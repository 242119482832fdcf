"""A builder's tools, from the spreadsheet to the officer at the roadside, on phones and without JavaScript.

Web and worker are processes of their own; mails go to a mail server and are read there.
"""

import datetime
import io
import re
from pathlib import Path
from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp
from django.db.models import F
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from assetmarking.models import Asset, FinderThread, ImportRun, LabelSheet, TheftReport
from partnership.demo.processes import Family
from partnership.models import ChainedEntry, Firm
from partnership.times import today
from tests.asset_factories import make_asset
from tests.assetmarking.importing.steps import workbook
from tests.assetmarking.labels.steps import page_of
from tests.assetmarking.thefts.steps import A_DAY, firm_of
from tests.bench.sites import Site
from tests.browser.test_visit_job import click, mail_about, on_a_phone, path_in
from tests.one_time_codes import code_of_app
from tests.pdf_ua import faults_of_pdf
from tests.personas import World, build_world
from tests.races.conftest import family
from tests.races.processes import database_url, start_beat, start_web, start_worker
from tests.smtp import Postbox, postbox
from tests.waiting import wait_until

__all__ = ["family", "postbox"]
pytestmark = pytest.mark.django_db(transaction=True)
FINDER = "finderin@post.example"
LIST = (
    ("Gerät", "Hersteller", "Typ", "S/N", "Bj.", "Neupreis"),
    ("Bohrhammer", "Norvik", "BH 36", "4471-B08-5217", 2021, "649,00"),
    ("Kreissäge", "Norvik", "KS 190", "KS-88-21044", 2019, "1.249,50"),
    ("Kernbohrgerät", "Tallin", "KB 200", "TA-200-77123", "20O8", "2.900,00"),
    ("Rüttelplatte", "Tallin", "RP 90", "TA-090-41887", 2020, "1.890,00"),
)
HALF_LEGIBLE = "4471-BO8-52I7"
CASE = "4411/26/DEMO"


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def firm(world: World) -> Firm:
    return firm_of(world.alice, name="Zimmerei Eigner")


@pytest.fixture
def site(world: World, family: Family, postbox: Postbox, tmp_path: Path) -> Site:
    there = {"EMAIL_URL": f"smtp://127.0.0.1:{postbox.port}"}
    start_worker(family, tmp_path, database=database_url(), **there)
    start_beat(family, tmp_path, database=database_url(), **there)
    return start_web(family, tmp_path, database=database_url(), **there)


def test_from_the_list_of_tools_to_the_roadside(
    world: World, firm: Firm, site: Site, postbox: Postbox, chromium: Browser
) -> None:
    builder, officer, stranger = (
        on_a_phone(chromium, site, who).new_page() for who in (world.alice, world.paula, None)
    )
    read_in(builder, firm)
    behind_the_code = label_the_drill(builder, firm)
    take_passports(builder, firm)

    report_three(builder, firm)
    weeks_pass()
    search_at_the_roadside(officer)
    expect(officer.get_by_role("heading", level=1)).to_contain_text("als gestohlen gemeldet")
    expect(officer.get_by_text("leicht verwechselt")).to_be_visible()
    expect(officer.get_by_text("Zimmerei Eigner")).to_have_count(0)
    officer.get_by_role("button", name="Eigentümer anzeigen").click()
    expect(officer.get_by_text("Zimmerei Eigner")).to_be_visible()
    acts = [entry.payload["act"] for entry in ChainedEntry.objects.order_by("seq") if entry.payload]
    assert acts == ["search.made", "search.opened"]

    ask_publicly(stranger, "nicht gemeldet")
    confirm_and_secure(officer, postbox, world)
    ask_publicly(stranger, "als gestohlen gemeldet")
    write_through_the_portal(stranger, builder, postbox, world, at=behind_the_code)


def read_in(page: Page, firm: Firm) -> None:
    """Three rows at once; the fourth comes back as a file, is mended and uploaded again."""
    page.goto("/kennzeichnung/")
    page.get_by_role("link", name=firm.name).first.click()
    page.get_by_role("link", name="Liste einlesen").click()
    upload(page, workbook(*LIST))
    expect(page.get_by_text("„20O8“ ist keine Jahreszahl.")).to_be_visible()
    take_over(page, "3 Zeilen übernehmen")
    expect(page.get_by_text("3 Geräte neu")).to_be_visible()
    link = page.get_by_role("link", name="Fehlerhafte Zeilen herunterladen")
    book = load_workbook(io.BytesIO(page.request.get(link.get_attribute("href") or "").body()))
    assert [cell.value for cell in book.active[2]][-1] == "Bj.: „20O8“ ist keine Jahreszahl."
    book.active.cell(2, 5).value = 2008
    mended = io.BytesIO()
    book.save(mended)
    page.goto(f"/kennzeichnung/firma/{firm.pk}/einlesen/")
    upload(page, mended.getvalue())
    take_over(page, "Eine Zeile übernehmen")
    assert sorted(Asset.objects.values_list("name", flat=True)) == sorted(row[0] for row in LIST[1:])


def upload(page: Page, content: bytes) -> None:
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files("[name=file]", {"name": "werkzeug.xlsx", "mimeType": sheet, "buffer": content})
    click(page, "Liste prüfen")
    wait_for_worker(page, ImportRun.State.CHECKED)


def take_over(page: Page, button: str) -> None:
    click(page, button)
    wait_for_worker(page, ImportRun.State.DONE)


def wait_for_worker(page: Page, state: str) -> None:
    wait_until(lambda: ImportRun.objects.latest("pk").state == state, seconds=60)
    page.goto(page.url)


def label_the_drill(page: Page, firm: Firm) -> str:
    """Printed in advance, scanned from the paper, adopted; returns what the code leads to."""
    page.goto(f"/kennzeichnung/firma/{firm.pk}/etiketten/")
    page.get_by_role("link", name="Auf Vorrat drucken").click()
    page.fill("[name=count]", "3")
    click(page, "Druckdatei erstellen")
    wait_until(lambda: LabelSheet.objects.filter(pdf__isnull=False).exists(), seconds=60)
    page.goto(page.url)
    link = page.get_by_role("link", name="Druckdatei öffnen")
    printed = page_of(page.request.get(link.get_attribute("href") or "").body())
    scanned = {urlsplit(found.text).path for found in zxingcpp.read_barcodes(printed)}
    assert len(scanned) == 3
    path = sorted(scanned)[0]
    page.goto(path)
    page.get_by_role("link", name="Etikett einem Gerät zuordnen").click()
    page.get_by_role("button", name=re.compile("Klebt hier.*Bohrhammer")).click()
    expect(page.get_by_text("gehört jetzt zu „Bohrhammer")).to_be_visible()
    return path


def take_passports(page: Page, firm: Firm) -> None:
    """One for each machine, readable by who does not see it; the first has the label's code as well."""
    page.goto(f"/kennzeichnung/firma/{firm.pk}/geraetepaesse/")
    for reference in Asset.objects.values_list("reference", flat=True):
        page.locator(f"[name=geraet][value='{reference}']").press("Space")
    page.get_by_role("button", name=re.compile("PDF|Weiter|Gerätep")).last.press("Enter")
    asset = Asset.objects.get(name="Bohrhammer")
    pdf = page.request.get(f"/kennzeichnung/geraet/{asset.reference}/geraetepass.pdf").body()
    assert faults_of_pdf(pdf) == []
    words = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()
    assert "4471-B08-5217" in words
    assert zxingcpp.read_barcodes(page_of(pdf))[0].text.endswith(asset.labels.get().code)


def report_three(page: Page, firm: Firm) -> None:
    page.goto(f"/kennzeichnung/firma/{firm.pk}/diebstahl/")
    stolen = Asset.objects.exclude(name="Rüttelplatte")
    for reference in stolen.values_list("reference", flat=True):
        page.locator(f"[name=geraet][value='{reference}']").press("Space")
    click(page, "Weiter: Ort und Zeit")
    for name, days, clock in (("gone_after", 2, "18:00"), ("gone_before", 1, "06:30")):
        page.fill(f"[name={name}_0]", (today() - days * A_DAY).isoformat())
        page.fill(f"[name={name}_1]", clock)
    page.fill("[name=case_number]", CASE)
    click(page, "Weiter: prüfen")
    page.get_by_role("button", name="Diebstahl melden").click()
    report = TheftReport.objects.get()
    assert report.things.count() == 3
    pdf = page.request.get(f"/kennzeichnung/diebstahl/{report.reference}.pdf").body()
    assert faults_of_pdf(pdf) == []


def weeks_pass() -> None:
    ago = datetime.timedelta(days=23)
    TheftReport.objects.update(
        reported_at=F("reported_at") - ago,
        gone_after=F("gone_after") - ago,
        gone_before=F("gone_before") - ago,
    )


def search_at_the_roadside(page: Page, number: str = HALF_LEGIBLE) -> None:
    """With the code of the authenticator app on the way."""
    page.goto("/arbeitsplatz/fahndung/")
    page.fill("[name=numbers]", number)
    page.select_option("[name=purpose]", "traffic")
    page.fill("[name=case_number]", "ST-123/26")
    page.get_by_role("button", name="Suchen", exact=True).last.press("Enter")
    page.fill("[name=code]", code_of_app())
    page.locator("[name=code]").press("Enter")
    expect(page).to_have_url(re.compile(r"/fahndung/\d+/$"))


def ask_publicly(page: Page, answer: str) -> None:
    page.goto("/kennzeichnung/pruefen/")
    page.fill("[name=number]", "4471-B08-5217")
    click(page, "Prüfen")
    expect(page.get_by_text(f"4471-B08-5217: {answer}")).to_be_visible()


def confirm_and_secure(page: Page, postbox: Postbox, world: World) -> None:
    """The owner is told that police have confirmed, then that they have the drill, and whom to call."""
    report = TheftReport.objects.get()
    page.goto("/arbeitsplatz/diebstaehle/")
    page.get_by_role("link", name=re.compile("Bohrhammer")).click()
    page.get_by_role("link", name="Vorgangsnummer bestätigen").click()
    click(page, "Bestätigen")
    assert CASE in mail_about(postbox, "Bestätigt", world.alice.email)
    thing = report.things.get(asset__name="Kreissäge")
    page.goto(f"/arbeitsplatz/diebstaehle/{report.reference}/geraet/{thing.pk}/")
    page.locator("[name=found_by][value=police_search]").press("Space")
    click(page, "Eintragen")
    assert CASE in mail_about(postbox, "Gefunden: Kreissäge", world.alice.email)


def write_through_the_portal(finder: Page, owner: Page, postbox: Postbox, world: World, *, at: str) -> None:
    """There and back again; neither reads the other's address."""
    finder.goto(at)
    expect(finder.get_by_text("Zimmerei Eigner")).to_have_count(0)
    finder.fill("[name=text]", "Liegt am Feldweg hinter dem Bauhof.")
    finder.fill("[name=email]", FINDER)
    click(finder, "Nachricht senden")
    to_owner = mail_about(postbox, "Etikett", world.alice.email)
    owner.goto(path_in(to_owner, "/kennzeichnung/fundmeldung/"))
    owner.fill("[name=text]", "Danke, wir holen ihn.")
    click(owner, "Antwort")
    to_finder = mail_about(postbox, "", FINDER)
    finder.goto(path_in(to_finder, "/k/nachricht/"))
    expect(finder.get_by_text("Danke, wir holen ihn.")).to_be_visible()
    finder.fill("[name=text]", "Bis morgen.")
    click(finder, "senden")
    wait_until(lambda: FinderThread.objects.get().messages.count() == 3, seconds=30)
    owner.goto(owner.url)
    expect(owner.get_by_text("Bis morgen.")).to_be_visible()
    assert world.alice.email not in to_finder + finder.content()
    assert FINDER not in to_owner + owner.content()


def test_who_searched_before_the_theft_was_known_is_told_when_it_is(
    world: World, firm: Firm, site: Site, postbox: Postbox, chromium: Browser
) -> None:
    lead, officer, builder = (
        on_a_phone(chromium, site, who).new_page() for who in (world.lea, world.paula, world.alice)
    )
    for name, number in (("Bohrhammer", "4471-B08-5217"), ("Säge", "S-1"), ("Hobel", "H-1")):
        make_asset(firm, number, name=name)
    keep_searches_for_a_reason(lead)
    search_at_the_roadside(officer)
    expect(officer.get_by_role("heading", level=1)).to_contain_text("keiner als gestohlen gemeldet")

    report_three(builder, firm)

    words = mail_about(postbox, "Treffer", world.paula.email)
    assert "Bohrhammer" not in words
    officer.goto(path_in(words, "/arbeitsplatz/fahndung/"))
    expect(officer.get_by_text(f"{HALF_LEGIBLE}: Bohrhammer")).to_be_visible()
    officer.get_by_role("link", name="Ergebnis öffnen").click()
    officer.get_by_role("button", name="Eigentümer anzeigen").click()
    expect(officer.get_by_text("Zimmerei Eigner")).to_be_visible()
    acts = [entry.payload["act"] for entry in ChainedEntry.objects.order_by("seq") if entry.payload]
    assert acts == ["search.made", "search.met_later", "search.opened"]
    officer.goto("/arbeitsplatz/fahndung/treffer/")
    click(officer, "Erledigt")
    expect(officer.get_by_text("Nichts Neues zu Ihren Abfragen.")).to_be_visible()


def keep_searches_for_a_reason(page: Page) -> None:
    page.goto("/arbeitsplatz/fahndung/einstellung/")
    page.locator("[name=keeps_searches]").press("Space")
    page.fill("[name=reason]", "Diebstähle werden oft erst Tage später gemeldet.")
    click(page, "Speichern")
