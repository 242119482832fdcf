"""A day at the door: a talk in the morning, two workshops in the afternoon; police run it along."""

import datetime
from dataclasses import dataclass

import pytest
from django.utils import timezone

from forums.models import Event, EventPart, Registration
from partnership.times import at_wall_time
from tests.event_factories import make_event, make_part, make_registration
from tests.personas import World

DAY = datetime.date(2026, 11, 24)


def clock(hour: int, minute: int = 0, *, days: int = 0) -> datetime.datetime:
    return at_wall_time(DAY + datetime.timedelta(days=days), datetime.time(hour, minute))


def set_clock(
    monkeypatch: pytest.MonkeyPatch, hour: int, minute: int = 0, *, days: int = 0
) -> datetime.datetime:
    moment = clock(hour, minute, days=days)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    return moment


@dataclass(frozen=True)
class Day:
    event: Event
    talk: EventPart
    locks: EventPart
    doors: EventPart

    @property
    def url(self) -> str:
        return f"/arbeitsplatz/foren/{self.event.reference}/einlass/"


def make_day(world: World, **fields: object) -> Day:
    event = make_event(organiser=world.ihk, partners=(world.police,), day=DAY, **fields)
    afternoon = {"starts_at": clock(13), "ends_at": clock(16), "choice": "Nachmittag"}
    return Day(
        event,
        make_part(event, title="Vortrag", starts_at=clock(9), ends_at=clock(12), is_for_all=True),
        make_part(event, title="Schlösser", site=1, **afternoon),
        make_part(event, title="Türen", site=1, **afternoon),
    )


def ticket_url(registration: Registration, act: str = "") -> str:
    return f"/arbeitsplatz/foren/einlass/{registration.ticket}/{act}"


def make_ute(day: Day, *parts: EventPart, **fields: object) -> Registration:
    return make_registration(
        day.event, *parts, name="Ute Quendel", firm_name="Dachdeckerei Übersee", **fields
    )
