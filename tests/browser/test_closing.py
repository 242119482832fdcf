"""A house closes at once because of water damage, and the firms are called until the last one knows."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from consultations.models import Appointment, OfficeHours, PhoneTask
from partnership.times import at_wall_time
from tests import factories
from tests.browser.conftest import Opener
from tests.browser.faults import faults_of
from tests.personas import World

State = Appointment.State
FIRMS = ("Hofladen Süß", "Tischlerei Hollerbusch")


@pytest.fixture
def today(running_world: World, monkeypatch: pytest.MonkeyPatch) -> OfficeHours:
    """Half past eight, whenever the test runs, with two bookings from nine on."""
    world, day = running_world, timezone.localdate()
    half_past_eight = at_wall_time(day, datetime.time(8, 30))
    monkeypatch.setattr(timezone, "now", lambda: half_past_eight)
    hours = factories.make_hours(office=world.office, police=world.police, officers=[world.pia], day=day)
    for index, firm in enumerate(FIRMS):
        factories.make_appointment(hours=hours, index=index, firm_name=firm)
    return hours


@pytest.mark.parametrize("javascript", [True, False])
def test_water_damage_until_the_last_call_is_made(
    today: OfficeHours, running_world: World, open_page: Opener, javascript: bool
) -> None:
    page = open_page(running_world.bert, javascript=javascript)
    page.goto(f"/arbeitsplatz/verwaltung/haeuser/{running_world.office.pk}/")
    page.get_by_role("link", name="Schließzeit eintragen").click()
    page.get_by_role("link", name="Nur heute, ab sofort").click()
    expect(page.get_by_text("2 Termine verlieren ihre Zeit")).to_be_visible()
    page.get_by_label(FIRMS[0]).select_option("absagen")
    page.get_by_role("button", name="Haus schließen").click()
    expect(page.get_by_role("alert")).to_contain_text("Grund: Die Angabe fehlt")
    expect(page.get_by_label(FIRMS[0])).to_have_value("absagen")
    page.get_by_label("Grund").fill("Wasserschaden")
    page.get_by_role("button", name="Haus schließen").click()
    expect(page.get_by_role("status")).to_contain_text("2 Anrufe sind vorgemerkt")
    call_everybody(page, javascript=javascript)
    assert set(PhoneTask.objects.values_list("result", flat=True)) == {PhoneTask.Result.REACHED}
    states = dict(Appointment.objects.values_list("firm_name", "state"))
    assert states == {FIRMS[0]: State.CANCELLED, FIRMS[1]: State.CONFIRMED}


def call_everybody(page: Page, *, javascript: bool) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Was einen Anruf braucht")
    while page.get_by_role("button", name="Ich rufe an").count():
        page.get_by_role("button", name="Ich rufe an").first.click()
        expect(page.get_by_text("Der Grund: Wasserschaden.")).to_be_visible()
        if javascript:
            assert faults_of(page) == []
        page.get_by_role("button", name="Erreicht, erledigt").click()
    expect(page.get_by_role("heading", name="Jetzt ist niemand anzurufen")).to_be_visible()


def test_the_next_person_sees_who_is_calling(
    today: OfficeHours, running_world: World, open_page: Opener
) -> None:
    appointment = Appointment.objects.earliest("pk")
    PhoneTask.objects.create(appointment=appointment, reason=PhoneTask.Reason.MOVED)
    page = open_page(running_world.bert, width=390)
    page.goto("/arbeitsplatz/anrufe/")
    page.get_by_role("button", name="Ich rufe an").click()
    berta = factories.make_person(name="Berta Beispiel")
    factories.make_post(berta, "desk", organisation=running_world.ihk)
    other = open_page(berta, width=390)
    other.goto("/arbeitsplatz/anrufe/")
    expect(other.get_by_text("Bert Beispiel ruft gerade an")).to_be_visible()
    expect(other.get_by_role("button", name="Ich rufe an")).to_have_count(0)
    assert faults_of(other) == []
