"""The desk in a browser: half a year from one form, a day that gets shorter, a series that ends."""

import datetime

from playwright.sync_api import Page

from consultations.models import OfficeHours, OfficeHoursSeries
from tests import factories
from tests.browser.conftest import Opener
from tests.browser.faults import faults_of
from tests.consultations.test_series import WEEK, a_first_day, days_of, public
from tests.personas import World


def fill_rule(page: Page, *, until: datetime.date) -> None:
    page.goto("/arbeitsplatz/sprechtage/neu/")
    page.get_by_label("Tag", exact=True).fill(a_first_day().isoformat())
    page.get_by_label("Beamtin oder Beamter").select_option(label="Pia Beispiel")
    page.get_by_label("Wie oft?").select_option(label="jede Woche")
    page.locator("[name=until]").fill(until.isoformat())
    page.get_by_role("button", name="Vorschau zeigen").click()


def test_half_a_year_from_one_form(running_world: World, open_page: Opener) -> None:
    page = open_page(running_world.bert)
    fill_rule(page, until=a_first_day() + 25 * WEEK)
    assert faults_of(page) == []
    boxes = page.get_by_role("group", name="Diese Tage werden angelegt").get_by_role("checkbox")
    boxes.first.uncheck()
    chosen = boxes.count() - 1
    page.get_by_role("button", name="Anlegen und Zustimmung erbitten").click()
    assert page.get_by_text(f"{chosen} Sprechtage stehen an.").is_visible()
    assert OfficeHours.objects.filter(series=OfficeHoursSeries.objects.get()).count() == chosen


def test_a_shorter_day_shows_whom_it_hits(running_world: World, open_page: Opener) -> None:
    factories.make_appointment(hours=running_world.hours, index=3, firm_name="Bäckerei Beispiel")
    page = open_page(running_world.bert)
    page.goto(f"/arbeitsplatz/sprechtage/{running_world.hours.pk}/aendern/")
    page.get_by_label("bis", exact=True).fill("11:00")
    page.get_by_role("button", name="Zeigen, was geschieht").click()
    assert faults_of(page) == []
    page.get_by_label("Bäckerei Beispiel").select_option("absagen")
    page.get_by_label("Grund").fill("Umbau")
    page.get_by_role("button", name="Änderung speichern").click()
    assert page.get_by_text("1 Termin abgesagt.").is_visible()


def test_a_series_ends_from_a_day_on(running_world: World, open_page: Opener) -> None:
    series = public(running_world)
    factories.make_appointment(hours=days_of(series)[3], firm_name="Bäckerei Beispiel")
    page = open_page(running_world.bert)
    page.goto(f"/arbeitsplatz/sprechtage/reihe/{series.pk}/absagen/")
    page.get_by_label("Ab welchem Tag?").select_option(index=2)
    page.get_by_role("button", name="Anzeigen, wen es betrifft").click()
    assert faults_of(page) == []
    page.get_by_label("Grund").fill("Umbau")
    page.get_by_role("button", name="3 Sprechtage absagen").click()
    assert page.get_by_text("Die Sprechtage sind abgesagt.").is_visible()
