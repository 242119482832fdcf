"""The pages of erasure: the person's own, and the list of those who decide."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations.models import Appointment
from partnership.erasing import ask_for_erasure
from partnership.models import ErasurePart, ErasureRequest, ErasureState, OutgoingMail, Person
from tests import factories
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
LIST = "/arbeitsplatz/loeschbegehren/"
OWN = "/konto/loeschen/"


@pytest.fixture
def request_of_alice(world: World) -> ErasureRequest:
    hours = factories.make_hours(
        office=world.office,
        police=world.police,
        officers=[world.pia],
        day=timezone.localdate() - datetime.timedelta(days=7),
    )
    factories.make_appointment(
        hours=hours, state=Appointment.State.ATTENDED, person=world.alice, note="Neue Tore"
    )
    return ask_for_erasure(person=world.alice, partnership=world.partnership)


def chambers_part(request: ErasureRequest) -> ErasurePart:
    return request.parts.get(organisation__isnull=False)


def test_nobody_signs_in_first(client: Client, world: World) -> None:
    for path in (OWN, f"{OWN}zuruecknehmen/", LIST, f"{LIST}1/", f"{LIST}1/loeschen/", f"{LIST}1/ablehnen/"):
        assert "/konto/anmelden/" in client.post(path)["Location"], path


def test_asking_and_taking_it_back(client: Client, world: World) -> None:
    sign_in(client, world.alice)
    page = client.post(OWN, {"reason": "Betrieb aufgegeben"}, follow=True).content.decode()
    assert "Ihr Antrag ist gestellt." in page
    assert ErasureRequest.objects.get().reason == "Betrieb aufgegeben"
    page = client.post(f"{OWN}zuruecknehmen/", follow=True).content.decode()
    assert "Ihr Antrag ist zurückgenommen." in page
    assert ErasureRequest.objects.get().state == ErasureState.WITHDRAWN


def test_the_page_offers_to_cancel_what_comes(client: Client, world: World) -> None:
    coming = factories.make_appointment(hours=world.hours, person=world.alice)
    page = sign_in(client, world.alice).get(OWN).content.decode()
    assert f"/konto/termine/{coming.reference}/absagen/" in page
    client.post(OWN, {"gives_up_coming": "on"})
    coming.refresh_from_db()
    assert coming.state == Appointment.State.CANCELLED


def test_asking_twice_is_answered_politely(
    client: Client, world: World, request_of_alice: ErasureRequest
) -> None:
    page = sign_in(client, world.alice).post(OWN)
    assert page.status_code == 409
    assert "schon beantragt" in page.content.decode()


def test_staff_are_sent_to_the_coordination(client: Client, world: World) -> None:
    assert "Solange Sie hier eine Funktion haben" in sign_in(client, world.bert).get(OWN).content.decode()


def test_there_is_nothing_to_take_back(client: Client, world: World, request_of_alice: object) -> None:
    assert sign_in(client, world.carl).post(f"{OWN}zuruecknehmen/").status_code == 404


@pytest.mark.parametrize("who", ["paula", "dora", "alice", "carl"])
def test_who_decides_nothing_may_not_look(
    client: Client, world: World, request_of_alice: ErasureRequest, who: str
) -> None:
    sign_in(client, getattr(world, who))
    part = chambers_part(request_of_alice)
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{part.pk}/").status_code == 403
    assert client.post(f"{LIST}{part.pk}/loeschen/").status_code == 403


@pytest.mark.parametrize("who", ["hanna", "karl"])
def test_another_controllers_part_does_not_exist(
    client: Client, world: World, request_of_alice: ErasureRequest, who: str
) -> None:
    sign_in(client, getattr(world, who))
    page = f"{LIST}{chambers_part(request_of_alice).pk}/"
    assert client.get(page).status_code == 404
    assert client.post(f"{page}loeschen/").status_code == 404
    assert client.post(f"{page}ablehnen/", {"answer": "Nein, weil."}).status_code == 404


def test_the_desk_sees_times_and_never_what_was_confided(
    client: Client, world: World, request_of_alice: ErasureRequest
) -> None:
    sign_in(client, world.bert)
    assert "1 offenes Begehren" in client.get(LIST).content.decode()
    page = client.get(f"{LIST}{chambers_part(request_of_alice).pk}/").content.decode()
    assert "wahrgenommen" in page
    assert "Neue Tore" not in page


def test_the_desk_is_asked_before_it_erases(
    client: Client, world: World, request_of_alice: ErasureRequest
) -> None:
    sign_in(client, world.bert)
    page = f"{LIST}{chambers_part(request_of_alice).pk}/"
    assert "nicht rückgängig" in client.get(f"{page}loeschen/").content.decode()
    done = client.post(f"{page}loeschen/", follow=True)
    assert "Gelöscht. Die Person erfährt es per E-Mail." in done.content.decode()
    assert client.post(f"{page}loeschen/").status_code == 409


def test_a_refusal_needs_a_reason(client: Client, world: World, request_of_alice: ErasureRequest) -> None:
    sign_in(client, world.bert)
    page = f"{LIST}{chambers_part(request_of_alice).pk}/ablehnen/"
    assert "Begründen Sie die Ablehnung." in client.post(page).content.decode()
    client.post(page, {"answer": "Es läuft ein Verfahren."})
    assert OutgoingMail.objects.get(kind="erasure_refused").to_email == world.alice.email


def test_the_coordination_erases_the_account_last(
    client: Client, world: World, request_of_alice: ErasureRequest
) -> None:
    sign_in(client, world.karl)
    page = f"{LIST}{request_of_alice.parts.get(partnership__isnull=False).pk}/"
    assert "sobald auch diese entschieden haben: IHK" in client.get(page).content.decode()
    client.post(f"{page}loeschen/")
    sign_in(client, world.bert)
    client.post(f"{LIST}{chambers_part(request_of_alice).pk}/loeschen/")
    assert not Person.objects.filter(pk=world.alice.pk).exists()
    assert "gelöschte Person" in client.get(LIST).content.decode()
    assert client.get(f"{LIST}{chambers_part(request_of_alice).pk}/").status_code == 200


@pytest.mark.parametrize(("days", "words"), [(0, "noch 3"), (26, "noch"), (40, "überfällig")])
def test_what_is_due_is_said_in_words(
    client: Client, world: World, request_of_alice: ErasureRequest, days: int, words: str
) -> None:
    asked_at = timezone.now() - datetime.timedelta(days=days)
    ErasureRequest.objects.update(asked_at=asked_at)
    assert words in sign_in(client, world.bert).get(LIST).content.decode()


def queries_for(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(LIST).status_code == 200
    return len(captured)


def test_thirty_cost_what_one_costs(client: Client, world: World, request_of_alice: object) -> None:
    sign_in(client, world.karl).get(LIST)
    few = queries_for(client)
    for _number in range(30):
        ask_for_erasure(person=factories.make_person(), partnership=world.partnership)
    assert queries_for(client) == few
