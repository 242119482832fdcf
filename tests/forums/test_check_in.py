"""A ticket's QR code opens a page: who it is, where to now, and what to do if that is not clear."""

import datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from forums.models import Attendance, Event, Mode, PartBooking, Registration
from partnership.models import LogEntry
from tests.event_factories import make_booking, make_event, make_part, make_registration
from tests.forums.door_steps import DAY, Day, clock, make_day, make_ute, set_clock, ticket_url
from tests.personas import World, sign_in

State = PartBooking.State


@pytest.fixture
def day(world: World, monkeypatch: pytest.MonkeyPatch) -> Day:
    set_clock(monkeypatch, 8, 55)
    return make_day(world)


def text(response: HttpResponse) -> str:
    return response.content.decode()


def opened(client: Client, registration: Registration) -> str:
    return text(client.get(ticket_url(registration)))


def admit(client: Client, registration: Registration, half: str = "am") -> HttpResponse:
    return client.post(ticket_url(registration), {"halbtag": f"{DAY}-{half}"}, follow=True)


def test_a_police_partner_sees_who_it_is_and_admits_with_one_tap(
    client: Client, world: World, day: Day
) -> None:
    ute = make_ute(day, day.talk, day.locks)
    page = opened(sign_in(client, world.paula), ute)
    for words in ("Ute Quendel", "Dachdeckerei Übersee", "heute Vormittag", "Vortrag", "Ticket gültig"):
        assert words in page
    assert "Schlösser" not in page
    assert "Eingelassen" in text(admit(client, ute))
    noted = Attendance.objects.get()
    assert (noted.booking.part, noted.way, noted.noted_by) == (day.talk, "qr", world.paula)


def test_police_see_nothing_but_name_firm_and_parts(client: Client, world: World, day: Day) -> None:
    ute = make_ute(day, day.talk, email="ute@quendel.example", phone="0341 12345")
    page = opened(sign_in(client, world.paula), ute)
    assert "ute@quendel.example" not in page
    assert "0341 12345" not in page
    assert client.get(f"/arbeitsplatz/foren/{day.event.reference}/teilnehmende/").status_code in (403, 404)


def test_a_second_tap_of_the_same_hand_is_no_second_visitor(client: Client, world: World, day: Day) -> None:
    ute = make_ute(day, day.talk)
    admit(sign_in(client, world.bert), ute)
    assert "Eingelassen" in text(admit(client, ute))
    assert Attendance.objects.count() == 1


def test_who_is_already_there(client: Client, world: World, day: Day) -> None:
    ute = make_ute(day, day.talk)
    admit(sign_in(client, world.bert), ute)
    page = opened(sign_in(client, world.karl), ute)
    assert "Ist schon da" in page
    assert "da seit 8:55 Uhr" in page
    assert "Eingelassen" not in text(admit(client, ute))
    assert Attendance.objects.count() == 1


def test_who_comes_early_is_admitted_for_the_afternoon(client: Client, world: World, day: Day) -> None:
    page = opened(sign_in(client, world.bert), make_ute(day, day.locks))
    assert "heute Nachmittag" in page
    assert f'value="{DAY}-pm"' in page


def test_a_part_that_runs_past_noon_is_still_the_mornings(
    client: Client, world: World, day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    day.talk.ends_at = clock(12, 30)
    day.talk.save()
    set_clock(monkeypatch, 12, 10)
    assert f'value="{DAY}-am"' in opened(sign_in(client, world.bert), make_ute(day, day.talk))


def test_taking_it_back_is_logged(client: Client, world: World, day: Day) -> None:
    ute = make_ute(day, day.talk)
    admit(sign_in(client, world.bert), ute)
    client.post(ticket_url(ute, "zurueck/"), {"halbtag": f"{DAY}-am"})
    assert not Attendance.objects.exists()
    assert LogEntry.objects.filter(act="attendance.undone", actor=world.bert).exists()


# what is not clear


def test_cancelled(client: Client, world: World, day: Day) -> None:
    page = opened(sign_in(client, world.bert), make_ute(day, day.talk, state="cancelled"))
    assert "Abgemeldet" in page
    assert "ohne-anmeldung" in page
    assert "Einlassen<" not in page


def test_a_day_without_a_part_of_theirs(
    client: Client, world: World, day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    ute = make_ute(day, day.talk)
    set_clock(monkeypatch, 9, days=-1)
    page = opened(sign_in(client, world.bert), ute)
    assert "Nicht heute" in page
    assert "sondern: Dienstag, 24. November 2026" in page
    assert admit(client, ute).status_code == 409


def test_an_event_that_was_called_off(client: Client, world: World, day: Day) -> None:
    ute = make_ute(day, day.talk)
    Event.objects.update(state=Event.State.CANCELLED, cancelled_at=timezone.now())
    assert "Die Veranstaltung ist abgesagt" in opened(sign_in(client, world.bert), ute)


def test_another_event_than_the_door_one_stands_at(client: Client, world: World, day: Day) -> None:
    other = make_event(organiser=world.ihk, day=DAY, title="Anderes Forum")
    stranger = make_registration(other, make_part(other))
    session = sign_in(client, world.bert).session
    session["door"] = [day.event.reference, DAY.isoformat()]
    session.save()
    page = opened(client, stranger)
    assert "Dieses Ticket gilt für „Anderes Forum“" in page
    assert "Einlassen<" not in page
    session["door"] = [day.event.reference, (DAY - datetime.timedelta(days=1)).isoformat()]
    session.save()
    assert "Ticket gültig" in opened(client, stranger)


def test_who_waits_gets_the_place_that_is_free(client: Client, world: World, day: Day) -> None:
    ute = make_ute(day)
    make_booking(ute, day.locks, state=State.WAITLISTED)
    page = opened(sign_in(client, world.paula), ute)
    assert "Wartet noch auf einen Platz" in page
    assert "Platz geben und einlassen" in page
    client.post(ticket_url(ute, "platz/"), {"teil": day.locks.pk})
    booking = ute.bookings.get()
    assert (booking.state, booking.beyond_reason) == (State.CONFIRMED, "")
    assert LogEntry.objects.filter(act="registration.let_in", actor=world.paula).exists()


def test_beyond_the_places_only_with_a_reason(client: Client, world: World, day: Day) -> None:
    make_registration(day.event, day.locks)
    ute = make_ute(day)
    make_booking(ute, day.locks, state=State.WAITLISTED)
    page = text(sign_in(client, world.bert).post(ticket_url(ute, "platz/"), {"teil": day.locks.pk}))
    assert "Nennen Sie den Grund" in page
    assert ute.bookings.get().state == State.WAITLISTED
    client.post(ticket_url(ute, "platz/"), {"teil": day.locks.pk, "reason": "Zwei fehlen"})
    booking = ute.bookings.get()
    assert (booking.state, booking.beyond_reason, booking.beyond_by) == (
        State.CONFIRMED,
        "Zwei fehlen",
        world.bert,
    )


def test_an_offered_place_is_taken_up(client: Client, world: World, day: Day) -> None:
    ute = make_ute(day)
    make_booking(ute, day.locks, state=State.OFFERED)
    sign_in(client, world.bert).post(ticket_url(ute, "platz/"), {"teil": day.locks.pk})
    assert ute.bookings.get().state == State.CONFIRMED


def test_who_takes_part_online_can_be_let_in_on_site(client: Client, world: World, day: Day) -> None:
    day.talk.places.create(mode=Mode.ONLINE, capacity=5)
    ute = make_ute(day, day.talk, mode=Mode.ONLINE)
    page = opened(sign_in(client, world.bert), ute)
    assert "Nimmt online teil" in page
    client.post(ticket_url(ute, "platz/"), {"teil": day.talk.pk})
    assert ute.bookings.get().mode == Mode.SITE
    assert Attendance.objects.get().booking == ute.bookings.get()


def test_one_workshop_of_a_choice_at_the_door_too(client: Client, world: World, day: Day) -> None:
    ute = make_ute(day, day.locks)
    assert "Türen" not in opened(sign_in(client, world.bert), ute)
    client.post(ticket_url(ute, "platz/"), {"teil": day.doors.pk})
    assert ute.bookings.get().part == day.locks


# who


def test_a_stranger_signs_in_and_comes_back(client: Client, day: Day) -> None:
    url = ticket_url(make_ute(day, day.talk))
    assert client.get(url)["Location"] == f"/konto/anmelden/?next={url}"


def test_the_holder_learns_nothing_from_it(client: Client, world: World, day: Day) -> None:
    ute = make_ute(day, day.talk)
    page = opened(sign_in(client, world.carl), ute)
    assert "Dieser Code ist für den Einlass" in page
    assert "Quendel" not in page
    assert text(client.get("/arbeitsplatz/foren/einlass/K7M2PQR4ST/")).count("Code ist für den") == 1
    assert "Eingelassen" not in text(admit(client, ute))
    assert not Attendance.objects.exists()


def test_another_chamber_learns_no_more_than_of_a_ticket_that_there_is_not(
    client: Client, world: World, day: Day
) -> None:
    ute = make_ute(day, day.talk)
    sign_in(client, world.hanna)
    answers = [client.get(ticket_url(ute)), client.get("/arbeitsplatz/foren/einlass/K7M2PQR4ST/")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert "Kein Ticket für Ihren Einlass" in text(answers[0])
    assert "Quendel" not in text(answers[0])
    for act in ("", "platz/", "zurueck/"):
        assert client.post(ticket_url(ute, act), {"halbtag": f"{DAY}-am"}).status_code == 404
    assert not Attendance.objects.exists()


def test_coordinators_work_at_the_door(client: Client, world: World, day: Day) -> None:
    assert "Ticket gültig" in opened(sign_in(client, world.karl), make_ute(day, day.talk))
