"""The calendar, the archive and events' pages speak English."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from forums.models import Event, EventSeries, Kind, Subject, Visibility
from tests.english.missing import Missing, ours
from tests.event_factories import make_event, make_part, make_registration
from tests.forums.calendar_steps import ARCHIVE, CALENDAR, FEED, page_of
from tests.personas import World, sign_in

State = Event.State
A_DAY = datetime.timedelta(days=1)
HALL = {"step_free": True, "access_note": "Hof"}


def make_one_of_each(world: World) -> list[Event]:
    """Every sentence about how an event stands is said of one of them."""
    now, today = timezone.now(), timezone.localdate()
    series = EventSeries.objects.create(
        partnership=world.partnership,
        organiser=world.ihk,
        title="Forum",
        kind=Kind.FORUM,
        every_months=6,
        first_due=today,
    )
    forum = make_event(
        organiser=world.ihk,
        partners=(world.police, world.hwk),
        series=series,
        is_online=True,
        subjects=Subject.values,
        summary="Kurz",
        description="Lang",
        registration_closes_at=now + A_DAY,
        **HALL,
    )
    talk = make_part(forum, is_for_all=True, site=80, online=80)
    workshops = [make_part(forum, site=1, choice="Workshop", credit_hours=hours) for hours in (1, 2)]
    make_part(forum, project_url="https://projekt.example/")
    make_registration(forum, talk, workshops[0])
    provider = {"kind": Kind.EXTERNAL, "provider": "Akademie", "provider_url": "https://a.example/"}
    two_days = {"starts_at": now + A_DAY, "ends_at": now + 2 * A_DAY}
    fields: list[dict[str, Any]] = [
        provider,
        {"state": State.CANCELLED, "series": series, "day": today + 2 * A_DAY},
        {"registration_opens_at": now + A_DAY},
        {"registration_closes_at": now - A_DAY},
        {"starts_at": now - A_DAY / 24, "ends_at": now + A_DAY / 24},
        two_days | {"venue": "", "street": "", "postcode": "", "city": "", "is_online": True},
        {"kind": Kind.CONFERENCE, "state": State.HELD, "day": today - 2 * A_DAY},
        {"visibility": Visibility.INVITED},
    ]
    return [forum, *(make_event(organiser=world.ihk, **each) for each in fields), *make_full_ones(world)]


def make_full_ones(world: World) -> list[Event]:
    events = []
    for places in ((1, None), (2, None), (3, None), (0, 9), (9, 0)):
        event = make_event(organiser=world.hwk, kind=Kind.TRAINING)
        events.append(event)
        part = make_part(event, site=places[0], online=places[1], is_for_all=True)
        if places == (1, None):
            make_registration(event, part)
    few = make_event(organiser=world.hwk)
    make_part(few, site=2)
    one_left = make_event(organiser=world.hwk)
    make_part(one_left, site=1, is_for_all=True)
    return [*events, few, one_left]


@pytest.mark.django_db
def test_no_page_about_events_lacks_a_sentence(client: Client, world: World, missing: Missing) -> None:
    month = f"?ansicht=monat&monat={timezone.localdate():%Y-%m}"
    empty = ["", "?art=training&ort=Borna&thema=fraud", "?ansicht=monat", "?ansicht=monat&thema=fraud"]
    for query in empty:
        client.get(f"/en{CALENDAR}{query}")
    client.get(f"/en{ARCHIVE}")
    events = make_one_of_each(world)
    make_event(organiser=world.ihk, state=State.HELD, day=timezone.localdate() - 500 * A_DAY)
    for path in ("/", CALENDAR, f"{CALENDAR}{month}", f"{CALENDAR}{month}&art=forum", ARCHIVE, FEED):
        assert client.get(f"/en{path}").status_code == 200
    sign_in(client, world.bert)
    for event in [*events, make_event(organiser=world.ihk, state=State.DRAFT)]:
        assert client.get(page_of(event, language="/en")).status_code == 200
        client.get(f"{page_of(event, language='/en')}kalender.ics")
    assert ours(missing.sentences) == []
