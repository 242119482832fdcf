"""A forum with a talk and two workshops, from its announcement to a certificate that anybody can verify.

On phones and without JavaScript. Web and worker are processes of their own; mails are read at a mail server.
"""

import datetime
import io
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import zxingcpp
from django.db.models import F
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from forums.models import Attendance, Certificate, Event, EventPart, PartBooking, Registration
from forums.registering.cancelling import cancel
from partnership.demo.processes import Family
from partnership.times import berlin
from tests.bench.sites import Site
from tests.browser.test_visit_job import click, mail_about, on_a_phone, path_in
from tests.forums.registering_steps import take_part
from tests.personas import World, build_world
from tests.races.conftest import family
from tests.races.processes import database_url, start_web, start_worker
from tests.smtp import Postbox, postbox

__all__ = ["family", "postbox"]
pytestmark = pytest.mark.django_db(transaction=True)
GUEST = "berta@stellmacherei.example"
SEATS, PEOPLE = 15, 80


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def site(world: World, family: Family, postbox: Postbox, tmp_path: Path) -> Site:
    there = {"EMAIL_URL": f"smtp://127.0.0.1:{postbox.port}"}
    start_worker(family, tmp_path, database=database_url(), **there)
    return start_web(family, tmp_path, database=database_url(), **there)


def test_from_the_announcement_to_the_certificate(
    world: World, site: Site, postbox: Postbox, chromium: Browser
) -> None:
    desk, guest = (on_a_phone(chromium, site, who).new_page() for who in (world.bert, None))
    event = announce_a_forum(desk)
    talk, doors, locks = event.parts.order_by("starts_at", "pk")
    others = fill_up(event, talk, doors, locks)

    register_as_the_last(guest, event, doors)
    guest.goto(path_in(mail_about(postbox, "Bitte bestätigen", GUEST), "/foren/bestaetigen/"))
    click(guest, "Anmeldung bestätigen")
    expect(guest.get_by_text("Warteliste").first).to_be_visible()
    assert not Registration.objects.filter(event=event).exclude(state="confirmed").exists()

    cancel(registration_id=others[0].pk)
    own_page = path_in(mail_about(postbox, "Sie haben einen Platz", GUEST), "/foren/anmeldung/")
    guest.goto(own_page)
    expect(guest.get_by_text("Warteliste")).to_have_count(0)

    let_the_day_come(event)
    guest.goto(f"{own_page}ticket/")
    scanned = read_code(guest)
    desk.goto(scanned)
    expect(desk.get_by_role("heading", level=1)).to_have_text("Berta Übermuth")
    click(desk, "Einlassen")
    expect(desk.get_by_text("Eingelassen").first).to_be_visible()
    assert Attendance.objects.values("booking__registration").distinct().count() == 1

    let_it_be_over(event)
    desk.goto(f"/arbeitsplatz/foren/{event.reference}/")
    click(desk, "Hat stattgefunden")
    desk.goto(f"/arbeitsplatz/foren/{event.reference}/bescheinigungen/")
    click(desk, "Für 1 Person ausstellen")
    certificate = Certificate.objects.get()
    assert "bescheinigung" in mail_about(postbox, "Teilnahmebescheinigung", GUEST).lower()

    stranger = on_a_phone(chromium, site).new_page()
    stranger.goto(f"/nachweis/{certificate.number}/")
    expect(stranger.get_by_text(event.title).first).to_be_visible()
    expect(stranger.get_by_text(GUEST)).to_have_count(0)


def announce_a_forum(desk: Page) -> Event:
    day = timezone.localdate() + datetime.timedelta(days=21)
    desk.goto("/arbeitsplatz/foren/neu/")
    desk.select_option("[name=kind]", "forum")
    values = {
        "title": "Sicherheitsforum Muldental",
        "day": day.isoformat(),
        "starts": "09:00",
        "ends": "16:00",
        "venue": "Haus der Wirtschaft",
        "street": "Musterstraße 1",
        "postcode": "04668",
        "city": "Grimma",
        "join_url": "https://video.example/forum",
    }
    for name, value in values.items():
        desk.fill(f"[name={name}]", value)
    desk.get_by_label("auch online").press("Space")
    click(desk, "Anlegen und weiter zum Programm")
    parts = (
        {"title": "Vortrag", "ends": "12:00", "site": str(PEOPLE), "online": "50", "credit_hours": "2,5"},
        {"title": "Türen", "starts": "13:00", "site": str(SEATS), "choice": "Workshop", "credit_hours": "3"},
        {"title": "Schlösser", "starts": "13:00", "site": str(SEATS), "choice": "Workshop"},
    )
    for number, part in enumerate(parts):
        for name, value in part.items():
            desk.fill(f"[name=form-{number}-{name}]", value)
    desk.locator("[name=form-0-is_for_all]").press("Space")
    click(desk, "Programm speichern")
    desk.goto(f"/arbeitsplatz/foren/{Event.objects.get().reference}/")
    click(desk, "Ankündigen")
    event = Event.objects.get()
    assert event.state == Event.State.ANNOUNCED
    return event


def fill_up(event: Event, talk: EventPart, doors: EventPart, locks: EventPart) -> list[Registration]:
    """All but one of the talk's places; both workshops are full."""
    workshops = [doors] * SEATS + [locks] * SEATS
    found = []
    for number in range(PEOPLE - 1):
        parts = [talk, *workshops[number : number + 1]]
        found.append(take_part(event, *parts, email=f"gast{number}@firma.example", name=f"Gast {number}"))
    return found


def register_as_the_last(guest: Page, event: Event, doors: EventPart) -> None:
    guest.goto("/foren/")
    guest.get_by_role("link", name=event.title).first.click()
    guest.get_by_role("link", name="Zur Anmeldung").click()
    guest.locator(f'input[value="{event.parts.earliest("starts_at").pk}-site"]').press("Space")
    guest.locator(f'input[value^="{doors.pk}-site"]').press("Space")
    guest.fill("[name=name]", "Berta Übermuth")
    guest.fill("[name=email]", GUEST)
    guest.fill("[name=firm_name]", "Stellmacherei Übermuth")
    click(guest, "Anmelden und Link anfordern")
    expect(guest).to_have_url(re.compile("gesendet"))


def read_code(page: Page) -> str:
    """The path in the ticket's code, as a phone's camera reads it from the screen."""
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    (code,) = zxingcpp.read_barcodes(picture)
    return urlsplit(code.text).path


def let_the_day_come(event: Event) -> None:
    """It has just begun, and lasts through this half of the day, whenever this runs."""
    now = timezone.now()
    noon = berlin(now).replace(hour=12, minute=0, second=0, microsecond=0)
    end = noon if now < noon else noon + datetime.timedelta(hours=12)
    times = {"starts_at": now - datetime.timedelta(minutes=1), "ends_at": end}
    Event.objects.filter(pk=event.pk).update(**times)
    EventPart.objects.filter(event=event).update(**times)


def let_it_be_over(event: Event) -> None:
    over = timezone.now() - datetime.timedelta(seconds=1)
    Event.objects.filter(pk=event.pk).update(ends_at=over)
    EventPart.objects.filter(event=event).update(ends_at=over)
    assert PartBooking.objects.filter(part__event=event, part__starts_at__lt=F("part__ends_at")).exists()
