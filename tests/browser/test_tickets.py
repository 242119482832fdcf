"""A ticket's QR code as cameras see it: on a telephone's screen, and printed at 300 dots an inch."""

import io
import re

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


def test_in_the_browsers_camera_it_opens_the_persons_page(
    registration: Registration, running_world: World, open_page: Opener
) -> None:
    page = open_page(running_world.bert, width=320, javascript=False)
    page.goto(f"/arbeitsplatz/foren/einlass/{registration.ticket}/")
    assert page.get_by_role("heading", name=registration.name).is_visible()
