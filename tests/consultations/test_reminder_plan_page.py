"""The page on which coordinators set when and with which words firms are reminded."""

import pytest
from django.test import Client

from consultations.models import Reminder, ReminderPlan
from partnership.models import LogEntry
from tests import factories
from tests.consultations.steps import confirm
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db

FORM = {
    "confirm_on": "on",
    "confirm_hours": "4",
    "week_on": "on",
    "week_days": "7",
    "day_on": "on",
    "day_days": "1",
    "officer_on": "on",
    "officer_at": "18:00",
    "desk_on": "on",
    "desk_at": "07:00",
    "outcome_on": "on",
    "outcome_at": "08:00",
    "gesehen": "1",
}


def page_of(world: World) -> str:
    return f"/arbeitsplatz/verwaltung/partnerschaften/{world.partnership.pk}/erinnerungen/"


def post(client: Client, world: World, **changes: str) -> str:
    response = sign_in(client, world.karl).post(page_of(world), FORM | changes, follow=True)
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("who", "status"), [("bert", 404), ("lea", 404), ("paula", 403), ("dora", 403), ("carl", 403)]
)
def test_the_plan_is_the_coordinators(client: Client, world: World, who: str, status: int) -> None:
    sign_in(client, getattr(world, who))
    assert client.get(page_of(world)).status_code == status
    assert client.post(page_of(world), FORM).status_code == status


def test_strangers_sign_in_first(client: Client, world: World) -> None:
    assert client.get(page_of(world))["Location"] == f"/konto/anmelden/?next={page_of(world)}"


def test_another_partnerships_coordinator_finds_nothing(client: Client, world: World) -> None:
    stranger = factories.make_person()
    factories.make_post(stranger, "coordinator", partnership=factories.make_partnership())
    assert sign_in(client, stranger).get(page_of(world)).status_code == 404


def test_the_page_shows_what_holds_without_a_row(client: Client, world: World) -> None:
    page = sign_in(client, world.karl).get(page_of(world)).content.decode()
    assert 'value="18:00"' in page
    assert not ReminderPlan.objects.exists()


def test_saved_it_holds_for_what_is_not_sent_yet(client: Client, world: World) -> None:
    appointment = confirm(world.hours)
    assert "Gespeichert." in post(client, world, day_days="2", day_text_de="Bitte Ausweis mitbringen.")
    plan = ReminderPlan.objects.get()
    assert (plan.day_days, plan.day_text_de, plan.version) == (2, "Bitte Ausweis mitbringen.", 2)
    due = Reminder.objects.get(kind=Reminder.Kind.DAY).due_at
    assert (appointment.starts_at - due).days in (1, 2)
    assert LogEntry.objects.filter(act="reminders.changed", organisation=world.ihk).exists()


def test_a_preview_shows_the_mails_and_saves_nothing(client: Client, world: World) -> None:
    page = post(client, world, vorgang="vorschau", day_text_en="Please bring your ID.")
    for words in (
        *("Erinnerung an Ihren Termin:", "Reminder of your appointment:", "Not confirmed yet:"),
        *("Please bring your ID.", "Späte Erinnerung, englisch"),
    ):
        assert words in page
    assert not ReminderPlan.objects.exists()


def test_a_preview_needs_no_house(client: Client) -> None:
    partnership = factories.make_partnership()
    karl = factories.make_person()
    factories.make_post(karl, "coordinator", partnership=partnership)
    path = f"/arbeitsplatz/verwaltung/partnerschaften/{partnership.pk}/erinnerungen/"
    page = sign_in(client, karl).post(path, FORM | {"vorgang": "vorschau"})
    assert "Haus der Kammer" in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"week_days": "2", "day_days": "2"}, "muss vor der späten liegen"),
        ({"officer_at": "abends"}, "Schreiben Sie die Uhrzeit so"),
        ({"confirm_hours": "0"}, "ganze Zahl von 1 bis 48"),
    ],
)
def test_what_makes_no_sense_is_said(
    client: Client, world: World, changes: dict[str, str], sentence: str
) -> None:
    assert sentence in post(client, world, **changes)
    assert not ReminderPlan.objects.exists()


def test_two_who_edit_at_once_notice_each_other(client: Client, world: World) -> None:
    post(client, world, week_days="9")
    assert "Inzwischen hat jemand anderes" in post(client, world, week_days="10")
    assert ReminderPlan.objects.get().week_days == 9
