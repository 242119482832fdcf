"""The page at the door: numbers, the list by name, who comes without registration, paper."""

from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forums.door import paper
from forums.door.door_list import by_surname, search_guests
from forums.models import Attendance, Mode, PartBooking, Registration, Visibility
from partnership.models import LogEntry
from tests.event_factories import make_event, make_part, make_registration
from tests.forums.door_steps import DAY, Day, make_day, make_ute, set_clock, ticket_url
from tests.pdf_ua import faults_of_pdf
from tests.personas import World, sign_in
from tests.redirects import address_without_notice

MORNING, AFTERNOON = f"{DAY}-am", f"{DAY}-pm"


@pytest.fixture
def day(world: World, monkeypatch: pytest.MonkeyPatch) -> Day:
    set_clock(monkeypatch, 8, 55)
    return make_day(world)


def text(response: HttpResponse) -> str:
    return response.content.decode()


def type_number(client: Client, day: Day, number: str) -> HttpResponse:
    return client.post(day.url, {"nummer": number})


# by number


@pytest.mark.parametrize(
    "typed",
    [
        "K7M2PQR4ST",
        "k7m 2pq r4st",
        "K7M-2P0-R4ST",
        "k7m 2po r4st",
        "https://portal.example/arbeitsplatz/foren/einlass/K7M2PQR4ST/",
    ],
)
def test_a_number_as_people_type_it(client: Client, world: World, day: Day, typed: str) -> None:
    ute = make_ute(day, day.talk, ticket="K7M2PQR4ST")
    answer = type_number(sign_in(client, world.paula), day, typed)
    assert answer["Location"] == f"{day.url}?eben={ute.reference}&halbtag={MORNING}"
    assert Attendance.objects.get().way == "number"
    page = text(client.get(answer["Location"]))
    assert "<strong>Ute Quendel</strong>, Dachdeckerei Übersee: Vortrag" in page
    assert "autofocus" in page


def test_a_number_sent_twice_is_one_and_later_somebody_is_there(
    client: Client, world: World, day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    ute = make_ute(day, day.talk)
    sign_in(client, world.bert)
    assert [type_number(client, day, ute.ticket)["Location"] for _time in range(2)] == [
        f"{day.url}?eben={ute.reference}&halbtag={MORNING}"
    ] * 2
    assert Attendance.objects.count() == 1
    set_clock(monkeypatch, 9, 5)
    assert type_number(client, day, ute.ticket)["Location"] == ticket_url(ute)


def test_a_number_that_fits_two_is_nobodys(client: Client, world: World, day: Day) -> None:
    make_ute(day, day.talk, ticket="K7M2PQR4ST")
    make_ute(day, day.talk, ticket="K7M2PDR4ST")
    assert "gibt es kein Ticket" in text(type_number(sign_in(client, world.bert), day, "K7M2P0R4ST"))


@pytest.mark.parametrize("typed", ["", "K7M", "K7M2PQR4S2", "x" * 400])
def test_an_unknown_number_stays_and_says_what_to_do(
    client: Client, world: World, day: Day, typed: str
) -> None:
    answer = type_number(sign_in(client, world.bert), day, typed)
    assert answer.status_code == 200
    assert "Bitte prüfen" in text(answer)
    assert not Attendance.objects.exists()


def test_what_is_not_clear_leads_to_the_tickets_page(client: Client, world: World, day: Day) -> None:
    ute = make_ute(day, day.talk, booking_state=PartBooking.State.WAITLISTED)
    assert type_number(sign_in(client, world.bert), day, ute.ticket)["Location"] == ticket_url(ute)


def test_a_number_of_another_event_says_of_which(client: Client, world: World, day: Day) -> None:
    other = make_event(organiser=world.ihk, day=DAY, title="Anderes Forum")
    stranger = make_registration(other, make_part(other))
    sign_in(client, world.bert).get(day.url)
    answer = client.post(day.url, {"nummer": stranger.ticket}, follow=True)
    assert "Dieses Ticket gilt für „Anderes Forum“" in text(answer)
    assert not Attendance.objects.exists()


# by list


def tap(client: Client, day: Day, registration: Registration, act: str = "da/", **query: Any) -> HttpResponse:
    given = {"anmeldung": registration.reference, "halbtag": query.pop("halbtag", MORNING)}
    return client.post(f"{day.url}{act}", given, query_params=query)


def test_one_tap_each_and_back_to_the_row(client: Client, world: World, day: Day) -> None:
    ute = make_ute(day, day.talk)
    answer = tap(sign_in(client, world.paula), day, ute, suche="quendel")
    assert address_without_notice(answer) == f"{day.url}?suche=quendel#{ute.reference}"
    tap(client, day, ute, suche="quendel")
    assert [row.way for row in Attendance.objects.all()] == ["list"]


def test_taking_back_from_the_list_is_logged(client: Client, world: World, day: Day) -> None:
    ute = make_ute(day, day.talk)
    tap(sign_in(client, world.bert), day, ute)
    tap(client, day, ute, "zurueck/")
    assert not Attendance.objects.exists()
    assert LogEntry.objects.filter(act="attendance.undone").count() == 1


def test_a_list_of_one_part_notes_that_part_alone(client: Client, world: World, day: Day) -> None:
    make_part(day.event, title="Rundgang", starts_at=day.talk.starts_at, ends_at=day.talk.ends_at)
    ute = make_ute(day, *day.event.parts.filter(title__in=["Vortrag", "Rundgang"]))
    tap(sign_in(client, world.bert), day, ute, teil=day.talk.pk)
    assert [row.booking.part for row in Attendance.objects.all()] == [day.talk]


def test_who_is_expected_and_who_is_there(client: Client, world: World, day: Day) -> None:
    ute, _other = make_ute(day, day.talk), make_registration(day.event, day.talk)
    make_registration(day.event, day.talk, name="Warte Nur", booking_state=PartBooking.State.WAITLISTED)
    make_registration(day.event, day.talk, name="Doch Nicht", state="cancelled")
    tap(sign_in(client, world.bert), day, ute)
    page = text(client.get(day.url))
    assert "<strong>1</strong> von 2 Personen sind da" in page
    assert "Doch Nicht" not in page
    assert page.index("Warten noch auf einen Platz") < page.index("Warte Nur")


def test_half_days_and_parts_are_chosen(client: Client, world: World, day: Day) -> None:
    make_registration(day.event, day.locks, name="Lore Schloss")
    make_registration(day.event, day.doors, name="Theo Tür")
    make_ute(day, day.talk)
    page = text(sign_in(client, world.bert).get(day.url, {"halbtag": AFTERNOON}))
    assert "Lore Schloss" in page
    assert "Ute Quendel" not in page
    page = text(client.get(day.url, {"halbtag": AFTERNOON, "teil": day.doors.pk}))
    assert "Lore Schloss" not in page
    assert "Theo Tür" in page


def test_who_is_online_stands_in_a_list_of_its_own(client: Client, world: World, day: Day) -> None:
    day.talk.places.create(mode=Mode.ONLINE, capacity=5)
    day.event.is_online = True
    day.event.save()
    ute = make_ute(day, day.talk, mode=Mode.ONLINE)
    assert "Ute Quendel" not in text(sign_in(client, world.bert).get(day.url))
    assert "Ute Quendel" in text(client.get(day.url, {"teilnahme": "online"}))
    tap(client, day, ute)
    assert Attendance.objects.count() == 1


def test_by_surname_and_found_without_accents() -> None:
    names = ["Zoe Ahrens", "Ömer Öztürk", "Uwe Otto", "Anna Oß"]
    assert sorted(names, key=by_surname) == ["Zoe Ahrens", "Anna Oß", "Uwe Otto", "Ömer Öztürk"]


def test_the_search_finds_names_and_firms(client: Client, world: World, day: Day) -> None:
    make_ute(day, day.talk)
    make_registration(day.event, day.talk, name="Karl Kümmel")
    sign_in(client, world.bert)
    for typed in ("ubersee", "QUENDEL ute", "dachd quend"):
        page = text(client.get(day.url, {"suche": typed}))
        assert "Ute Quendel" in page
        assert "Karl Kümmel" not in page
    assert "Niemand mit diesem Namen" in text(client.get(day.url, {"suche": "xyz"}))
    assert search_guests([], "x") == []


def test_the_page_takes_as_many_statements_for_thirty(client: Client, world: World, day: Day) -> None:
    make_ute(day, day.talk)
    sign_in(client, world.bert).get(day.url)
    with CaptureQueriesContext(connection) as one:
        client.get(day.url)
    day.talk.places.update(capacity=100)
    for number in range(30):
        make_registration(day.event, day.talk, name=f"Person {number}")
    with CaptureQueriesContext(connection) as many:
        client.get(day.url)
    assert len(many) == len(one)


# without registration


def walk_in(client: Client, day: Day, **given: Any) -> HttpResponse:
    return client.post(f"{day.url}ohne-anmeldung/", {"name": "Rita Raps", "role": "public"} | given)


def test_who_comes_without_registration_is_taken_in_and_there(client: Client, world: World, day: Day) -> None:
    answer = walk_in(sign_in(client, world.paula), day, parts=[day.locks.pk])
    rita = Registration.objects.get(is_walk_in=True)
    assert answer["Location"] == f"{day.url}?eben={rita.reference}&halbtag={MORNING}"
    assert {booking.part for booking in rita.bookings.all()} == {day.talk, day.locks}
    assert (rita.state, rita.entered_by, len(rita.ticket)) == ("confirmed", world.paula, 10)
    noted = Attendance.objects.get()
    assert (noted.booking.part, noted.way) == (day.talk, "walk_in")
    assert LogEntry.objects.filter(act="registration.walked_in", actor=world.paula).exists()


def test_a_form_sent_twice_is_one_person(client: Client, world: World, day: Day) -> None:
    sign_in(client, world.bert)
    answers = [walk_in(client, day, parts=[day.locks.pk])["Location"] for _time in range(2)]
    assert answers[0] == answers[1]
    assert Registration.objects.filter(is_walk_in=True).count() == 1


def test_a_full_part_asks_for_a_reason_and_keeps_what_was_typed(
    client: Client, world: World, day: Day
) -> None:
    make_registration(day.event, day.locks)
    answer = walk_in(sign_in(client, world.bert), day, parts=[day.locks.pk])
    assert answer.status_code == 409
    assert "„Schlösser“ ist voll" in text(answer)
    assert 'value="Rita Raps"' in text(answer)
    assert not Registration.objects.filter(is_walk_in=True).exists()
    walk_in(client, day, parts=[day.locks.pk], reason="Zwei fehlen")
    booking = PartBooking.objects.get(part=day.locks, registration__is_walk_in=True)
    assert (booking.beyond_reason, booking.beyond_by) == ("Zwei fehlen", world.bert)


def test_two_workshops_at_once_are_refused(client: Client, world: World, day: Day) -> None:
    answer = walk_in(sign_in(client, world.bert), day, parts=[day.locks.pk, day.doors.pk])
    assert answer.status_code == 409
    assert "gehen nicht zusammen" in text(answer)


# paper


def test_badges_and_list_are_accessible_pdfs(client: Client, world: World, day: Day) -> None:
    make_ute(day, day.talk)
    make_registration(day.event, day.talk, name="Dr. Maximiliane-Theodora von und zu Hohenstein-Wolkenburg")
    sign_in(client, world.bert)
    for name in ("namensschilder.pdf", "liste.pdf", f"liste.pdf?teil={day.talk.pk}"):
        answer = client.get(f"{day.url}{name}")
        assert answer["Content-Type"] == "application/pdf"
        assert faults_of_pdf(answer.content) == []


def test_the_list_on_paper_names_who_has_a_place(world: World, day: Day) -> None:
    make_ute(day, day.talk, ticket="K7M2PQR4ST")
    make_registration(day.event, day.talk, name="Warte Nur", booking_state=PartBooking.State.WAITLISTED)
    page = render_to_string("pdf/door_list.html", paper.lay_out_door_list(day.event, [day.talk]))
    assert "K7M 2PQ R4ST" in page
    assert "Eine Person wird erwartet" in page
    assert "Warte Nur" not in page


# who


def test_who_works_at_the_door(client: Client, world: World, day: Day) -> None:
    assert client.get(day.url)["Location"].startswith("/konto/anmelden/")
    ute = make_ute(day, day.talk)
    pages = ["", "ohne-anmeldung/", "liste.pdf", "namensschilder.pdf"]
    for who, status in (("bert", 200), ("paula", 200), ("lea", 200), ("karl", 200), ("hanna", 404)):
        sign_in(client, getattr(world, who))
        assert [client.get(day.url + page).status_code for page in pages] == [status] * 4, who
    for who in ("hanna", "dora", "carl", "alice"):
        sign_in(client, getattr(world, who))
        assert client.get(day.url).status_code == 404, who
        assert [tap(client, day, ute, act).status_code for act in ("da/", "zurueck/")] == [404, 404], who
        assert walk_in(client, day).status_code == 404, who
    assert not Attendance.objects.exists()


def test_police_that_do_not_run_it_along_do_not_stand_there(client: Client, world: World, day: Day) -> None:
    day.event.partners.clear()
    assert sign_in(client, world.paula).get(day.url).status_code == 404
    day.event.visibility = Visibility.INVITED
    day.event.save()
    assert client.get(day.url).status_code == 404
