"""The feed of public events, as calendar programs and libraries read it."""

import datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from forums.models import Event, Kind, Visibility
from partnership.models import LogEntry
from partnership.times import at_wall_time
from tests.event_factories import make_event, make_part
from tests.forums.calendar_steps import CALENDAR, FEED, entries_at, page_of, text_at
from tests.khal import Khal
from tests.personas import World

SUMMER_BEGINS, SUMMER_ENDS = datetime.date(2027, 3, 28), datetime.date(2027, 10, 31)
State = Event.State


@pytest.fixture
def khal(tmp_path: Path) -> Khal:
    return Khal(tmp_path)


def cancel(event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(
        state=State.CANCELLED, cancelled_at=timezone.now(), calendar_sequence=event.calendar_sequence + 1
    )


def test_time_place_words_and_the_page(world: World) -> None:
    event = make_event(organiser=world.ihk, summary="Was Täter abhält.", calendar_sequence=3)
    (entry,) = entries_at()
    assert entry.dtstart.value.astimezone(datetime.UTC) == event.starts_at
    assert entry.dtend.value.astimezone(datetime.UTC) == event.ends_at
    assert entry.location.value == "Haus der Wirtschaft, Musterstraße 1, 04668 Grimma"
    assert entry.description.value.startswith("Was Täter abhält.\n")
    assert entry.url.value.endswith(page_of(event))
    assert (entry.sequence.value, entry.status.value) == ("3", "CONFIRMED")


def test_it_leaves_the_own_time_free_and_may_be_shown_to_others(world: World) -> None:
    make_event(organiser=world.ihk)
    (entry,) = entries_at()
    assert (entry.transp.value, entry.contents["class"][0].value) == ("TRANSPARENT", "PUBLIC")


@pytest.mark.parametrize(
    "fields",
    [
        {"state": State.DRAFT},
        {"visibility": Visibility.INVITED},
        {"visibility": Visibility.INTERNAL},
    ],
)
def test_only_what_is_public_and_told(world: World, fields: dict[str, Any]) -> None:
    make_event(organiser=world.ihk, **fields)
    assert entries_at() == []


def test_what_is_over_stays_thirty_days(world: World) -> None:
    today = timezone.localdate()
    days = [today - datetime.timedelta(days=number) for number in (29, 31)]
    stays, _goes = (make_event(organiser=world.ihk, state=State.HELD, day=day) for day in days)
    assert [entry.summary.value for entry in entries_at()] == [stays.title]


def test_what_is_cancelled_says_so_and_keeps_its_name_for_thirty_days(world: World) -> None:
    event = make_event(organiser=world.ihk)
    (before,) = entries_at()
    cancel(event)
    (entry,) = entries_at()
    assert (entry.uid.value, entry.sequence.value) == (before.uid.value, "1")
    assert (entry.status.value, entry.summary.value) == ("CANCELLED", f"Abgesagt: {event.title}")
    Event.objects.update(cancelled_at=timezone.now() - datetime.timedelta(days=31))
    assert entries_at() == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [("", 2), ("?art=training", 1), ("?ort=Borna", 1), ("?thema=fraud", 1), ("?art=training&ort=Grimma", 0)],
)
def test_it_has_the_filters_of_the_page(world: World, query: str, expected: int) -> None:
    make_event(organiser=world.ihk, kind=Kind.TRAINING, city="Borna", subjects=["fraud"])
    make_event(organiser=world.ihk)
    assert len(entries_at(FEED + query)) == expected


def test_its_name_says_what_is_in_it(world: World) -> None:
    lines = text_at(f"{FEED}?art=training&ort=Borna").replace("\r\n ", "").splitlines()
    assert "X-WR-CALNAME:Veranstaltungen\\, Sicherheitspartnerschaft Leipzig: Schulung\\, Borna" in lines


def test_the_page_offers_the_feed_with_its_filter(world: World) -> None:
    text = text_at(f"{CALENDAR}?art=training")
    assert "webcal://" in text
    assert f"{FEED}?art=training" in text


def test_in_english(world: World) -> None:
    event = make_event(organiser=world.ihk, state=State.CANCELLED)
    assert entries_at(f"/en{FEED}")[0].summary.value == f"Cancelled: {event.title}"


# fetched again and again


def test_a_program_is_told_that_nothing_has_changed(client: Client, world: World) -> None:
    event = make_event(organiser=world.ihk)
    etag = client.get(FEED)["ETag"]
    assert client.get(FEED, headers={"if-none-match": etag}).status_code == 304
    cancel(event)
    assert client.get(FEED, headers={"if-none-match": etag}).status_code == 200


def test_who_comes_changes_nothing(client: Client, world: World) -> None:
    event = make_event(organiser=world.ihk)
    etag = client.get(FEED)["ETag"]
    LogEntry.objects.create(act="registration.made", thing=event, at=timezone.now())
    assert client.get(FEED)["ETag"] == etag


def test_caches_may_keep_it(client: Client, world: World) -> None:
    response = client.get(FEED)
    assert response["Cache-Control"] == "public, max-age=900"
    assert not response.cookies


def test_the_statements_do_not_grow(
    client: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(30):
        make_part(make_event(organiser=world.ihk, partners=(world.police,)))
    client.get(FEED)
    with django_assert_num_queries(1):
        client.get(FEED)


# real programs


@pytest.mark.parametrize("day", [SUMMER_BEGINS, SUMMER_ENDS])
def test_a_program_shows_the_wall_clock_on_the_days_when_clocks_change(
    world: World, khal: Khal, day: datetime.date
) -> None:
    event = make_event(organiser=world.ihk, day=day)
    khal.take(text_at(FEED))
    place = "Haus der Wirtschaft, Musterstraße 1, 04668 Grimma"
    assert khal.shown_on(day.isoformat()) == [f"{day} 09:00-16:00 CONFIRMED {event.title} at {place}"]


@pytest.mark.parametrize("first", [SUMMER_BEGINS, SUMMER_ENDS, datetime.date(2027, 6, 1)])
def test_an_event_of_two_days_begins_and_ends_when_it_does(world: World, first: datetime.date) -> None:
    day_before, day_after = first - datetime.timedelta(days=1), first + datetime.timedelta(days=1)
    starts = at_wall_time(day_before, datetime.time(13))
    ends = at_wall_time(day_after, datetime.time(12, 30))
    make_event(organiser=world.ihk, starts_at=starts, ends_at=ends)
    (entry,) = icalendar.Calendar.from_ical(text_at(FEED)).walk("VEVENT")
    assert (entry.decoded("dtstart"), entry.decoded("dtend")) == (starts, ends)


def test_a_program_moves_and_cancels_what_it_knows(world: World, khal: Khal) -> None:
    day = timezone.localdate() + datetime.timedelta(days=21)
    event = make_event(organiser=world.ihk, day=day)
    khal.take(text_at(FEED))
    Event.objects.update(starts_at=at_wall_time(day, datetime.time(10)), calendar_sequence=1)
    khal.take(text_at(FEED))
    (moved,) = khal.shown_on(day.isoformat())
    event.refresh_from_db()
    cancel(event)
    khal.take(text_at(FEED))
    (cancelled,) = khal.shown_on(day.isoformat())
    assert moved[11:32] == "10:00-16:00 CONFIRMED"
    assert cancelled[11:42] == "10:00-16:00 CANCELLED Abgesagt:"


def test_a_file_taken_by_hand_is_the_entry_of_the_feed(world: World, khal: Khal) -> None:
    event = make_event(organiser=world.ihk)
    day = event.starts_at.date().isoformat()
    khal.take(text_at(f"{page_of(event)}kalender.ics"))
    khal.take(text_at(FEED))
    assert len(khal.shown_on(day)) == 1


def test_lines_are_folded_and_commas_escaped(client: Client, world: World) -> None:
    title = "Größe; Länge, Höhe " * 8
    make_event(organiser=world.ihk, title=title.strip())
    content = client.get(FEED).content
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert entries_at()[0].summary.value == title.strip()
