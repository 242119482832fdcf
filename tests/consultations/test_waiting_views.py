"""The pages of the waiting list: joining, one's place, answering, leaving; the desk's, and for whom."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from consultations import booking
from consultations.models import Appointment, Waiting, WaitingOffer
from partnership.models import OutgoingMail
from tests import factories
from tests.consultations.steps import confirm
from tests.consultations.waiting_steps import WANDA, offered, path_in, wait
from tests.personas import World, sign_in

JOIN = "/beratung/warteliste/"
DESK = "/arbeitsplatz/warteliste/"
State = Waiting.State


def given(world: World, **changes: str) -> dict[str, str]:
    return {
        "ort": str(world.office.pk),
        "firm_name": "Werkstatt Wartend",
        "contact_name": "Wanda Wartend",
        "contact_email": WANDA,
        "part_of_day": "any",
        "months": "3",
    } | changes


def last_mail(kind: str) -> OutgoingMail:
    return OutgoingMail.objects.filter(kind=kind).latest("pk")


# joining


def test_the_list_of_times_leads_to_the_waiting_list(client: Client, world: World) -> None:
    for page in ("/beratung/", f"/beratung/haus/{world.office.pk}/"):
        assert f'href="{JOIN}?ort=' in client.get(page).content.decode()


def test_the_house_of_the_link_is_chosen(client: Client, world: World) -> None:
    page = client.get(f"{JOIN}?ort={world.office.pk}").content.decode()
    assert f'<option value="{world.office.pk}" selected>' in page


def test_from_the_form_to_a_place_in_line(client: Client, world: World) -> None:
    answer = client.post(JOIN, given(world, weekdays="0"))
    assert answer["Location"] == f"{JOIN}gesendet/"
    path = path_in(last_mail("waiting_confirm"), "confirm_url")
    client.get(path)
    assert Waiting.objects.get().state == State.UNCONFIRMED  # mail scanners open links
    place = client.post(path)["Location"]
    page = client.get(place).content.decode()
    assert "Sie stehen an 1. Stelle von 1" in page
    assert "Montag" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ort": "0"}, "Wählen Sie das Haus"),
        ({"contact_email": ""}, "Geben Sie Ihre E-Mail-Adresse an"),
        ({"not_after": "2020-01-01"}, "Dieser Tag liegt vor dem frühesten"),
    ],
)
def test_what_is_wrong_is_said(client: Client, world: World, wrong: dict[str, str], sentence: str) -> None:
    assert sentence in client.post(JOIN, given(world, **wrong)).content.decode()
    assert not Waiting.objects.exists()


@pytest.mark.parametrize("page", ["bestaetigen/x/", "platz/x/", "platz/x/abmelden/"])
def test_an_unknown_link_gets_a_page_that_helps(client: Client, world: World, page: str) -> None:
    answer = client.get(JOIN + page)
    assert answer.status_code == 404
    assert "Dieser Link öffnet keinen Platz" in answer.content.decode()


# one's place


@pytest.fixture
def offer(world: World) -> WaitingOffer:
    return offered(world)


def test_an_offer_is_accepted_by_a_post_only(client: Client, offer: WaitingOffer) -> None:
    path = path_in(last_mail("waiting_offer"))
    assert "Annehmen" in client.get(path).content.decode()
    assert Appointment.objects.get(offer=offer).state == Appointment.State.PROPOSED
    answer = client.post(path, {"angebot": offer.pk, "antwort": "ja"})
    assert answer["Location"].startswith("/beratung/termin/")
    assert "Ihr Termin ist bestätigt" in client.get(answer["Location"]).content.decode()


def test_a_declined_offer_stands_in_the_history(client: Client, offer: WaitingOffer) -> None:
    path = path_in(last_mail("waiting_offer"))
    client.post(path, {"angebot": offer.pk, "antwort": "nein"})
    page = client.get(path).content.decode()
    assert "angeboten und abgelehnt" in page
    assert "Sie stehen an 1. Stelle von 1" in page


def test_who_is_too_late_reads_it(client: Client, offer: WaitingOffer) -> None:
    WaitingOffer.objects.update(expires_at=offer.offered_at)
    answer = client.post(path_in(last_mail("waiting_offer")), {"angebot": offer.pk, "antwort": "ja"})
    assert answer.status_code == 409
    assert "Das Angebot galt bis" in answer.content.decode()


def test_somebody_elses_offer_cannot_be_answered(client: Client, world: World, offer: WaitingOffer) -> None:
    wait(world.office, contact_email="otto@wartende.example")
    path = path_in(last_mail("waiting_joined"))
    assert client.post(path, {"angebot": offer.pk, "antwort": "ja"}).status_code == 404


def test_why_one_was_passed_over_is_said(client: Client, world: World) -> None:
    wait(world.office, part_of_day=Waiting.PartOfDay.AFTERNOON)
    booking.cancel_by_firm(appointment_id=confirm(world.hours).pk)
    page = client.get(path_in(last_mail("waiting_joined"))).content.decode()
    assert "anderen angeboten: passt nicht zu den Wünschen" in page


def test_opening_the_way_out_leaves_nothing_and_one_post_does(client: Client, world: World) -> None:
    wait(world.office)
    path = path_in(last_mail("waiting_joined"), "unsubscribe_url")
    client.get(path)
    assert Waiting.objects.get().state == State.WAITING
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Waiting.objects.get().state == State.LEFT


def test_the_pages_name_neither_firm_nor_address(client: Client, offer: WaitingOffer) -> None:
    page = client.get(path_in(last_mail("waiting_offer"))).content.decode()
    assert "Werkstatt Wartend" not in page
    assert WANDA not in page


# the desk


PAGES = ["waiting_lists", "waiting_new", "waiting", "waiting_off"]


def page_of(name: str) -> str:
    keys = [] if name in ("waiting_lists", "waiting_new") else [Waiting.objects.get().pk]
    return reverse(f"appointments:{name}", args=keys)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["bert", "paula", "lea", "karl", "carl", "alice"])
def test_the_list_is_the_desks(
    client: Client, world: World, offer: WaitingOffer, name: str, who: str
) -> None:
    status = sign_in(client, getattr(world, who)).get(page_of(name)).status_code
    assert status == (200 if who == "bert" else 403)


@pytest.mark.parametrize("name", PAGES)
def test_strangers_sign_in_first(client: Client, world: World, offer: WaitingOffer, name: str) -> None:
    assert "/konto/anmelden/" in client.get(page_of(name))["Location"]


@pytest.mark.parametrize("name", ["waiting", "waiting_off"])
def test_another_chambers_entries_do_not_exist(
    client: Client, world: World, offer: WaitingOffer, name: str
) -> None:
    sign_in(client, world.hanna)
    assert client.get(page_of(name)).status_code == 404
    assert client.post(reverse("appointments:waiting_answer", args=[offer.pk])).status_code == 404


def test_the_list_shows_who_waits_and_what_is_offered(
    client: Client, world: World, offer: WaitingOffer
) -> None:
    page = sign_in(client, world.bert).get(DESK).content.decode()
    for words in ("Werkstatt Wartend", "Angebot offen", "einmal gefragt"):
        assert words in page


def test_the_list_says_what_went_to_others_and_why(client: Client, world: World) -> None:
    wait(world.office, part_of_day=Waiting.PartOfDay.AFTERNOON)
    booking.cancel_by_firm(appointment_id=confirm(world.hours).pk)
    page = sign_in(client, world.bert).get(DESK).content.decode()
    assert "anderen angeboten: passt nicht zu den Wünschen" in page


def test_what_nobody_has_confirmed_is_not_listed(client: Client, world: World) -> None:
    factories.make_waiting(office=world.office, state=State.UNCONFIRMED, firm_name="Ungewiss")
    assert "Ungewiss" not in sign_in(client, world.bert).get(DESK).content.decode()


def test_the_desk_enters_a_caller_without_an_address(client: Client, world: World) -> None:
    typed = given(world, contact_email="", contact_phone="0341 1234567")
    answer = sign_in(client, world.bert).post(f"{DESK}neu/", typed)
    assert answer["Location"].startswith(f"{DESK}{Waiting.objects.get().pk}/")


def test_somebody_has_to_be_reachable(client: Client, world: World) -> None:
    answer = sign_in(client, world.bert).post(f"{DESK}neu/", given(world, contact_email=""))
    assert "Fragen Sie nach einer Telefonnummer" in answer.content.decode()


@pytest.mark.parametrize(("says", "state"), [("ja", State.SERVED), ("nein", State.WAITING)])
def test_the_desk_notes_the_answer(
    client: Client, world: World, offer: WaitingOffer, says: str, state: str
) -> None:
    url = reverse("appointments:waiting_answer", args=[offer.pk])
    sign_in(client, world.bert).post(url, {"antwort": says})
    assert Waiting.objects.get().state == state


def test_an_answer_is_a_post(client: Client, world: World, offer: WaitingOffer) -> None:
    url = reverse("appointments:waiting_answer", args=[offer.pk])
    assert sign_in(client, world.bert).get(url).status_code == 405
    assert sign_in(client, world.paula).post(url, {"antwort": "ja"}).status_code == 403


def test_the_desk_takes_somebody_off_with_a_reason(client: Client, world: World) -> None:
    waiting = wait(world.office)
    url = reverse("appointments:waiting_off", args=[waiting.pk])
    assert "Nennen Sie den Grund" in sign_in(client, world.bert).post(url).content.decode()
    client.post(url, {"reason": "Doppelt"})
    assert Waiting.objects.get().end_reason == "Doppelt"


def test_the_week_says_that_a_time_is_offered(client: Client, world: World, offer: WaitingOffer) -> None:
    week = f"{world.hours.day:%G-W%V}"
    url = f"/arbeitsplatz/woche/?haus={world.office.pk}&woche={week}"
    assert "1 angeboten" in sign_in(client, world.bert).get(url).content.decode()


def test_an_offered_time_leads_the_desk_to_where_it_is_answered(
    client: Client, world: World, offer: WaitingOffer
) -> None:
    assert offer.appointment
    url = reverse("appointments:appointment", args=[offer.appointment.reference])
    answer = "Antwort zum Angebot eintragen"
    assert answer in sign_in(client, world.bert).get(url).content.decode()
    assert answer not in sign_in(client, world.paula).get(url).content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_statements_for_one_and_for_thirty(
    client: Client, world: World, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(count):
        factories.make_waiting(office=world.office)
    sign_in(client, world.bert)
    client.get(DESK)
    with django_assert_max_num_queries(18):
        client.get(DESK)
