"""A new event, fresh or like an earlier one; a draft that goes; what has to be there to announce it."""

import datetime
from typing import Any

import pytest

from forums.events.announcing import announce_event
from forums.events.setting_up import delete_draft
from forums.events.shifting import suggest_day
from forums.models import Event, EventSeries, FeedbackQuestion, Kind, Mode
from partnership.models import LogEntry
from partnership.refusals import Refusal
from partnership.times import at_wall_time, berlin
from tests import factories
from tests.event_factories import make_event, make_part, make_registration
from tests.forums.events.steps import A_DAY, AN_HOUR, acts, add, in_days, mails, new_values
from tests.personas import World

pytestmark = pytest.mark.django_db
SUMMER_TIME = datetime.date(2027, 3, 28)
WINTER_TIME = datetime.date(2027, 10, 31)


def announce(event: Event, world: World) -> Event:
    return announce_event(event_id=event.pk, actor=world.bert)


def make_series(world: World, **fields: Any) -> EventSeries:
    defaults = {"title": "Sicherheitsforen", "kind": Kind.FORUM, "every_months": 6, "first_due": in_days(1)}
    return EventSeries.objects.create(partnership=world.partnership, organiser=world.ihk, **defaults | fields)


def test_a_new_event_is_a_draft_with_a_number_and_in_the_log(world: World) -> None:
    event = add(world, partners=[world.police])
    assert (event.state, event.reference[:2]) == (Event.State.DRAFT, "F-")
    assert [*event.partners.all()] == [world.police]
    assert acts(event) == ["event.added"]
    assert not mails()


def test_a_partner_has_to_be_a_member(world: World) -> None:
    stranger = factories.make_chamber(factories.make_partnership(slug="anderswo"), "Anderswo")
    with pytest.raises(Refusal, match="gehört nicht zur Partnerschaft"):
        add(world, partners=[stranger])


def test_the_programme_comes_along_and_nobody_else(world: World) -> None:
    old = make_event(organiser=world.ihk, day=in_days(-60))
    part = make_part(old, site=15, online=40, starts_at=old.starts_at + AN_HOUR, speakers="Eva Eins")
    make_registration(old, part)
    asked = FeedbackQuestion.objects.create(event=old, position=1, text="Wie war es?", form="mark")
    event = add(world, like=old)
    copied = event.parts.get()
    assert (copied.starts_at, copied.speakers) == (event.starts_at + AN_HOUR, "Eva Eins")
    places = {row.mode: (row.capacity, row.taken) for row in copied.places.all()}
    assert places == {Mode.SITE: (15, 0), Mode.ONLINE: (40, 0)}
    assert event.feedback_questions.values_list("text", "key").get() == ("Wie war es?", asked.key)
    assert not event.registrations.exists()
    assert event.copied_from == old


@pytest.mark.parametrize("day", [SUMMER_TIME, WINTER_TIME])
def test_a_copy_keeps_the_clock_on_a_change_over_day(world: World, day: datetime.date) -> None:
    old = make_event(organiser=world.ihk, day=datetime.date(2026, 10, 1))
    make_part(old, starts_at=old.starts_at + 2 * AN_HOUR)
    values = {
        "starts_at": at_wall_time(day, datetime.time(9)),
        "ends_at": at_wall_time(day, datetime.time(16)),
    }
    part = add(world, like=old, **values).parts.get()
    assert (berlin(part.starts_at).hour, berlin(part.ends_at).hour) == (11, 16)


def test_the_next_one_is_suggested_after_the_months_of_the_series(world: World) -> None:
    event = make_event(organiser=world.ihk, day=datetime.date(2027, 1, 13), series=make_series(world))
    day = suggest_day(event, today=datetime.date(2027, 2, 1))
    assert day == datetime.date(2027, 7, 14)
    assert day.weekday() == 2


def test_a_holiday_is_not_suggested(world: World) -> None:
    series = make_series(world, every_months=1)
    event = make_event(organiser=world.ihk, day=datetime.date(2027, 9, 3), series=series)
    event.starts_at = at_wall_time(datetime.date(2027, 10, 17), datetime.time(9))
    event.ends_at = event.starts_at + AN_HOUR
    assert suggest_day(event, today=datetime.date(2027, 10, 18)) == datetime.date(2027, 11, 14)
    event.starts_at = at_wall_time(datetime.date(2027, 10, 18), datetime.time(9))
    assert suggest_day(event, today=datetime.date(2027, 10, 20)) == datetime.date(2027, 11, 15)
    event.starts_at = at_wall_time(datetime.date(2027, 10, 20), datetime.time(9))
    assert suggest_day(event, today=datetime.date(2027, 10, 21)) == datetime.date(2027, 11, 24)


def test_what_lies_far_back_is_suggested_for_a_day_to_come(world: World) -> None:
    event = make_event(organiser=world.ihk, day=datetime.date(2020, 5, 5))
    today = datetime.date(2027, 2, 1)
    day = suggest_day(event, today=today)
    assert today < day <= today + 7 * A_DAY
    assert day.weekday() == 1


def test_a_draft_goes_and_the_log_stays(world: World) -> None:
    event = add(world)
    make_part(event)
    delete_draft(event_id=event.pk, actor=world.bert)
    assert not Event.objects.filter(pk=event.pk).exists()
    assert LogEntry.objects.filter(act="event.deleted", actor=world.bert).exists()


def test_what_is_announced_is_not_deleted(world: World) -> None:
    event = make_event(organiser=world.ihk)
    with pytest.raises(Refusal, match="sagen Sie ab"):
        delete_draft(event_id=event.pk, actor=world.bert)


def test_a_draft_is_announced_once(world: World) -> None:
    event = add(world)
    make_part(event)
    announced = announce(event, world)
    assert announced.state == Event.State.ANNOUNCED
    assert announced.announced_at is not None
    assert not mails()
    with pytest.raises(Refusal, match="schon angekündigt"):
        announce(event, world)


@pytest.mark.parametrize(
    ("values", "places", "words"),
    [
        ({}, None, "Programm ist leer"),
        ({}, {"site": None}, "Kein Programmteil hat Plätze"),
        ({"venue": "", "city": ""}, {"site": 15}, "Es fehlt der Ort"),
        ({"is_online": True}, {"site": 15, "online": 5}, "Es fehlt der Link"),
        ({"is_online": True, "join_url": "https://a.example"}, {"site": 15}, "kein Programmteil hat Plätze"),
        ({}, {"site": 15, "online": 5}, "Kreuzen Sie „auch online“ an"),
        ({"is_online": True, "join_url": "https://a.example"}, {"site": None, "online": 5}, "Ort angegeben"),
        ({"kind": "external", "provider_url": "https://a.example"}, None, "wer den Kurs anbietet"),
        ({"kind": "external", "provider": "Akademie"}, None, "Es fehlt die Seite"),
    ],
)
def test_what_is_missing_is_said(
    world: World, values: dict[str, Any], places: dict[str, Any] | None, words: str
) -> None:
    event = add(world, **values)
    if places is not None:
        make_part(event, **places)
    with pytest.raises(Refusal, match=words):
        announce(event, world)
    event.refresh_from_db()
    assert event.state == Event.State.DRAFT


@pytest.mark.parametrize(
    ("values", "places"),
    [
        (
            {"venue": "", "city": "", "is_online": True, "join_url": "https://a.example"},
            {"site": None, "online": 5},
        ),
        ({"is_online": True, "join_url": "https://a.example"}, {"site": 15, "online": 5}),
        ({"kind": "external", "provider": "Akademie", "provider_url": "https://a.example"}, None),
    ],
)
def test_online_both_ways_and_elsewhere_are_announced(
    world: World, values: dict[str, Any], places: dict[str, Any] | None
) -> None:
    event = add(world, **values)
    if places is not None:
        make_part(event, **places)
    assert announce(event, world).state == Event.State.ANNOUNCED


def test_nothing_in_the_past_is_announced(world: World) -> None:
    past = at_wall_time(in_days(-1), datetime.time(9))
    event = add(world, starts_at=past, ends_at=past + AN_HOUR)
    make_part(event)
    with pytest.raises(Refusal, match="Vergangenheit"):
        announce(event, world)


def test_a_part_outside_the_event_is_named(world: World) -> None:
    event = add(world)
    make_part(event, title="Ausklang", ends_at=event.ends_at + AN_HOUR)
    with pytest.raises(Refusal, match="„Ausklang“ liegt außerhalb"):
        announce(event, world)


def test_new_values_are_checked_as_the_database_would(world: World) -> None:
    with pytest.raises(Refusal):
        add(world, **new_values(office=world.office))
