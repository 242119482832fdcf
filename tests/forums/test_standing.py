"""How an event stands for somebody who thinks of coming, in words."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from forums.calendar.standing import Standing, standing_of
from forums.models import Event, Kind
from forums.queries import public_events
from tests.event_factories import make_event, make_part, make_registration
from tests.personas import World

A_DAY = datetime.timedelta(days=1)
State = Event.State


def standing(event: Event) -> Standing:
    return standing_of(public_events(event.partnership).get(pk=event.pk), now=timezone.now())


def in_days(days: int) -> datetime.datetime:
    return timezone.now() + days * A_DAY


def test_free_places_are_good_news(world: World) -> None:
    event = make_event(organiser=world.ihk)
    make_part(event, site=15)
    assert standing(event) == Standing("Plätze frei", "success")


@pytest.mark.parametrize(("left", "words"), [(1, "noch 1 Platz frei"), (3, "noch 3 Plätze frei")])
def test_few_places_are_counted(world: World, left: int, words: str) -> None:
    event = make_event(organiser=world.ihk)
    make_part(event, site=left, is_for_all=True)
    make_part(event, site=80, is_for_all=True)
    assert standing(event) == Standing(words, "warning")


def test_of_parts_to_choose_the_number_of_people_is_not_known(world: World) -> None:
    event = make_event(organiser=world.ihk)
    for _number in range(2):
        make_part(event, site=2)
    assert standing(event).words == "nur noch wenige Plätze"


def test_a_full_event_has_a_waiting_list(world: World) -> None:
    event = make_event(organiser=world.ihk)
    make_registration(event, make_part(event, site=1, is_for_all=True))
    assert standing(event) == Standing("ausgebucht, Warteliste", "warning")


@pytest.mark.parametrize(
    ("site", "online", "words"),
    [
        (0, 90, "vor Ort ausgebucht, online frei"),
        (90, 0, "online ausgebucht, vor Ort frei"),
        (90, 90, "Plätze frei"),
    ],
)
def test_both_ways_are_told_apart(world: World, site: int, online: int, words: str) -> None:
    event = make_event(organiser=world.ihk)
    make_part(event, site=site, online=online, is_for_all=True)
    assert standing(event).words == words


def test_a_full_workshop_is_named_beside_free_places(world: World) -> None:
    event = make_event(organiser=world.ihk)
    talk, workshop = make_part(event, site=80, is_for_all=True), make_part(event, site=1)
    make_registration(event, talk, workshop)
    assert standing(event) == Standing("Plätze frei, einzelne Teile ausgebucht", "success")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": State.CANCELLED}, "abgesagt"),
        ({"state": State.HELD, "starts": -3}, "vorbei"),
        ({"state": State.CLOSED, "starts": -3}, "vorbei"),
        ({"starts": -3}, "vorbei"),
        ({"kind": Kind.EXTERNAL, "provider": "A", "provider_url": "https://a.example/"}, "beim Anbieter"),
        ({"closes": -1}, "Anmeldung geschlossen"),
        ({"opens": 2}, "Anmeldung ab "),
    ],
)
def test_what_stands_before_places(world: World, fields: dict[str, Any], words: str) -> None:
    days = {name: fields.pop(name) for name in ("starts", "opens", "closes") if name in fields}
    if "starts" in days:
        fields["day"] = timezone.localdate() + days["starts"] * A_DAY
    if "opens" in days:
        fields["registration_opens_at"] = in_days(days["opens"])
    if "closes" in days:
        fields["registration_closes_at"] = in_days(days["closes"])
    event = make_event(organiser=world.ihk, **fields)
    make_part(event)
    assert words in standing(event).words


def test_what_has_begun_is_going_on(world: World) -> None:
    hour = datetime.timedelta(hours=1)
    now = timezone.now()
    event = make_event(organiser=world.ihk, starts_at=now - hour, ends_at=now + hour)
    assert standing(event).words == "läuft gerade"
