"""Events, parts and registrations as rows, as the acts of people would have left them."""

import datetime
import itertools
from typing import Any

from django.utils import timezone

from forums.models import Event, EventPart, Mode, PartBooking, PartPlaces, Registration, Role
from forums.references import draw_event_reference, draw_registration_reference, draw_ticket
from partnership.journal import log_act
from partnership.models import LogEntry, Organisation, Partnership, Person, Post
from partnership.times import at_wall_time, today

A_DAY = datetime.timedelta(days=1)


def a_workday(weeks: int, weekday: int) -> datetime.date:
    """So many weeks from now; Monday is 0."""
    day = today() + datetime.timedelta(weeks=weeks)
    return day + datetime.timedelta(days=weekday - day.weekday())


def write_event(
    partnership: Partnership,
    organiser: str,
    *,
    day: datetime.date,
    hours: tuple[int, int],
    partners: tuple[str, ...] = (),
    **fields: Any,
) -> Event:
    members = Organisation.objects.filter(partnerships=partnership)
    state = fields.get("state", Event.State.ANNOUNCED)
    announced_at = at_hour(today() - 42 * A_DAY, 10)
    event = Event.objects.create(
        partnership=partnership,
        organiser=members.get(name=organiser),
        reference=draw_event_reference(),
        starts_at=at_hour(day, hours[0]),
        ends_at=at_hour(day, hours[1]),
        announced_at=None if state == Event.State.DRAFT else announced_at,
        created_at=announced_at,
        **fields | {"state": state},
    )
    event.partners.set(members.filter(name__in=partners))
    _log(event, ["event.added"] if state == Event.State.DRAFT else ["event.added", "event.announced"])
    return event


def write_part(
    event: Event, title: str, hours: tuple[int, int], *, site: int = 0, online: int = 0, **fields: Any
) -> EventPart:
    day = timezone.localdate(event.starts_at)
    part = EventPart.objects.create(
        event=event, title=title, starts_at=at_hour(day, hours[0]), ends_at=at_hour(day, hours[1]), **fields
    )
    PartPlaces.objects.bulk_create(
        PartPlaces(part=part, mode=mode, capacity=capacity)
        for mode, capacity in ((Mode.SITE, site), (Mode.ONLINE, online))
        if capacity
    )
    return part


def write_registrations(event: Event, parts: list[EventPart], names: list[str]) -> list[Registration]:
    """Confirmed two weeks before the event, in all of the parts."""
    roles = itertools.cycle([Role.BUSINESS, Role.BUSINESS, Role.FULL_TIME, Role.VOLUNTEER, Role.PUBLIC])
    moment = min(event.starts_at, timezone.now()) - 14 * A_DAY
    written = []
    for name, role in zip(names, roles, strict=False):
        surname = name.split()[-1]
        registration = Registration.objects.create(
            event=event,
            reference=draw_registration_reference(),
            ticket=draw_ticket(),
            state=Registration.State.CONFIRMED,
            role=role,
            name=name,
            email=f"{surname.lower()}@betrieb.example",
            firm_name=f"{surname} GmbH" if role == Role.BUSINESS else "",
            created_at=moment,
            confirmed_at=moment,
        )
        PartBooking.objects.bulk_create(
            PartBooking(
                registration=registration,
                part=part,
                mode=Mode.SITE,
                choice=part.choice,
                state=PartBooking.State.CONFIRMED,
            )
            for part in parts
        )
        written.append(registration)
    return written


def _log(event: Event, acts: list[str]) -> None:
    for act in acts:
        entry = log_act(act=act, thing=event, organisation=event.organiser, actor=_desk_of(event))
        LogEntry.objects.filter(pk=entry.pk).update(at=event.created_at)


def _desk_of(event: Event) -> Person | None:
    desks = Post.objects.filter(role=Post.Role.DESK, organisation=event.organiser)
    return Person.objects.filter(pk__in=desks.values("person")).first()


def at_hour(day: datetime.date, hour: int) -> datetime.datetime:
    return at_wall_time(day, datetime.time(hour))
