"""At the roadside: a number typed, a hit compared, the owner opened; on a telephone, without a word lost."""

import time

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as RECORDS
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page

from partnership.models import Person
from tests import factories
from tests.asset_factories import make_asset, make_mark, make_theft
from tests.browser.conftest import Opener
from tests.browser.faults import faults_of
from tests.personas import World

URL = "/arbeitsplatz/fahndung/"


@pytest.fixture
def police_page(running_world: World, open_page: Opener) -> Page:
    """Paula has just entered her second factor."""
    page = open_page(running_world.paula)
    page.goto(URL)
    enter_factor(page, running_world.paula)
    return page


def enter_factor(page: Page, person: Person) -> None:
    key = next(
        cookie["value"] for cookie in page.context.cookies() if cookie["name"] == settings.SESSION_COOKIE_NAME
    )
    session = SessionStore(session_key=key)
    session[RECORDS] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session[f"{RECORDS}_user"] = str(person.pk)
    session.save()


def fill_and_search(page: Page, numbers: str) -> None:
    page.goto(URL)
    page.fill("[name=numbers]", numbers)
    page.select_option("[name=purpose]", "traffic")
    page.fill("[name=case_number]", "4411/26/DEMO")
    page.click("text=Suchen >> nth=-1")
    page.wait_for_load_state()


def test_from_the_number_to_the_owner(police_page: Page, running_world: World) -> None:
    firm = factories.make_firm(running_world.alice, name="Zimmerei Eigner")
    stolen = make_asset(firm, "4471-B08-5217", peculiarities="Griff mit rotem Band umwickelt")
    make_theft(stolen, partnership=running_world.partnership, police=running_world.police)
    make_mark(make_asset(firm, name="Kernbohrgerät"), "NW4471B085217", kind="identification")
    fill_and_search(police_page, "4471-BO8-52I7")
    assert police_page.get_by_text("Als gestohlen gemeldet").first.is_visible()
    assert not police_page.get_by_text("Zimmerei Eigner").is_visible()
    found = faults_of(police_page)
    police_page.locator(".hit--stolen").get_by_role("button", name="Eigentümer anzeigen").click()
    police_page.wait_for_load_state()
    assert police_page.get_by_text("Zimmerei Eigner").is_visible()
    assert found + faults_of(police_page) == []


def test_many_numbers_and_none_that_is_known(police_page: Page) -> None:
    fill_and_search(police_page, "\n".join(f"QX{number:04}YTREWQ8877665544" for number in range(6)))
    assert police_page.get_by_role("heading", name="Kein Treffer").is_visible()
    assert faults_of(police_page) == []


def test_what_is_missing(police_page: Page) -> None:
    police_page.goto(URL)
    police_page.click("text=Suchen >> nth=-1")
    police_page.wait_for_load_state()
    assert police_page.get_by_text("Wählen Sie, wofür Sie suchen.").first.is_visible()
    assert faults_of(police_page) == []
