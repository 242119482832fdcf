"""A ticket's QR code as cameras see it: on a telephone's screen, and printed at 300 dots an inch."""

import io
import re
from datetime import time

import pytest
import zxingcpp
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser

from forums.door.own_tickets import lay_out_tickets
from forums.models import Registration
from forums.registering.access import RegistrationAccess, issue_own_link
from partnership.times import at_wall_time, today
from tests.browser.conftest import Opener
from tests.event_factories import make_event, make_part, make_registration
from tests.personas import World

DOTS_AN_INCH = 300
CSS_PIXELS_AN_INCH = 96
A4 = {"width": 794, "height": 1123}


@pytest.fixture
def registration(running_world: World) -> Registration:
    event = make_event(organiser=running_world.ihk)
    return make_registration(event, make_part(event), ticket="K7M2PQR4ST")


def address_in(screenshot: bytes) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(screenshot)))]


def address_of_door(registration: Registration) -> str:
    return f"{settings.BASE_URL}/arbeitsplatz/foren/einlass/{registration.ticket}/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_telephones_screen(registration: Registration, open_page: Opener, scheme: str) -> None:
    page = open_page(width=320)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(reverse("forums:ticket", args=[issue_own_link(registration)]))
    assert address_in(page.locator("svg.qr-code").screenshot()) == [address_of_door(registration)]


def test_printed(registration: Registration, chromium: Browser) -> None:
    access = RegistrationAccess(registration, issue_own_link(registration))
    html = render_to_string("pdf/tickets.html", lay_out_tickets(access))
    page = chromium.new_page(viewport=A4, device_scale_factor=DOTS_AN_INCH / CSS_PIXELS_AN_INCH)  # type: ignore[arg-type]
    page.set_content(re.sub(r"@font-face \{.*?\}", "", html))
    assert address_in(page.screenshot(full_page=True)) == [address_of_door(registration)]
    page.close()


def test_one_tap_on_a_telephone_without_javascript(running_world: World, open_page: Opener) -> None:
    """Scanned, admitted, found in the list as there, and taken back."""
    day = today()
    hours = {"starts_at": at_wall_time(day, time(0)), "ends_at": at_wall_time(day, time(23, 59))}
    event = make_event(organiser=running_world.ihk, partners=(running_world.police,), **hours)
    ute = make_registration(event, make_part(event), name="Ute Quendel")
    page = open_page(running_world.paula, width=320, javascript=False)
    page.goto(f"/arbeitsplatz/foren/einlass/{ute.ticket}/")
    page.get_by_role("button", name="Einlassen", exact=True).click()
    assert page.get_by_text("Eingelassen").is_visible()
    page.get_by_role("link", name="Zum Einlass").click()
    assert page.get_by_text("1 von einer Person ist da").is_visible()
    page.get_by_role("button", name="Zurücknehmen").click()
    assert page.get_by_role("button", name="Ist da").is_visible()
    page.get_by_role("textbox", name="Nummer des Tickets").fill(ute.ticket.lower())
    page.get_by_role("button", name="Einlassen", exact=True).click()
    assert page.get_by_role("status").get_by_text("Ute Quendel").is_visible()
