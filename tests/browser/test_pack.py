"""Every field of the pack in a real browser: axe, from the summary to the input, rows, large files."""

from pathlib import Path

import pytest
from playwright.sync_api import Page
from pytest_django import Settings

from tests.browser.conftest import Opener
from tests.browser.faults import faults_of
from tests.personas import World

MEGABYTE = 1024 * 1024


@pytest.fixture
def page(running_world: World, settings: Settings, open_page: Opener) -> Page:
    settings.ROOT_URLCONF = "tests.kern.gallery"
    page = open_page(javascript=True)
    page.goto("/felder/")
    return page


def send(page: Page, name: str = "Speichern") -> None:
    page.get_by_role("button", name=name).click()


def test_every_field_passes_axe(page: Page) -> None:
    assert faults_of(page) == []


def test_every_fault_passes_axe_and_leads_to_its_input(page: Page) -> None:
    page.get_by_label("Uhrzeit").nth(1).fill("09:00")
    page.get_by_label("Plätze").nth(2).fill("400")
    send(page)
    assert faults_of(page) == []
    page.get_by_role("link", name="Beginn, Tag: Die Angabe fehlt").click()
    assert page.evaluate("document.activeElement.name") == "begins_0" or page.url.endswith("#id_begins_0")
    assert page.get_by_role("link", name="Raum 2, Plätze: Die Zahl ist zu groß").is_visible()


def test_another_row_keeps_what_was_typed(page: Page) -> None:
    page.get_by_label("Name").nth(0).fill("Haus am Markt")
    send(page, "Weitere Zeile")
    assert page.get_by_label("Name").nth(0).input_value() == "Haus am Markt"
    assert page.get_by_role("group", name="Raum 3").is_visible()
    assert page.get_by_role("alert").count() == 0
    assert faults_of(page) == []


@pytest.mark.parametrize(
    ("megabytes", "sentence"), [(3, "Verkleinern Sie sie auf höchstens 1 MB"), (5, "zusammen höchstens 4 MB")]
)
def test_files_over_the_limit(page: Page, tmp_path: Path, megabytes: int, sentence: str) -> None:
    plan = tmp_path / "plan.pdf"
    plan.write_bytes(b"%PDF-" + b"x" * megabytes * MEGABYTE)
    page.get_by_label("Lageplan").set_input_files(plan)
    send(page)
    assert page.get_by_text(sentence).is_visible()
