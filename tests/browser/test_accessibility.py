"""Every page passes axe (WCAG 2.2 AA) at 320 and 1280 px, light and dark, and scrolls one way only."""

import datetime
import re
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone
from playwright.sync_api import Page

from consultations.offers import choice_of
from tests import factories
from tests.browser.conftest import Opener
from tests.browser.faults import faults_of
from tests.browser.pages import NO_PAGES, PAGES, Scene, all_names
from tests.personas import build_world
from tests.tables import Kept

FRESH_FOR = datetime.timedelta(minutes=4)
"""A time is held for ten minutes, and a walk takes some of them."""


@dataclass(frozen=True)
class KeptScene:
    scene: Scene
    rows: Kept
    built_at: datetime.datetime

    @classmethod
    def build(cls) -> "KeptScene":
        return cls(Scene.build(build_world()), Kept("scene"), timezone.now())

    @property
    def is_fresh(self) -> bool:
        now = timezone.now()
        is_of_today = timezone.localdate(self.built_at) == timezone.localdate(now)
        return is_of_today and now - self.built_at < FRESH_FOR


@pytest.fixture(scope="session")
def kept_scenes() -> list[KeptScene]:
    return []


@pytest.fixture
def scene(transactional_db: None, live_server: Any, kept_scenes: list[KeptScene]) -> Scene:
    """Kept for all tests of a process, as building it takes seconds; each has a copy of its own."""
    if kept_scenes and kept_scenes[-1].is_fresh:
        kept_scenes[-1].rows.put_back()
    else:
        kept_scenes.append(KeptScene.build())
    return deepcopy(kept_scenes[-1].scene)


def test_no_page_is_forgotten() -> None:
    named = {name for names in PAGES.values() for name in names}
    assert all_names() == named | NO_PAGES


@pytest.mark.parametrize("who", sorted(PAGES, key=lambda who: -len(PAGES[who])))
def test_every_page_of(scene: Scene, open_page: Opener, who: str) -> None:
    page = open_page(None if who == "visitor" else getattr(scene.world, who))
    found = []
    for path in scene.paths_of(who):
        response = page.goto(path)
        assert response is not None
        assert response.status == 200, f"{path}: {response.status}"
        assert page.url.endswith(path), f"{path} leads to {page.url}"
        found += faults_of(page)
    assert found == []


def test_every_step_of_a_booking_and_its_errors(scene: Scene, open_page: Opener) -> None:
    page = open_page()
    page.goto("/beratung/angaben/")
    found = faults_of(page)
    choose(page, "10:30 Uhr")
    found += faults_of(page)
    submit(page, "Weiter")
    found += faults_of(page)
    for name, text in (("firm_name", "Hofladen"), ("contact_name", "Kim"), ("contact_email", "a@b.example")):
        page.fill(f"[name={name}]", text)
    submit(page, "Weiter")
    found += faults_of(page)
    if "rueckfrage" in page.url:
        submit(page, "Ja, weiter")
        found += faults_of(page)
    submit(page, "Termin buchen")
    assert page.url.endswith("/gesendet/")
    found += faults_of(page)
    assert found == []


def test_a_time_that_is_gone(scene: Scene, open_page: Opener) -> None:
    page = open_page()
    page.goto("/beratung/?tage=30")
    taken = factories.make_appointment(hours=scene.world.hours, index=2)
    page.locator(f'button[value="{choice_of(scene.world.hours.pk, taken.starts_at)}"]').last.click()
    page.wait_for_load_state()
    assert page.get_by_text("Diese Zeit ist vergeben").is_visible()
    assert faults_of(page) == []


def test_a_calendar_address_that_is_shown_once(scene: Scene, open_page: Opener) -> None:
    page = open_page(scene.world.bert)
    page.goto("/arbeitsplatz/kalender/")
    submit(page, "Adresse erzeugen")
    assert page.get_by_label("Adresse", exact=True).input_value().endswith(".ics")
    assert faults_of(page) == []


@pytest.mark.parametrize("path", ["/gibt/es/nicht/", "/beratung/termin/unbekannt/", "/foren/rueckmeldung/x/"])
def test_pages_that_say_no(scene: Scene, open_page: Opener, path: str) -> None:
    page = open_page()
    response = page.goto(path)
    assert response is not None
    assert response.status == 404
    assert faults_of(page) == []


def test_a_page_that_others_may_see(scene: Scene, open_page: Opener) -> None:
    page = open_page(scene.world.karl)
    response = page.goto("/arbeitsplatz/protokoll/")
    assert response is not None
    assert response.status == 403
    assert faults_of(page) == []


@pytest.mark.parametrize(
    "template", ["400.html", "403_csrf.html", "411.html", "413.html", "429.html", "500.html", "503.html"]
)
def test_pages_for_what_goes_wrong(
    scene: Scene, open_page: Opener, rf: RequestFactory, template: str
) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    alone = template in ("400.html", "411.html", "413.html", "500.html", "503.html")
    html = render_to_string(template, request=None if alone else request)
    page = open_page()
    page.route("**/schief/", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto("/schief/")
    assert page.locator("h1").inner_text()
    assert faults_of(page) == []


def test_a_page_may_be_turned(open_page: Opener) -> None:
    """Axe reads the stylesheets for it, which are the same for every page."""
    page = open_page()
    page.goto("/")
    result = page.evaluate("axe.run(document, {runOnly: ['css-orientation-lock']})")
    assert (result["violations"], result["incomplete"]) == ([], [])


def choose(page: Page, time: str) -> None:
    page.goto("/beratung/")
    submit(page, time)


def submit(page: Page, name: str) -> None:
    page.get_by_role("button", name=re.compile(f"^{name}")).first.click()
