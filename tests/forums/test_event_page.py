"""An event's own page: what it says for deciding, and who may open it."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from forums.models import Event, EventSeries, Kind, Visibility
from partnership.models import Office
from partnership.times import at_wall_time
from tests.event_factories import make_event, make_part, make_registration
from tests.forums.calendar_steps import page_of, text_at
from tests.personas import World, sign_in

State = Event.State
IN_HOUSE = {"venue": "", "street": "", "postcode": "", "city": ""}
EVERYBODY = ("", "alice", "bert", "hanna", "paula", "karl", "dora", "carl")


def who_reads(world: World, event: Event) -> list[str]:
    """Of everybody, by who gets the page; '' is somebody who is not signed in."""
    clients = {who: sign_in(Client(), getattr(world, who)) if who else Client() for who in EVERYBODY}
    return [who for who, client in clients.items() if client.get(page_of(event)).status_code == 200]


# who may open it


def test_what_is_public_is_everybodys(world: World) -> None:
    assert who_reads(world, make_event(organiser=world.ihk)) == list(EVERYBODY)


def test_what_is_internal_is_for_posts_in_members(world: World) -> None:
    event = make_event(organiser=world.ihk, visibility=Visibility.INTERNAL)
    assert who_reads(world, event) == ["bert", "hanna", "paula", "karl"]


def test_what_is_for_those_invited_is_for_whoever_runs_it(world: World) -> None:
    event = make_event(organiser=world.ihk, visibility=Visibility.INVITED)
    assert who_reads(world, event) == ["bert", "karl"]


def test_a_draft_is_shown_to_whoever_runs_it(client: Client, world: World) -> None:
    event = make_event(organiser=world.ihk, state=State.DRAFT)
    assert who_reads(world, event) == ["bert", "karl"]
    text = text_at(page_of(event), sign_in(client, world.bert))
    assert "Das sehen nur Sie" in text
    assert "sobald die Veranstaltung angekündigt ist" in text


@pytest.mark.parametrize(("visibility", "status"), [(Visibility.INTERNAL, 302), (Visibility.INVITED, 404)])
@pytest.mark.parametrize("file", ["", "kalender.ics"])
def test_who_is_not_signed_in_signs_in_for_what_is_internal(
    client: Client, world: World, visibility: str, status: int, file: str
) -> None:
    event = make_event(organiser=world.ihk, visibility=visibility)
    assert client.get(page_of(event) + file).status_code == status


def test_an_unknown_number_is_no_page(client: Client, world: World) -> None:
    assert client.get("/foren/F-999999/").status_code == 404


# what it says


def test_house_way_and_access(world: World) -> None:
    Office.objects.filter(pk=world.office.pk).update(
        step_free=True, by_train="Bahnhof Grimma", by_car="Parkplatz am Hof", access_note="Eingang links"
    )
    text = text_at(page_of(make_event(organiser=world.ihk, office=world.office, **IN_HOUSE)))
    for words in ("Bahnhof Grimma", "Parkplatz am Hof", "Stufenlos erreichbar. Eingang links", "geo:51."):
        assert words in text


def test_a_venue_is_found_by_its_address(world: World) -> None:
    text = text_at(page_of(make_event(organiser=world.ihk)))
    assert "geo:0,0?q=Haus%20der%20Wirtschaft" in text


def test_the_join_link_is_on_no_public_page(world: World) -> None:
    event = make_event(
        organiser=world.ihk, is_online=True, join_url="https://geheim.example/raum", state=State.ANNOUNCED
    )
    text = text_at(page_of(event))
    assert "Sie können online teilnehmen" in text
    assert "geheim.example" not in text + text_at(f"{page_of(event)}kalender.ics")


def test_the_programme_with_places_by_way(client: Client, world: World) -> None:
    event = make_event(organiser=world.ihk)
    part = make_part(
        event, title="Vortrag", site=15, online=40, speakers="Ada\nBea", room="Saal", credit_hours="1.50"
    )
    make_registration(event, part)
    (day,) = client.get(page_of(event)).context["page"].programme
    (shown,) = day.choices[0].parts
    assert (shown.title, shown.room, shown.speakers) == ("Vortrag", "Saal", ["Ada", "Bea"])
    assert shown.facts == [
        "vor Ort: noch 14 von 15 Plätzen frei",
        "online: noch 40 von 40 Plätzen frei",
        "1,5 Stunden für die Bescheinigung",
    ]


def test_what_one_chooses_from_stands_together(client: Client, world: World) -> None:
    event = make_event(organiser=world.ihk)
    make_part(event, title="Vortrag", is_for_all=True)
    for title in ("Türen", "Kameras"):
        make_part(event, title=title, choice="Workshop")
    (day,) = client.get(page_of(event)).context["page"].programme
    assert [(choice.words, [part.title for part in choice.parts]) for choice in day.choices] == [
        ("", ["Vortrag"]),
        ("Workshop: Sie wählen einen davon", ["Türen", "Kameras"]),
    ]


def test_a_programme_of_two_days_names_them(client: Client, world: World) -> None:
    day = timezone.localdate() + datetime.timedelta(days=9)
    nine = at_wall_time(day, datetime.time(9))
    event = make_event(organiser=world.ihk, starts_at=nine, ends_at=nine + datetime.timedelta(hours=30))
    make_part(event, ends_at=nine + datetime.timedelta(hours=3))
    make_part(event, starts_at=nine + datetime.timedelta(hours=24))
    days = client.get(page_of(event)).context["page"].programme
    assert [bool(day.title) for day in days] == [True, True]
    assert [day.choices[0].parts[0].when for day in days] == ["9:00 bis 12:00 Uhr", "9:00 bis 15:00 Uhr"]


@pytest.mark.parametrize(("site", "label"), [(1, "Auf die Warteliste setzen"), (2, "Zur Anmeldung")])
def test_the_way_in_says_where_it_leads(client: Client, world: World, site: int, label: str) -> None:
    event = make_event(organiser=world.ihk)
    make_registration(event, make_part(event, site=site))
    assert client.get(page_of(event)).context["page"].registering.label == label
    assert f'href="/foren/{event.reference}/anmelden/"' in text_at(page_of(event))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"registration_opens_at": datetime.timedelta(days=2)}, "Die Anmeldung beginnt am"),
        ({"registration_closes_at": datetime.timedelta(days=-2)}, "Die Anmeldung ist seit"),
        ({"state": State.HELD, "starts_at": datetime.timedelta(days=-2)}, "ist vorbei"),
    ],
)
def test_why_nobody_can_register(world: World, fields: dict[str, Any], words: str) -> None:
    now = timezone.now()
    fields = {name: now + value if name.endswith("_at") else value for name, value in fields.items()}
    if "starts_at" in fields:
        fields["ends_at"] = fields["starts_at"] + datetime.timedelta(hours=2)
    event = make_event(organiser=world.ihk, **fields)
    text = text_at(page_of(event))
    assert words in text
    assert f"{page_of(event)}anmelden/" not in text


def test_those_invited_register_by_their_link(client: Client, world: World) -> None:
    event = make_event(organiser=world.ihk, visibility=Visibility.INVITED)
    text = text_at(page_of(event), sign_in(client, world.bert))
    assert "mit dem Link aus ihrer Einladung" in text
    assert 'name="robots" content="noindex"' in text


def test_an_external_course_is_booked_with_its_provider(world: World) -> None:
    event = make_event(
        organiser=world.ihk, kind=Kind.EXTERNAL, provider="Akademie", provider_url="https://a.example/"
    )
    text = text_at(page_of(event))
    assert 'href="https://a.example/"' in text
    assert "Sie verlassen damit dieses Portal" in text


def test_what_is_cancelled_says_so_first_and_what_comes_next(world: World) -> None:
    series = EventSeries.objects.create(
        partnership=world.partnership,
        organiser=world.ihk,
        title="Forum",
        kind=Kind.FORUM,
        every_months=6,
        first_due=timezone.localdate(),
    )
    event = make_event(
        organiser=world.ihk, series=series, state=State.CANCELLED, cancel_reason="Der Saal ist gesperrt."
    )
    day = timezone.localdate() + datetime.timedelta(days=60)
    following = make_event(organiser=world.ihk, series=series, title="Im Frühjahr", day=day)
    text = text_at(page_of(event))
    assert text.index("Abgesagt am") < text.index("Der Saal ist gesperrt.") < text.index("<h1")
    assert f'href="{page_of(following)}"' in text
    assert f"{page_of(event)}anmelden/" not in text


def test_the_head_says_what_it_is_about(world: World) -> None:
    event = make_event(organiser=world.ihk, summary="Was Täter abhält.")
    head = text_at(page_of(event)).partition("</head>")[0]
    assert f"<title>{event.title} – " in head
    assert "Was Täter abhält." in head
    assert 'rel="canonical"' in head


def test_the_file_for_the_own_calendar(client: Client, world: World) -> None:
    event = make_event(organiser=world.ihk)
    response = client.get(f"{page_of(event)}kalender.ics")
    assert response["Content-Type"].startswith("text/calendar")
    assert f"veranstaltung-{event.reference}.ics" in response["Content-Disposition"]
    assert b"METHOD:PUBLISH" in response.content


@pytest.mark.parametrize("registered", [5, 100])
def test_statements_do_not_grow_with_who_registered(
    client: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries, registered: int
) -> None:
    event = make_event(organiser=world.ihk, partners=(world.police, world.hwk))
    parts = [make_part(event, site=500) for _number in range(3)]
    for _number in range(registered):
        make_registration(event, parts[0])
    client.get(page_of(event))
    with django_assert_num_queries(5):
        client.get(page_of(event))
