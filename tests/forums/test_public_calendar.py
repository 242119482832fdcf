"""The calendar for everybody: what stands in it, by list and by month, and in the archive."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from forums.models import Event, Kind, Material, Subject, Visibility
from partnership.times import at_wall_time
from tests import factories
from tests.event_factories import make_event, make_part
from tests.forums.calendar_steps import ARCHIVE, CALENDAR, page_of, text_at, titles_in
from tests.personas import World

State = Event.State
IN_HOUSE = {"venue": "", "street": "", "postcode": "", "city": ""}


def days_from_now(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def month_at(day: datetime.date, client: Client, **filters: str) -> Any:
    query = {"ansicht": "monat", "monat": f"{day:%Y-%m}", **filters}
    return client.get(CALENDAR, query).context["page"]


def days_of(page: Any, title: str) -> list[str]:
    """The days in the table on which an event stands."""
    days = [day for week in page.weeks for day in week]
    return [day.long_name for day in days if title in [entry.title for entry in day.entries]]


# what stands in it


@pytest.mark.parametrize(
    ("fields", "is_shown"),
    [
        ({}, True),
        ({"state": State.CANCELLED}, True),
        ({"state": State.DRAFT}, False),
        ({"visibility": Visibility.INVITED}, False),
        ({"visibility": Visibility.INTERNAL}, False),
    ],
)
def test_only_what_is_public_and_told(world: World, fields: dict[str, Any], is_shown: bool) -> None:
    event = make_event(organiser=world.ihk, **fields)
    assert titles_in() == ([event.title] if is_shown else [])


def test_another_partnerships_events_are_not_ours(world: World) -> None:
    other = factories.make_partnership(host="andere.example", slug="andere")
    make_event(organiser=world.ihk, partnership=other)
    assert titles_in() == []


def test_what_comes_stands_by_month_the_next_first(client: Client, world: World) -> None:
    later, next_one = (make_event(organiser=world.ihk, day=days_from_now(days)) for days in (90, 2))
    months = client.get(CALENDAR).context["months"]
    assert [row.title for month in months for row in month.rows] == [next_one.title, later.title]
    assert len(months) == 2


def test_what_was_stays_for_its_day(world: World) -> None:
    today = make_event(organiser=world.ihk, state=State.CANCELLED, day=days_from_now(0))
    make_event(organiser=world.ihk, state=State.CANCELLED, day=days_from_now(-1))
    make_event(organiser=world.ihk, day=days_from_now(-1))
    assert titles_in() == [today.title]


def test_what_is_cancelled_says_so(client: Client, world: World) -> None:
    make_event(organiser=world.ihk, state=State.CANCELLED)
    assert "abgesagt" in text_at(CALENDAR)


def test_an_external_course_leads_to_its_provider(world: World) -> None:
    make_event(
        organiser=world.ihk,
        kind=Kind.EXTERNAL,
        provider="Akademie Sachsen",
        provider_url="https://akademie.example/kurs",
    )
    text = text_at(CALENDAR)
    assert "Anbieter: Akademie Sachsen" in text
    assert 'href="https://akademie.example/kurs"' in text


def test_a_portal_without_events_says_so(world: World) -> None:
    assert "Zurzeit ist nichts angekündigt" in text_at(CALENDAR)


# filters


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("art=training", ["Schulung"]),
        ("ort=Borna", ["Schulung"]),
        ("ort=borna", ["Schulung"]),
        ("ort=Grimma", ["Forum"]),
        ("ort=online", ["Sprechstunde"]),
        ("thema=fraud", ["Schulung"]),
        ("art=forum&ort=Borna", []),
        ("art=unbekannt&thema=x", ["Schulung", "Forum", "Sprechstunde"]),
    ],
)
def test_the_filter_of(world: World, query: str, expected: list[str]) -> None:
    day = days_from_now(5)
    make_event(
        organiser=world.ihk,
        title="Schulung",
        kind=Kind.TRAINING,
        city="Borna",
        subjects=[Subject.FRAUD, Subject.THEFT],
        day=day,
    )
    make_event(organiser=world.ihk, title="Forum", office=world.office, **IN_HOUSE)
    make_event(organiser=world.ihk, title="Sprechstunde", kind=Kind.CONFERENCE, is_online=True, **IN_HOUSE)
    assert titles_in(f"{CALENDAR}?{query}") == expected


def test_the_filter_stays_set_and_offers_towns_to_come(client: Client, world: World) -> None:
    make_event(organiser=world.ihk, city="Borna")
    make_event(organiser=world.ihk, city="Wurzen", day=days_from_now(-9), state=State.HELD)
    form = client.get(CALENDAR, {"ort": "Dresden"}).context["form"]
    assert [key for key, _label in form.fields["ort"].choices] == ["", "online", "Borna", "Dresden"]
    assert form["ort"].value() == "Dresden"


def test_nothing_found_names_what_was_looked_for(world: World) -> None:
    make_event(organiser=world.ihk)
    assert "Zu „Schulung, Borna“ ist zurzeit nichts angekündigt" in text_at(
        f"{CALENDAR}?art=training&ort=Borna"
    )


# a month


def test_an_event_stands_on_each_of_its_days(client: Client, world: World) -> None:
    first = datetime.date(timezone.localdate().year + 1, 6, 14)
    event = make_event(
        organiser=world.ihk,
        starts_at=at_wall_time(first, datetime.time(13)),
        ends_at=at_wall_time(first + datetime.timedelta(days=1), datetime.time(12)),
    )
    page = month_at(first, client)
    assert [name.partition(", ")[2] for name in days_of(page, event.title)] == [
        f"14. Juni {first.year}",
        f"15. Juni {first.year}",
    ]
    assert [entry.clock for day in page.days for entry in day.entries] == ["13:00 Uhr", "geht weiter"]


@pytest.mark.parametrize("day", [datetime.date(2027, 3, 28), datetime.date(2027, 10, 31)])
def test_days_on_which_clocks_change_are_days(client: Client, world: World, day: datetime.date) -> None:
    event = make_event(
        organiser=world.ihk,
        starts_at=at_wall_time(day, datetime.time(0)),
        ends_at=at_wall_time(day, datetime.time(23, 59)),
    )
    assert len(days_of(month_at(day, client), event.title)) == 1


def test_a_month_has_whole_weeks_and_names_its_neighbours(client: Client, world: World) -> None:
    page = month_at(datetime.date(2027, 2, 1), client)
    assert {len(week) for week in page.weeks} == {7}
    assert page.weekdays[0] == ("Mo", "Montag")
    assert (page.before[1], page.after[1]) == ("Januar 2027", "März 2027")


def test_links_to_other_months_keep_the_filter(client: Client, world: World) -> None:
    page = month_at(datetime.date(2027, 1, 1), client, thema="fraud")
    assert "thema=fraud" in page.after[0]
    assert "monat=2027-02" in page.after[0]


@pytest.mark.parametrize("month", ["2027-13", "1066-10", "x", ""])
def test_a_month_that_is_none_is_this_one(client: Client, world: World, month: str) -> None:
    page = client.get(CALENDAR, {"ansicht": "monat", "monat": month}).context["page"]
    assert page.now is None


def test_the_links_end_where_nothing_can_be(client: Client, world: World) -> None:
    today = timezone.localdate()
    assert month_at(today.replace(year=today.year + 3), client).after is None
    assert month_at(today.replace(year=today.year - 3, day=1), client).before is None


def test_a_month_without_events_says_so(world: World) -> None:
    assert "Im August 2031 steht nichts im Kalender" in text_at(f"{CALENDAR}?ansicht=monat&monat=2031-08")


# the archive


def test_the_archive_has_what_took_place_the_latest_year_first(client: Client, world: World) -> None:
    old, older = (
        make_event(organiser=world.ihk, state=State.HELD, day=days_from_now(days)) for days in (-400, -800)
    )
    make_event(organiser=world.ihk)
    make_event(organiser=world.ihk, state=State.CANCELLED, day=days_from_now(-400))
    years = client.get(ARCHIVE).context["years"]
    assert titles_in(ARCHIVE) == [old.title]
    assert titles_in(f"{ARCHIVE}?jahr={years[1]}") == [older.title]


@pytest.mark.parametrize("fields", [{"visibility": Visibility.INTERNAL}, {"visibility": Visibility.INVITED}])
def test_the_archive_is_public(world: World, fields: dict[str, Any]) -> None:
    make_event(organiser=world.ihk, state=State.HELD, day=days_from_now(-40), **fields)
    assert "Noch hat keine öffentliche Veranstaltung stattgefunden" in text_at(ARCHIVE)


def test_the_archive_leads_to_material_for_everybody(world: World) -> None:
    event = make_event(organiser=world.ihk, state=State.HELD, day=days_from_now(-40))
    for title, audience in (("Folien", "public"), ("Liste", "participants")):
        Material.objects.create(event=event, title=title, audience=audience, url="https://a.example/")
    for path in (ARCHIVE, page_of(event)):
        text = text_at(path)
        assert "Folien" in text
        assert "Liste</a>" not in text


# the start page


def test_the_start_page_names_the_next_three(world: World) -> None:
    events = [make_event(organiser=world.ihk, day=days_from_now(days)) for days in (4, 3, 2, 1)]
    cancelled = make_event(organiser=world.ihk, state=State.CANCELLED, day=days_from_now(1))
    text = text_at("/")
    assert [event.title in text for event in events] == [False, True, True, True]
    assert cancelled.title not in text


def test_a_start_page_without_events_does_not_speak_of_them(world: World) -> None:
    assert "Nächste Veranstaltungen" not in text_at("/")


# speed


@pytest.mark.parametrize("path", [CALENDAR, f"{CALENDAR}?ansicht=monat", ARCHIVE])
def test_statements_do_not_grow_with_the_events(
    client: Client, world: World, django_assert_max_num_queries: DjangoAssertNumQueries, path: str
) -> None:
    state = State.HELD if path == ARCHIVE else State.ANNOUNCED
    day = days_from_now(-2 if path == ARCHIVE else 0)
    for _number in range(30):
        event = make_event(organiser=world.ihk, partners=(world.police,), day=day, state=state)
        make_part(event)
    client.get(path)
    with django_assert_max_num_queries(6):
        client.get(path)
