"""The security forum in two weeks: a talk for everybody, on site and online, then one of two workshops."""

import datetime
from typing import Any

from django.utils import timezone

from forums.models import Event, EventPart, Kind, Mode, PartPlaces, Subject
from forums.references import draw_event_reference
from partnership.demo import leipzig
from partnership.models import Office, Organisation, Partnership
from partnership.times import at_wall_time, today
from partnership.working_days import next_working_day

IN_TWO_WEEKS = datetime.timedelta(days=14)
WORKSHOPS = "Workshop am Nachmittag"


def add_forum(partnership: Partnership) -> Event:
    day = next_working_day(today() + IN_TWO_WEEKS)
    members = Organisation.objects.filter(partnerships=partnership)
    event = Event.objects.create(
        partnership=partnership,
        organiser=members.get(name=leipzig.IHK),
        office=Office.objects.get(name=leipzig.IHK_HOUSE),
        reference=draw_event_reference(),
        kind=Kind.FORUM,
        state=Event.State.ANNOUNCED,
        announced_at=timezone.now(),
        title="Sicherheitsforum: Einbruch im Betrieb",
        summary="Was Täter suchen, was sie aufhält, und was ein Betrieb an einem Tag dafür tun kann.",
        description="Am Vormittag berichtet die Polizei aus der Praxis. Am Nachmittag probieren Sie in einer "
        "kleinen Gruppe selbst aus, worauf es ankommt.",
        subjects=[Subject.BURGLARY, Subject.THEFT],
        starts_at=_at(day, 9),
        ends_at=_at(day, 16),
        is_online=True,
        join_url="https://konferenz.example/sicherheitsforum",
        contact_name="Koordination der Sicherheitspartnerschaft",
        contact_phone=partnership.phone,
        asks_catering=True,
    )
    event.partners.set(members.filter(name__in=(leipzig.POLICE, leipzig.HWK)))
    _part(
        event, "Aus der Praxis der Polizei", 9, 12, site=80, online=100, is_for_all=True, room="Großer Saal"
    )
    for title, room in (("Türen und Fenster", "Raum 2"), ("Videoüberwachung und Alarm", "Raum 3")):
        _part(event, title, 13, 16, site=15, choice=WORKSHOPS, room=room, credit_hours=3)
    return event


def _at(day: datetime.date, hour: int) -> datetime.datetime:
    return at_wall_time(day, datetime.time(hour))


def _part(
    event: Event, title: str, first: int, last: int, *, site: int, online: int | None = None, **fields: Any
) -> None:
    day = timezone.localdate(event.starts_at)
    part = EventPart.objects.create(
        event=event, title=title, starts_at=_at(day, first), ends_at=_at(day, last), **fields
    )
    for mode, capacity in ((Mode.SITE, site), (Mode.ONLINE, online)):
        if capacity:
            PartPlaces.objects.create(part=part, mode=mode, capacity=capacity)
