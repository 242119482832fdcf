"""The pages of absences and of places without an officer, as everybody who may and may not."""

import datetime
import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from consultations.deputies import put_deputy
from consultations.models import Absence, Appointment, Lane, OfficeHours
from consultations.offers import choice_of
from partnership.models import OutgoingMail, Person
from tests import factories
from tests.consultations.steps import start_of, state_of
from tests.consultations.test_absences import away, lane_of
from tests.personas import World, sign_in
from tests.redirects import address_without_notice

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
ABSENCES = "/arbeitsplatz/abwesenheit/"
TODAY = "/arbeitsplatz/abwesenheit/heute/"
LIST = "/arbeitsplatz/sprechtage/ohne-beamtin/"
MARKER = "Hintertür ohne Schloss"


def solve(hours: OfficeHours) -> str:
    return f"/arbeitsplatz/sprechtage/{hours.pk}/ohne-beamtin/"


def text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def answers(client: Client, world: World, path: str) -> dict[str, int]:
    names = ("alice", "bert", "hanna", "paula", "pia", "lea", "karl", "dora", "carl")
    return {n: sign_in(client, getattr(world, n)).get(path).status_code for n in names}


def days(world: World, **changes: Any) -> dict[str, Any]:
    day = world.hours.day.isoformat()
    return {"first_day": day, "last_day": day, "from_clock": "", "until_clock": "", "gesehen": ""} | changes


def today_hours(world: World, *officers: Person) -> OfficeHours:
    """Of the whole day, so that they are on whenever the test runs."""
    return factories.make_hours(
        office=world.office,
        police=world.police,
        officers=list(officers) or [world.pia],
        day=timezone.localdate(),
        starts=datetime.time(0, 15),
        ends=datetime.time(23, 59),
    )


@pytest.mark.parametrize("path", [ABSENCES, TODAY, LIST])
def test_nobody_is_asked_to_sign_in(client: Client, world: World, path: str) -> None:
    assert client.get(path)["Location"] == f"/konto/anmelden/?next={path}"


def test_absences_are_polices(client: Client, world: World) -> None:
    allowed = [name for name, status in answers(client, world, ABSENCES).items() if status == 200]
    assert allowed == ["paula", "pia", "lea"]


@pytest.mark.parametrize("path", [TODAY, LIST])
def test_desks_and_police_open_what_happens_today(client: Client, world: World, path: str) -> None:
    allowed = [name for name, status in answers(client, world, path).items() if status == 200]
    assert allowed == ["bert", "hanna", "paula", "pia", "lea"]


def test_a_place_is_solved_by_the_host_and_police(client: Client, world: World) -> None:
    away(world)
    found = answers(client, world, solve(world.hours))
    assert [name for name, status in found.items() if status == 200] == ["bert", "paula", "pia", "lea"]
    assert set(found.values()) == {200, 404}


def test_an_absence_opens_to_its_officer_and_the_lead(client: Client, world: World) -> None:
    found = answers(client, world, f"{ABSENCES}{away(world).pk}/")
    assert [name for name, status in found.items() if status == 200] == ["paula", "lea"]
    assert set(found.values()) == {200, 404}


def test_what_an_absence_hits_is_shown_before_it_is_saved(client: Client, world: World) -> None:
    factories.make_appointment(hours=world.hours)
    officer = sign_in(client, world.paula)
    shown = officer.post(ABSENCES, days(world))
    assert shown.status_code == 409
    assert "IHK-Regionalbüro Grimma, 1 Termin gebucht" in text(shown)
    assert not Absence.objects.exists()
    seen = re.search(r'name="gesehen" value="([^"]+)"', shown.content.decode())
    assert seen
    saved = officer.post(ABSENCES, days(world, gesehen=seen[1]))
    assert address_without_notice(saved) == ABSENCES
    assert Absence.objects.get().officer == world.paula
    assert "1 Sprechtag ohne Vertretung" in text(officer.get(ABSENCES))


def test_an_absence_that_hits_nothing_is_saved_at_once(client: Client, world: World) -> None:
    sign_in(client, world.pia).post(ABSENCES, days(world, from_clock="8:00", until_clock="9:30"))
    absence = Absence.objects.get()
    assert absence.ends_at - absence.starts_at == datetime.timedelta(minutes=90)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"last_day": "2020-01-01"}, "Dieser Tag ist schon vorbei"),
        ({"first_day": "2099-01-02", "last_day": "2099-01-01"}, "Der letzte Tag liegt vor dem ersten"),
        ({"from_clock": "12:00", "until_clock": "9:00"}, "Das Ende liegt vor dem Beginn"),
        ({"first_day": ""}, "Geben Sie einen Tag an"),
    ],
)
def test_what_makes_no_sense_says_so(
    client: Client, world: World, change: dict[str, str], words: str
) -> None:
    response = sign_in(client, world.pia).post(ABSENCES, days(world, **change))
    assert words in text(response)
    assert not Absence.objects.exists()


def test_a_lead_enters_anybody_and_an_officer_only_the_own_person(client: Client, world: World) -> None:
    sign_in(client, world.lea).post(ABSENCES, days(world, officer=world.pia.pk))
    assert Absence.objects.get().officer == world.pia
    sign_in(client, world.pia).post(ABSENCES, days(world, officer=world.paula.pk, last_day="2099-01-01"))
    assert not Absence.objects.filter(officer=world.paula).exists()


def test_an_officer_reports_today_with_one_click(client: Client, world: World) -> None:
    hours = today_hours(world)
    officer = sign_in(client, world.pia)
    assert "Heute geplant" in text(officer.get(TODAY))
    response = officer.post(TODAY, {"last_day": timezone.localdate().isoformat()})
    assert address_without_notice(response) == ABSENCES
    assert lane_of(hours).absent == world.pia


def test_the_desk_reports_who_does_not_come_and_is_led_to_where_it_is_solved(
    client: Client, world: World
) -> None:
    hours = today_hours(world)
    desk = sign_in(client, world.bert)
    assert f"{world.pia}: IHK-Regionalbüro Grimma" in text(desk.get(TODAY))
    response = desk.post(TODAY, {"officer": world.pia.pk})
    assert address_without_notice(response) == solve(hours)
    assert Absence.objects.get().kind == Absence.Kind.SUDDEN


def test_another_houses_desk_cannot_report_an_officer_who_is_not_expected_there(
    client: Client, world: World
) -> None:
    today_hours(world)
    page = text(sign_in(client, world.hanna).get(TODAY))
    assert "kein Sprechtag mehr, zu dem jemand erwartet wird" in page
    assert str(world.pia) not in page
    client.post(TODAY, {"officer": world.pia.pk})
    assert not Absence.objects.exists()


def test_the_end_can_be_moved_and_the_absence_taken_back(client: Client, world: World) -> None:
    absence = away(world)
    officer = sign_in(client, world.paula)
    page = f"{ABSENCES}{absence.pk}/"
    last = (world.hours.day + DAY).isoformat()
    assert officer.post(page, {"last_day": last, "until_clock": ""}).status_code == 302
    assert "liegt vor jetzt" in text(officer.post(page, {"last_day": "2020-01-01", "until_clock": ""}))
    assert officer.post(f"{page}zuruecknehmen/").status_code == 302
    assert lane_of(world.hours).officer == world.paula
    assert officer.get(page).status_code == 404


def test_the_page_offers_who_is_free_and_shows_how_to_reach_the_firms(client: Client, world: World) -> None:
    booked = factories.make_appointment(hours=world.hours, note=MARKER, topic="burglary")
    away(world)
    page = text(sign_in(client, world.bert).get(solve(world.hours)))
    for words in (str(world.pia), "an diesem Tag sonst frei", booked.firm_name, booked.contact_phone):
        assert words in page
    assert MARKER not in page
    assert "Einbruchschutz" not in page


def test_a_desk_does_not_read_where_else_a_deputy_is(client: Client, world: World) -> None:
    afternoon = {"starts": datetime.time(14), "ends": datetime.time(16)}
    factories.make_hours(office=world.hwk_office, police=world.police, officers=[world.pia], **afternoon)
    away(world)
    desk = text(sign_in(client, world.bert).get(solve(world.hours)))
    assert "an diesem Tag noch anderswo" in desk
    assert "Leipzig 13:45" not in desk
    assert "an diesem Tag auch: Leipzig 13:45 bis 16:15 Uhr" in text(
        sign_in(client, world.lea).get(solve(world.hours))
    )


def put(client: Client, world: World, deputy: Person) -> HttpResponse:
    return client.post(
        f"/arbeitsplatz/sprechtage/{world.hours.pk}/vertretung/", {"spur": "1", "wer": deputy.pk}
    )


@pytest.mark.parametrize(("name", "is_asked"), [("lea", False), ("pia", False), ("bert", True)])
def test_a_deputy_is_put_by_the_lead_and_asked_by_the_desk(
    client: Client, world: World, name: str, is_asked: bool
) -> None:
    away(world)
    put(sign_in(client, getattr(world, name)), world, world.pia)
    assert lane_of(world.hours).officer == world.pia
    assert (lane_of(world.hours).asked_at is not None) is is_asked


def test_where_the_chamber_needs_no_consent_a_deputy_needs_none(client: Client, world: World) -> None:
    world.ihk.officers_must_agree = False
    world.ihk.save()
    away(world)
    put(sign_in(client, world.bert), world, world.pia)
    assert lane_of(world.hours).asked_at is None


@pytest.mark.parametrize(("name", "status"), [("paula", 403), ("hanna", 404), ("karl", 404), ("carl", 404)])
def test_nobody_else_puts_a_deputy(client: Client, world: World, name: str, status: int) -> None:
    away(world)
    assert put(sign_in(client, getattr(world, name)), world, world.pia).status_code == status


def test_a_deputy_who_is_taken_meanwhile_is_refused_and_the_page_comes_back(
    client: Client, world: World
) -> None:
    away(world)
    factories.make_hours(office=world.hwk_office, police=world.police, officers=[world.pia])
    response = put(sign_in(client, world.lea), world, world.pia)
    assert response.status_code == 409
    assert "nicht frei" in text(response)


@pytest.mark.parametrize(("name", "status"), [("pia", 302), ("bert", 302), ("lea", 302), ("paula", 403)])
def test_a_question_is_answered_by_whom_it_asks_or_taken_back(
    client: Client, world: World, name: str, status: int
) -> None:
    away(world)
    lane = lane_of(world.hours)
    put_deputy(lane_id=lane.pk, deputy=world.pia, actor=world.bert, is_agreed=False)
    path = f"/arbeitsplatz/sprechtage/{world.hours.pk}/vertretung/absagen/"
    assert sign_in(client, getattr(world, name)).post(path, {"spur": "1"}).status_code == status
    assert (lane_of(world.hours).officer is None) is (status == 302)


def test_who_is_asked_finds_it_under_heute_and_agrees(client: Client, world: World) -> None:
    away(world)
    put(sign_in(client, world.bert), world, world.pia)
    officer = sign_in(client, world.pia)
    assert "Sie sind als Vertretung gefragt." in text(officer.get("/arbeitsplatz/heute/"))
    assert "Ich übernehme" in text(officer.get(solve(world.hours)))
    agreed = officer.post(f"/arbeitsplatz/sprechtage/{world.hours.pk}/zustimmen/", follow=True)
    assert "Der Sprechtag findet mit Ihnen statt." in text(agreed)
    assert "Hier fehlt niemand mehr" in text(officer.get(solve(world.hours)))


def fates(world: World, **changes: str) -> dict[str, str]:
    return {"reason": "Fällt aus", **changes}


def test_the_desk_moves_and_cancels_in_one_act(client: Client, world: World) -> None:
    later = factories.make_hours(
        office=world.office, police=world.police, officers=[world.pia], day=world.hours.day + DAY
    )
    moved = factories.make_appointment(hours=world.hours)
    gone = factories.make_appointment(hours=world.hours, index=1)
    away(world)
    to = choice_of(later.pk, start_of(later))
    response = sign_in(client, world.bert).post(
        solve(world.hours), fates(world, **{f"weg_{moved.pk}": to, f"weg_{gone.pk}": "absagen"})
    )
    assert address_without_notice(response) == f"/arbeitsplatz/sprechtage/{world.hours.pk}/"
    assert "1 Termin verschoben. 1 Termin abgesagt." in text(client.get(response["Location"]))
    assert state_of(gone) == Appointment.State.CANCELLED
    kinds = set(OutgoingMail.objects.filter(kind__startswith="booking").values_list("kind", flat=True))
    assert kinds == {"booking_moved", "booking_cancelled"}


def test_a_fate_that_is_missing_keeps_everything_typed(client: Client, world: World) -> None:
    booked = factories.make_appointment(hours=world.hours)
    away(world)
    response = sign_in(client, world.bert).post(solve(world.hours), {"reason": "Wegen Umbau"})
    assert "Wegen Umbau" in text(response)
    assert "Wählen Sie, was mit diesem Termin geschieht." in text(response)
    assert state_of(booked) == Appointment.State.CONFIRMED


@pytest.mark.parametrize("name", ["lea", "pia"])
def test_police_do_not_move_what_firms_have_booked(client: Client, world: World, name: str) -> None:
    away(world)
    assert sign_in(client, getattr(world, name)).post(solve(world.hours), fates(world)).status_code == 403


def test_the_week_the_day_and_the_menu_say_that_somebody_is_missing(client: Client, world: World) -> None:
    factories.make_appointment(hours=world.hours)
    away(world)
    desk = sign_in(client, world.bert)
    year, week, _weekday = world.hours.day.isocalendar()
    shown = text(desk.get(f"/arbeitsplatz/woche/?haus={world.office.pk}&woche={year}-W{week:02d}"))
    assert "Ohne Beamtin/Beamten (1)" in shown
    assert "bestätigt, ohne Beamtin/Beamten" in shown
    assert "3 ohne Beamtin/Beamten" in shown
    assert "Vertretung finden" in text(desk.get(f"/arbeitsplatz/sprechtage/{world.hours.pk}/"))
    lead = text(sign_in(client, world.lea).get("/arbeitsplatz/heute/"))
    assert "Vorgesehen war Paula Beispiel." in lead


def test_with_nobody_missing_the_menu_has_no_entry(client: Client, world: World) -> None:
    assert "Ohne Beamtin/Beamten" not in text(sign_in(client, world.bert).get("/arbeitsplatz/woche/"))


def test_a_lead_reads_who_is_away_and_an_officer_that_it_is_known(client: Client, world: World) -> None:
    away(world)
    path = f"/arbeitsplatz/heute/?tag={world.hours.day.isoformat()}"
    assert "Abwesenheit ansehen" in text(sign_in(client, world.lea).get(path))
    assert "Sie sind als abwesend eingetragen" in text(sign_in(client, world.paula).get(path))


@pytest.mark.parametrize("count", [1, 30])
def test_statements_do_not_grow_with_the_places(
    client: Client, world: World, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        hours = factories.make_hours(
            office=world.office, police=world.police, officers=[], day=world.hours.day + number * DAY
        )
        Lane.objects.create(hours=hours, number=1, absent=world.paula)
    sign_in(client, world.bert)
    with django_assert_num_queries(10):
        client.get(LIST)
