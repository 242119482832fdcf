"""What a planned day would be, and what stands against it."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from consultations.claims import claim_time
from consultations.models import Claim
from consultations.preview import Preview, preview_plan
from partnership.models import Office, OfficeClosure, Person
from partnership.rules import posts_of
from tests.consultations.test_office_hours import make_plan
from tests.personas import World

AN_ORDINARY_DAY = datetime.date(2026, 3, 3)
BUSS_UND_BETTAG = datetime.date(2026, 11, 18)
LONG_BEFORE = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def preview(
    world: World, *, by: Person | None = None, now: datetime.datetime = LONG_BEFORE, **changes: Any
) -> Preview:
    plan = make_plan(world, **changes)
    return preview_plan(plan, posts=posts_of(by or world.bert), now=now)


def sentences(found: Preview) -> list[str]:
    return [objection.sentence for objection in found.objections]


def test_a_day_that_nothing_stands_against(world: World) -> None:
    found = preview(world, day=AN_ORDINARY_DAY)
    assert len(found.slots) == 4
    assert found.objections == []
    assert found.can_be_saved


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (BUSS_UND_BETTAG, "An diesem Tag ist Feiertag: Buß- und Bettag."),
        (datetime.date(2026, 11, 28), "Dieser Tag fällt auf ein Wochenende."),
    ],
)
def test_holidays_and_weekends_are_named_and_left_to_the_desk(
    world: World, day: datetime.date, sentence: str
) -> None:
    found = preview(world, day=day)
    assert sentences(found) == [sentence]
    assert found.can_be_saved


def close(office: Office, day: datetime.date) -> None:
    OfficeClosure.objects.create(office=office, starts=day, ends=day, reason="Inventur")


def test_a_closed_house_is_named_and_left_to_the_desk(world: World) -> None:
    close(world.office, AN_ORDINARY_DAY)
    found = preview(world, day=AN_ORDINARY_DAY)
    assert sentences(found) == ["Das Haus ist geschlossen: Inventur."]
    assert found.can_be_saved


def test_a_closure_of_another_house_or_day_does_not_matter(world: World) -> None:
    close(world.hwk_office, AN_ORDINARY_DAY)
    close(world.office, AN_ORDINARY_DAY - datetime.timedelta(days=1))
    assert preview(world, day=AN_ORDINARY_DAY).objections == []


def test_a_day_that_is_over_cannot_be_saved(world: World) -> None:
    found = preview(world, day=AN_ORDINARY_DAY, now=timezone.now())
    assert sentences(found) == ["Dieser Tag ist schon vorbei."]
    assert not found.can_be_saved


@pytest.mark.parametrize("ends", [datetime.time(9, 30), datetime.time(9), datetime.time(8)])
def test_a_day_without_a_talk_cannot_be_saved(world: World, ends: datetime.time) -> None:
    found = preview(world, day=AN_ORDINARY_DAY, ends=ends)
    assert sentences(found) == ["Zwischen Beginn und Ende passt kein Gespräch."]
    assert not found.can_be_saved


def test_the_own_chamber_sees_where_officer_and_room_are(world: World) -> None:
    found = preview(world, day=world.hours.day)
    assert sentences(found)[-2:] == [
        "Paula Beispiel ist belegt: Sprechtag IHK-Regionalbüro Grimma, 8:45 bis 12:15 Uhr.",
        "Raum 2.14 ist belegt: Sprechtag IHK-Regionalbüro Grimma, 9:00 bis 12:00 Uhr.",
    ]
    assert not found.can_be_saved


def test_another_chamber_sees_only_that_the_officer_is_taken(world: World) -> None:
    found = preview(world, by=world.hanna, office=world.hwk_office, room=None, day=world.hours.day)
    assert sentences(found)[-1] == "Paula Beispiel ist belegt, 8:45 bis 12:15 Uhr."
    assert not found.can_be_saved


def test_nobody_sees_what_an_officer_does_outside_office_hours(world: World) -> None:
    day = world.hours.starts_at
    claim_time(kind=Claim.Kind.ABSENCE, officer=world.pia, starts_at=day, ends_at=world.hours.ends_at)
    found = preview(world, officers=[world.pia], room=None, day=world.hours.day)
    assert sentences(found)[-1] == "Pia Beispiel ist belegt, 9:00 bis 12:00 Uhr."
