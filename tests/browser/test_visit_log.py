"""Walking through a workshop with a phone: without JavaScript, and with htmx on a line that breaks."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from consultations.models import Finding, VisitReport
from partnership.photos.queries import count_photos
from tests.browser.conftest import Opener
from tests.browser.faults import faults_of
from tests.consultations.visit_log_steps import begun, item_of, note_down
from tests.partnership.photos.hostile import jpeg
from tests.personas import World, sign_in

PICTURE: Any = {"name": "hoftuer.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}


def root_of(report: VisitReport) -> str:
    return f"/arbeitsplatz/besuche/protokoll/{report.visit.appointment.reference}/"


def open_item(page: Page, report: VisitReport, code: str) -> None:
    page.goto(f"{root_of(report)}punkt/{item_of(report, code).pk}/")


def choose(page: Page, label: str) -> None:
    """The label lies over its button, so that a thumb hits it."""
    page.get_by_role("radio", name=label).check(force=True)


def save(page: Page, words: str = "Speichern und weiter") -> None:
    page.get_by_role("button", name=words, exact=True).click()


@pytest.mark.parametrize("javascript", [False, True])
def test_an_officer_walks_through(running_world: World, open_page: Opener, javascript: bool) -> None:
    report = begun(running_world)
    page = open_page(running_world.paula, width=390, javascript=javascript)
    page.goto(root_of(report))
    page.get_by_role("link", name="Weiter mit T1").click()
    choose(page, "in Ordnung")
    save(page)
    expect(page.get_by_text("T1: Gespeichert")).to_be_visible()
    choose(page, "schwach")
    choose(page, "hoch")
    page.fill("[name=note]", "Zylinder steht 4 mm über.")
    expect(page.get_by_label("Foto aufnehmen")).to_be_visible()
    page.set_input_files("[name=camera]", PICTURE)
    expect(page.get_by_label("In den Bericht aufnehmen")).to_be_checked()
    save(page)
    expect(page.get_by_text("2 von 3 Punkten geprüft")).to_be_visible()
    finding = report.findings.get(item__code="T2")
    assert (finding.severity, finding.recommendations.count()) == (3, 1)
    assert count_photos(Finding, [finding.pk]) == {finding.pk: 1}
    page.get_by_role("link", name="Zurück").click()
    expect(page.get_by_text("Das Foto wird vorbereitet")).to_be_visible()


def test_every_state_of_an_entry_is_accessible(running_world: World, open_page: Opener) -> None:
    report = begun(running_world)
    page = open_page(running_world.paula, width=390)
    open_item(page, report, "T2")
    save(page)
    expect(page.get_by_text("Wählen Sie einen Zustand.").first).to_be_visible()
    choose(page, "fehlt")
    found = faults_of(page)
    note_down(report, note="Von Pia", actor=running_world.pia)
    save(page)
    expect(page.get_by_role("heading", name="Inzwischen ist etwas anderes gespeichert")).to_be_visible()
    assert found + faults_of(page) == []
    page.get_by_role("button", name="Meine Eingabe speichern").click()
    expect(page.get_by_text("T2: Gespeichert")).to_be_visible()
    assert report.findings.get().state == Finding.State.MISSING


def test_every_page_of_a_log_is_accessible(running_world: World, open_page: Opener) -> None:
    report = begun(running_world)
    page = open_page(running_world.paula, width=390)
    page.goto(f"{root_of(report)}weitere/neu/")
    page.fill("[name=title]", "Rolltor")
    choose(page, "fehlt")
    page.get_by_role("button", name="Eigene Empfehlung ergänzen").click()
    page.fill("[name=e-0-text]", "Gegen Hochschieben sichern.")
    found = faults_of(page)
    save(page, "Speichern")
    expect(page.get_by_role("heading", name="Was in keiner Checkliste steht")).to_be_visible()
    note_down(report, severity=3)
    free = report.findings.get(title="Rolltor")
    assert free.recommendations.get().text == "Gegen Hochschieben sichern."
    for path in ("", "?suche=t", "texte/", f"weitere/{free.pk}/", f"weitere/{free.pk}/entfernen/"):
        page.goto(root_of(report) + path)
        found += faults_of(page)
    assert found == []


def test_a_broken_line_loses_nothing(running_world: World, chromium: Browser, live_server: Any) -> None:
    """In a browser of its own, since htmx writes to the console what went wrong."""
    report = begun(running_world)
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 390, "height": 900})
    session = sign_in(Client(), running_world.paula).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = context.new_page()
    open_item(page, report, "T1")
    choose(page, "schwach")
    page.fill("[name=note]", "Klemmt")
    context.set_offline(True)
    save(page)
    expect(page.get_by_text("Keine Verbindung. Ihre Eingabe steht noch hier")).to_be_visible()
    assert not report.findings.exists()
    context.set_offline(False)
    save(page)
    expect(page.get_by_text("T1: Gespeichert")).to_be_visible()
    expect(page).to_have_url(re.compile(f"/punkt/{item_of(report, 'T2').pk}/"))
    assert report.findings.get().note == "Klemmt"
    context.clear_cookies()
    choose(page, "fehlt")
    mark = page.locator("[name=wer]").input_value()
    page.locator("[name=wer]").evaluate("field => { field.value = 'veraltet' }")
    save(page)
    expect(page.get_by_text("vielleicht sind Sie nicht mehr angemeldet")).to_be_visible()
    expect(page.get_by_label("fehlt")).to_be_checked()
    page.locator("[name=wer]").evaluate("(field, mark) => { field.value = mark }", mark)
    save(page)
    expect(page).to_have_url(re.compile("/konto/anmelden/"))
    context.close()


def test_what_is_typed_is_kept_every_half_minute(running_world: World, open_page: Opener) -> None:
    report, page = begun(running_world), open_page(running_world.paula)
    page.clock.install()
    open_item(page, report, "T1")
    page.fill("[name=note]", "Klemmt")
    with page.expect_response(lambda answer: answer.request.method == "POST") as kept:
        page.clock.fast_forward(31_000)
    assert kept.value.status == 204
    assert not report.findings.exists()
    page.reload()
    expect(page.get_by_text("noch nicht gespeichert haben")).to_be_visible()
    expect(page.locator("[name=note]")).to_have_value("Klemmt")
    assert faults_of(page) == []
