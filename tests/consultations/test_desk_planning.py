"""From an empty form to times that firms can book: the desk plans, police agree, the public sees it."""

import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from consultations.models import Claim, Language, OfficeHours
from consultations.queries import free_times
from partnership.models import OfficeClosure, OutgoingMail, Post
from tests import factories
from tests.personas import World, sign_in
from tests.redirects import address_without_notice

pytestmark = pytest.mark.django_db
NEW = "/arbeitsplatz/sprechtage/neu/"
State = OfficeHours.State


def a_working_day(world: World) -> datetime.date:
    """A Tuesday after the world's own day, far from holidays that move."""
    day = world.hours.day + datetime.timedelta(days=7)
    while day.weekday() != 1:
        day += datetime.timedelta(days=1)
    return day


@pytest.fixture
def filled(world: World) -> dict[str, Any]:
    officer = Post.objects.get(person=world.pia)
    return {
        "office": world.office.pk,
        "room": world.room.pk,
        "day": a_working_day(world).isoformat(),
        "starts": "09:00",
        "ends": "12:00",
        "repeat": "once",
        "officer": officer.pk,
        "second_officer": "",
        "slot_minutes": "45",
        "gap_minutes": "0",
        "pause_starts": "",
        "pause_ends": "",
        "opens_days": "56",
        "closes_hours": "24",
        "topics": ["burglary", "theft"],
        "languages": [Language.GERMAN],
    }


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    return sign_in(client, world.bert)


def text(response: HttpResponse) -> str:
    return response.content.decode()


def save(desk: Client, filled: dict[str, Any], act: str = "entwurf", **changes: Any) -> HttpResponse:
    """As after a preview whose remarks have been read."""
    data = {**filled, **changes}
    seen = f"{data['day']}/{data['office']}"
    return desk.post(NEW, {**data, "vorgang": act, "gesehen": seen})


def test_from_the_form_to_the_public(desk: Client, world: World, filled: dict[str, Any]) -> None:
    preview = text(desk.post(NEW, {**filled, "vorgang": "vorschau"}))
    assert "4 Zeiten:" in preview
    assert "9:45–10:30" in preview
    response = save(desk, filled, "veroeffentlichen")
    hours = OfficeHours.objects.latest("pk")
    assert address_without_notice(response) == f"/arbeitsplatz/sprechtage/{hours.pk}/"
    assert "Zustimmung ist erbeten" in text(desk.get(response["Location"]))
    assert OutgoingMail.objects.get(kind="hours_to_agree").to_email == world.pia.email

    sign_in(desk, world.pia).post(f"/arbeitsplatz/sprechtage/{hours.pk}/zustimmen/")
    times = free_times(partnership=world.partnership)
    assert [t.hours.pk for t in times].count(hours.pk) == 4


def test_a_preview_saves_nothing(desk: Client, filled: dict[str, Any]) -> None:
    desk.post(NEW, {**filled, "vorgang": "vorschau"})
    assert OfficeHours.objects.count() == 1


def test_a_draft_is_not_public(desk: Client, world: World, filled: dict[str, Any]) -> None:
    save(desk, filled)
    hours = OfficeHours.objects.latest("pk")
    assert hours.state == State.DRAFT
    assert not OutgoingMail.objects.exists()
    assert hours.pk not in [t.hours.pk for t in free_times(partnership=world.partnership)]


def test_an_officer_who_is_taken_is_named_before_anything_is_saved(
    desk: Client, world: World, filled: dict[str, Any]
) -> None:
    paula = Post.objects.get(person=world.paula).pk
    response = save(desk, filled, day=world.hours.day.isoformat(), officer=paula, room="")
    assert response.status_code == 409
    assert "Paula Beispiel ist belegt" in text(response)
    assert OfficeHours.objects.count() == 1


def test_what_others_do_shows_as_taken_only(client: Client, world: World, filled: dict[str, Any]) -> None:
    paula = Post.objects.get(person=world.paula).pk
    changes = {"office": world.hwk_office.pk, "room": "", "officer": paula}
    data = {**filled, **changes, "day": world.hours.day.isoformat(), "vorgang": "vorschau"}
    page = text(sign_in(client, world.hanna).post(NEW, data))
    assert "Paula Beispiel ist belegt" in page
    assert world.office.name not in page


def test_a_closed_house_asks_once_and_then_obeys(desk: Client, world: World, filled: dict[str, Any]) -> None:
    day = datetime.date.fromisoformat(filled["day"])
    OfficeClosure.objects.create(office=world.office, starts=day, ends=day, reason="Betriebsausflug")
    asked = desk.post(NEW, {**filled, "vorgang": "entwurf"})
    assert "Betriebsausflug" in text(asked)
    assert OfficeHours.objects.count() == 1
    save(desk, filled)
    assert OfficeHours.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day": ""}, "Geben Sie einen Tag an."),
        ({"starts": "neun"}, "Schreiben Sie die Uhrzeit so: 9:30."),
        ({"ends": "08:00"}, "Das Ende liegt vor dem Beginn."),
        ({"slot_minutes": "2"}, "Geben Sie eine ganze Zahl von 5 bis 480 an."),
        ({"pause_starts": "10:00"}, "Geben Sie Beginn und Ende der Pause an"),
        ({"pause_starts": "13:00", "pause_ends": "14:00"}, "Die Pause muss zwischen Beginn und Ende"),
        ({"topics": []}, "Wählen Sie mindestens ein Thema."),
        ({"languages": []}, "Wählen Sie mindestens eine Sprache."),
        ({"officer": ""}, "Wählen Sie, wer berät."),
    ],
)
def test_each_fault_is_said_and_nothing_is_lost(
    desk: Client, filled: dict[str, Any], changes: dict[str, Any], sentence: str
) -> None:
    page = text(desk.post(NEW, {**filled, **changes, "vorgang": "entwurf"}))
    assert sentence in page
    assert 'value="56"' in page
    assert OfficeHours.objects.count() == 1


def test_a_room_of_another_house_is_refused(desk: Client, world: World, filled: dict[str, Any]) -> None:
    other = factories.make_room(factories.make_office(world.ihk, name="IHK Borna"), "Saal")
    page = text(desk.post(NEW, {**filled, "room": other.pk, "vorgang": "entwurf"}))
    assert "Dieser Raum ist in IHK Borna." in page


def test_the_same_person_twice_is_refused(desk: Client, filled: dict[str, Any]) -> None:
    page = text(desk.post(NEW, {**filled, "second_officer": filled["officer"], "vorgang": "entwurf"}))
    assert "Wählen Sie zwei verschiedene Personen" in page


def test_another_chambers_house_is_no_choice(desk: Client, world: World, filled: dict[str, Any]) -> None:
    page = desk.post(NEW, {**filled, "office": world.hwk_office.pk, "room": "", "vorgang": "entwurf"})
    assert "office" in page.context["form"].errors
    assert OfficeHours.objects.count() == 1


def test_two_officers_take_two_lanes_and_three_claims(
    desk: Client, world: World, filled: dict[str, Any]
) -> None:
    save(desk, filled, second_officer=Post.objects.get(person=world.paula).pk)
    hours = OfficeHours.objects.latest("pk")
    assert hours.lanes.count() == 2
    assert Claim.objects.filter(hours=hours).count() == 3


def test_another_day_like_this_one_is_half_filled_in(desk: Client, world: World) -> None:
    form = desk.get(f"{NEW}?wie={world.hours.pk}").context["form"]
    assert form["office"].value() == world.office.pk
    assert form["room"].value() == world.room.pk
    assert not form["day"].value()


def test_where_police_need_not_agree_a_day_is_public_at_once(
    desk: Client, world: World, filled: dict[str, Any]
) -> None:
    world.ihk.officers_must_agree = False
    world.ihk.save()
    save(desk, filled, "veroeffentlichen")
    assert OfficeHours.objects.latest("pk").state == State.PUBLIC
