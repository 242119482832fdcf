"""A real Chromium on a running portal. Whatever a page writes to the console as an error fails the test."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from partnership.models import Person
from tests.browser.faults import take_axe_along
from tests.personas import World, build_world, sign_in

# Playwright keeps an event loop in this thread; Django would refuse its database here
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
Opener = Callable[..., Page]
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "Chromium is missing; `make test` names the command that installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()
        # while Playwright's event loop runs, this thread has a connection of its own, out of reach without it
        connections.close_all()


@pytest.fixture
def running_world(transactional_db: None, live_server: Any) -> World:
    return build_world()


@pytest.fixture
def open_page(chromium: Browser, live_server: Any) -> Iterator[Opener]:
    """`open_page(person, width=, javascript=)`: a browser of its own, signed in if a person is named."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_one(person: Person | None = None, *, width: int = 1280, javascript: bool = True) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            base_url=live_server.url,
            java_script_enabled=javascript,
            locale="de-DE",
        )
        contexts.append(context)
        if person:
            session = sign_in(Client(), person).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
            )
        page = take_axe_along(context.new_page())
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    # a 404 or 409 that a test asked for is named by the browser, too
    assert [e for e in errors if "Failed to load resource" not in e] == []
