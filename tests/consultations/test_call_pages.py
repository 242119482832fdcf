"""What needs a call, as the desk sees it: who, why, what to say, who is on it, how it ended."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations import booking
from consultations.expiry import expire_due
from consultations.models import Appointment, PhoneTask, WaitingOffer
from consultations.phone_tasks import ask_for_call, take_call, what_was_seen
from partnership.models import Person, Post
from tests import factories
from tests.consultations.steps import confirm
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db

LIST = "/arbeitsplatz/anrufe/"
Reason = PhoneTask.Reason
State = Appointment.State
MARKER = "Die Hintertür schließt nicht"


@pytest.fixture
def task(world: World) -> PhoneTask:
    return call_for(world)


def call_for(world: World, index: int = 0, **fields: str) -> PhoneTask:
    fields = {"state": State.CANCELLED, "note": MARKER} | fields
    appointment = factories.make_appointment(hours=world.hours, index=index, calendar_sequence=1, **fields)
    return ask_for_call(appointment=appointment, reason=Reason.CANCELLED, why="Wasserschaden")


def page_of(task: PhoneTask) -> str:
    return f"{LIST}{task.pk}/"


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def berta(world: World) -> Person:
    person = factories.make_person(name="Berta Beispiel")
    factories.make_post(person, Post.Role.DESK, organisation=world.ihk)
    return person


def test_strangers_sign_in_first(client: Client, task: PhoneTask) -> None:
    for path in (LIST, page_of(task)):
        assert client.get(path)["Location"] == f"/konto/anmelden/?next={path}"
    for act in ("ich-rufe-an", "doch-nicht"):
        assert client.post(f"{page_of(task)}{act}/").status_code == 302


@pytest.mark.parametrize("who", ["paula", "lea", "karl", "dora", "carl", "alice"])
def test_calls_are_the_desks(client: Client, world: World, task: PhoneTask, who: str) -> None:
    sign_in(client, getattr(world, who))
    assert client.get(LIST).status_code == 403
    assert client.get(page_of(task)).status_code == 403
    for act in ("ich-rufe-an", "doch-nicht"):
        assert client.post(f"{page_of(task)}{act}/").status_code == 403


def test_another_chamber_sees_none_of_them(client: Client, world: World, task: PhoneTask) -> None:
    sign_in(client, world.hanna)
    assert "Tischlerei" not in text(client, LIST)
    assert client.get(page_of(task)).status_code == 404
    assert client.post(page_of(task), {"ergebnis": "reached"}).status_code == 404
    assert client.post(f"{page_of(task)}ich-rufe-an/").status_code == 404


def test_the_list_says_whom_and_why(client: Client, world: World, task: PhoneTask) -> None:
    page = text(sign_in(client, world.bert), LIST)
    for words in ("Tischlerei Muster", "Alice Muster", "tel:03410003000", "abgesagt", "findet nicht statt"):
        assert words in page
    assert "Anrufe (1)" in page
    assert MARKER not in page


def test_the_page_says_what_to_say_and_offers_other_times(
    client: Client, world: World, task: PhoneTask
) -> None:
    page = text(sign_in(client, world.bert), page_of(task))
    assert "Der Grund: Wasserschaden." in page
    assert "Ich kann Ihnen andere Zeiten nennen." in page
    assert (
        f"/arbeitsplatz/termine/neu/?firma=neu&amp;suche=Tischlerei+Muster&amp;zeit={world.hours.pk}" in page
    )
    assert MARKER not in page


def test_who_was_moved_hears_the_new_time_and_place(client: Client, world: World) -> None:
    task = call_for(world, state=State.CONFIRMED)
    page = text(sign_in(client, world.bert), page_of(task))
    assert "eine neue Zeit eingetragen" in page
    assert f"{world.office.name}, {world.office.address}" in page
    assert f"/arbeitsplatz/termine/{task.appointment.reference}/verschieben/?zeit=" in page


def test_an_unconfirmed_booking_is_moved_by_nobody_but_its_firm(client: Client, world: World) -> None:
    page = text(sign_in(client, world.bert), page_of(call_for(world, state=State.UNCONFIRMED)))
    assert "Bitte bestätigen Sie die neue Zeit" in page
    assert "/verschieben/" not in page


@pytest.mark.parametrize(
    ("reason", "fields", "said"),
    [
        (Reason.UNCONFIRMED, {"state": State.UNCONFIRMED}, "Möchten Sie kommen?"),
        (Reason.BOUNCED, {}, "kam nicht an. Stimmt die Adresse?"),
        (Reason.BOUNCED, {"state": State.EXPIRED}, "Ich kann Ihnen neue Zeiten nennen."),
        (Reason.BOUNCED, {"state": State.CANCELLED}, "müssen wir absagen"),
        (Reason.OFFERED, {"state": State.PROPOSED}, "steht auf der Warteliste"),
    ],
)
def test_each_reason_has_its_words(
    client: Client, world: World, reason: PhoneTask.Reason, fields: dict[str, Any], said: str
) -> None:
    appointment = factories.make_appointment(hours=world.hours, note=MARKER, **fields)
    page = text(sign_in(client, world.bert), page_of(ask_for_call(appointment=appointment, reason=reason)))
    assert said in page
    assert "verschoben" not in page
    assert MARKER not in page


def test_a_question_is_answered_from_the_page_of_the_call(client: Client, world: World) -> None:
    appointment = factories.make_appointment(hours=world.hours, state=State.UNCONFIRMED)
    task = ask_for_call(appointment=appointment, reason=Reason.UNCONFIRMED)
    take_call(task_id=task.pk, actor=world.bert)
    act = f"/arbeitsplatz/termine/{appointment.reference}/bestaetigen/"
    assert act in text(sign_in(client, world.bert), page_of(task))
    done = client.post(act, follow=True)
    assert "Der Termin ist bestätigt" in done.content.decode()
    assert "Anrufe (" not in done.content.decode()


def test_an_address_is_corrected(client: Client, world: World) -> None:
    appointment = factories.make_appointment(hours=world.hours)
    task = ask_for_call(appointment=appointment, reason=Reason.BOUNCED)
    take_call(task_id=task.pk, actor=world.bert)
    form = f"/arbeitsplatz/termine/{appointment.reference}/adresse/"
    assert form in text(sign_in(client, world.bert), page_of(task))
    assert "Schreiben Sie die Adresse mit @" in client.post(form, {"email": "neu@"}).content.decode()
    client.post(form, {"email": "neu@firma.example"})
    appointment.refresh_from_db()
    assert appointment.contact_email == "neu@firma.example"


@pytest.mark.parametrize("who", ["paula", "lea"])
def test_police_neither_confirm_nor_correct(client: Client, world: World, who: str) -> None:
    appointment = factories.make_appointment(hours=world.hours, state=State.UNCONFIRMED)
    sign_in(client, getattr(world, who))
    for act in ("bestaetigen", "adresse"):
        path = f"/arbeitsplatz/termine/{appointment.reference}/{act}/"
        assert client.post(path, {"email": "neu@firma.example"}).status_code == 403


def test_who_has_no_number_is_said_so(client: Client, world: World) -> None:
    page = text(sign_in(client, world.bert), page_of(call_for(world, contact_phone="")))
    assert "Keine Nummer beim Termin" in page
    assert "tel:" not in page


def test_i_call_leads_to_what_to_say_and_shows_the_next_who_it_is(
    client: Client, world: World, task: PhoneTask
) -> None:
    assert sign_in(client, world.bert).post(f"{page_of(task)}ich-rufe-an/")["Location"] == page_of(task)
    assert "Erreicht, erledigt" in text(client, page_of(task))
    sign_in(client, berta(world))
    assert "Bert Beispiel ruft gerade an" in text(client, LIST)
    refused = client.post(f"{page_of(task)}ich-rufe-an/")
    assert refused.status_code == 409
    assert "Nehmen Sie den nächsten Anruf" in refused.content.decode()


def test_not_after_all_gives_it_back(client: Client, world: World, task: PhoneTask) -> None:
    take_call(task_id=task.pk, actor=world.bert)
    sign_in(client, world.bert).post(f"{page_of(task)}doch-nicht/")
    assert "Ich rufe an" in text(client, LIST)


def test_reached_is_done_and_stands_below(client: Client, world: World, task: PhoneTask) -> None:
    sign_in(client, world.bert)
    done = client.post(page_of(task), {"ergebnis": "reached", "gesehen": what_was_seen(task)}, follow=True)
    page = " ".join(done.content.decode().split())
    assert "Tischlerei Muster weiß Bescheid" in page
    assert "Jetzt ist niemand anzurufen" in page
    assert "erreicht, " in page
    assert "Bert Beispiel" in page


def test_not_reached_comes_back_at_the_time_given(client: Client, world: World, task: PhoneTask) -> None:
    day = timezone.localdate() + datetime.timedelta(days=1)
    data = {"ergebnis": "not_reached", "gesehen": what_was_seen(task)}
    sign_in(client, world.bert)
    client.post(page_of(task), data | {"again_0": day.isoformat(), "again_1": "08:15"})
    page = text(client, LIST)
    assert "Später wieder" in page
    assert "8:15 Uhr" in page
    assert "Einmal nicht erreicht" in page


def test_a_time_that_is_none_is_named_and_kept(client: Client, world: World, task: PhoneTask) -> None:
    take_call(task_id=task.pk, actor=world.bert)
    data = {"ergebnis": "not_reached", "gesehen": what_was_seen(task), "again_0": "2026-01-05"}
    refused = sign_in(client, world.bert).post(page_of(task), data | {"again_1": "bald"})
    assert "Schreiben Sie die Uhrzeit so" in refused.content.decode()
    assert 'value="2026-01-05"' in refused.content.decode()
    past = client.post(page_of(task), data | {"again_1": "08:00"})
    assert past.status_code == 409
    assert "schon vorbei" in past.content.decode()


@pytest.mark.parametrize("result", ["", "unsinn"])
def test_what_is_no_result_changes_nothing(
    client: Client, world: World, task: PhoneTask, result: str
) -> None:
    assert sign_in(client, world.bert).post(page_of(task), {"ergebnis": result}).status_code == 200
    assert PhoneTask.objects.get().done_at is None


def test_without_calls_the_menu_has_no_entry_and_the_page_says_so(client: Client, world: World) -> None:
    sign_in(client, world.bert)
    assert LIST not in text(client, "/arbeitsplatz/termine/")
    assert "Jetzt ist niemand anzurufen" in text(client, LIST)


def test_as_many_statements_for_one_call_and_for_thirty(client: Client, world: World) -> None:
    call_for(world)
    sign_in(client, world.bert)
    once = statements(client)
    for number in range(30):
        call_for(world, index=number % 4)
    assert statements(client) == once


def statements(client: Client) -> int:
    client.get(LIST)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(LIST).status_code == 200
    return len(captured)


def test_an_offer_is_taken_on_the_telephone(client: Client, world: World) -> None:
    factories.make_waiting(office=world.office, contact_email="", contact_phone="0341 1")
    booking.cancel_by_firm(appointment_id=confirm(world.hours).pk)
    task = PhoneTask.objects.get()
    sign_in(client, world.bert).post(f"{page_of(task)}ich-rufe-an/")
    offer = WaitingOffer.objects.get()
    assert f'action="/arbeitsplatz/warteliste/angebot/{offer.pk}/"' in text(client, page_of(task))
    client.post(f"/arbeitsplatz/warteliste/angebot/{offer.pk}/", {"antwort": "ja"})
    task.refresh_from_db()
    assert (task.appointment.state, task.result) == (State.CONFIRMED, PhoneTask.Result.REACHED)


def test_a_call_that_settled_itself_says_so(client: Client, world: World) -> None:
    factories.make_waiting(office=world.office, contact_email="", contact_phone="0341 1")
    booking.cancel_by_firm(appointment_id=confirm(world.hours).pk)
    expire_due(now=WaitingOffer.objects.get().expires_at)
    assert "ohne Anruf erledigt" in text(sign_in(client, world.bert), LIST)
