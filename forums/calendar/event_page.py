"""An event's own page: everything for deciding whether to come, as ready strings."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from forums.calendar.standing import Standing, standing_of
from forums.event_words import (
    access_of,
    address_of,
    is_full,
    kind_of,
    part_when_of,
    places_in_words,
    speakers_of,
    subjects_of,
    when_of,
)
from forums.models import Event, EventPart, Kind, Visibility
from forums.registering.window import why_not_open
from partnership.models import Organisation
from partnership.places import geo_of
from partnership.plain_text import Block, blocks_of
from partnership.times import berlin_day, clock_span, current_language, long_date, long_day, long_moment

ANYWHERE = "0,0"
"""In a `geo:` link: the place is the one of the address that follows."""
TO_COME = (Event.State.ANNOUNCED, Event.State.DRAFT)


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    when: str
    room: str
    speakers: list[str]
    blocks: list[Block]
    facts: list[str]
    """Places left for each way of taking part, hours for the certificate."""
    project_url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Parts that come together in the programme; `words` say how one chooses, empty for a part by itself."""

    words: str
    parts: list[Part]


@dataclass(frozen=True, slots=True)
class ProgrammeDay:
    """`title` is empty where the event has one day."""

    title: str
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class Way:
    """How to get there; `by_train` and `by_car` are known of houses only."""

    address: str
    geo: str
    access: str
    by_train: str
    by_car: str


@dataclass(frozen=True, slots=True)
class Registering:
    """`label` of the way in; else `why_not` says why there is none. `until`: if that is not the beginning."""

    label: str = ""
    why_not: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Who answers questions; the partnership's own address where the event names nobody."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class EventPage:
    preline: str
    title: str
    summary: str
    standing: Standing
    when: str
    way: Way | None
    is_online: bool
    is_to_come: bool
    subjects: str
    registering: Registering
    blocks: list[Block]
    programme: list[ProgrammeDay]
    contact: Contact
    organisers: list[Organisation]
    cancelled_on: str
    cancel_reason: str
    next_in_series: tuple[str, str, str] | None
    """Address, title and time; only where this one is cancelled or over."""


def lay_out_event(event: Event, *, following: Event | None, now: datetime.datetime) -> EventPage:
    """Fetch the event as `queries.public_events` does. No statement of its own."""
    is_to_come = event.state in TO_COME and now < event.ends_at
    cancelled_at = event.cancelled_at
    return EventPage(
        preline=_("%(kind)s, %(organiser)s") % {"kind": kind_of(event), "organiser": event.organiser.name},
        title=event.title,
        summary=event.summary,
        standing=standing_of(event, now=now),
        when=when_of(event),
        way=_way(event),
        is_online=event.is_online,
        is_to_come=is_to_come,
        subjects=subjects_of(event),
        registering=_registering(event, now=now),
        blocks=blocks_of(event.description),
        programme=_programme(event, shows_places=is_to_come and event.kind != Kind.EXTERNAL),
        contact=_contact(event),
        organisers=[event.organiser, *event.partners.all()],
        cancelled_on=long_day(berlin_day(cancelled_at)) if cancelled_at else "",
        cancel_reason=event.cancel_reason,
        next_in_series=_next(following) if following else None,
    )


def _next(event: Event) -> tuple[str, str, str]:
    return reverse("forums:event", args=[event.reference]), event.title, when_of(event)


def _contact(event: Event) -> Contact:
    if event.contact_phone or event.contact_email:
        return Contact(event.contact_name, event.contact_phone, event.contact_email)
    partnership = event.partnership
    return Contact(event.contact_name or partnership.name, partnership.phone, partnership.email)


def _way(event: Event) -> Way | None:
    """None for what is online only."""
    address = address_of(event)
    if not address:
        return None
    house, access = event.office, access_of(event)
    return Way(
        address=address,
        geo=geo_of(house.latitude, house.longitude) if house else ANYWHERE,
        access=access[:1].upper() + access[1:],
        by_train=house.by_train if house else "",
        by_car=house.by_car if house else "",
    )


def _registering(event: Event, *, now: datetime.datetime) -> Registering:
    if event.state == Event.State.DRAFT:
        return Registering(why_not=_("Anmelden kann man sich, sobald die Veranstaltung angekündigt ist."))
    if event.kind == Kind.EXTERNAL or (why_not := why_not_open(event, now=now)):
        return Registering(why_not="" if event.kind == Kind.EXTERNAL else why_not)
    if event.visibility == Visibility.INVITED:
        return Registering(why_not=_("Anmelden können sich Eingeladene mit dem Link aus ihrer Einladung."))
    closes = event.registration_closes_at
    return Registering(
        label=_("Auf die Warteliste setzen") if is_full(event) else _("Zur Anmeldung"),
        until=long_moment(closes) if closes and closes < event.starts_at else "",
    )


def _programme(event: Event, *, shows_places: bool) -> list[ProgrammeDay]:
    days = groupby(event.parts.all(), key=lambda part: berlin_day(part.starts_at))
    found = [(day, list(parts)) for day, parts in days]
    return [
        ProgrammeDay(
            title=long_date(day) if len(found) > 1 else "",
            choices=_choices(parts, shows_places=shows_places),
        )
        for day, parts in found
    ]


def _choices(parts: Iterable[EventPart], *, shows_places: bool) -> list[Choice]:
    """What one chooses from stands together, where its first part stands."""
    together: dict[str, list[EventPart]] = {}
    for part in parts:
        together.setdefault(part.choice or f"#{part.pk}", []).append(part)
    return [
        Choice(
            words=_choice_words(group),
            parts=[_part(part, shows_places=shows_places) for part in group],
        )
        for group in together.values()
    ]


def _choice_words(parts: list[EventPart]) -> str:
    if len(parts) == 1:
        return ""
    return _("%(choice)s: Sie wählen einen davon") % {"choice": parts[0].choice}


def _part(part: EventPart, *, shows_places: bool) -> Part:
    places = [places_in_words(row) for row in part.places.all()] if shows_places else []
    return Part(
        title=part.title,
        when=_clock_of(part),
        room=part.room,
        speakers=speakers_of(part),
        blocks=blocks_of(part.description),
        facts=[*places, *_hours(part)],
        project_url=part.project_url,
    )


def _clock_of(part: EventPart) -> str:
    """Its day stands above it, if the event has more than one."""
    if berlin_day(part.starts_at) == berlin_day(part.ends_at):
        return clock_span(part.starts_at, part.ends_at)
    return part_when_of(part)


def _hours(part: EventPart) -> list[str]:
    if not part.credit_hours:
        return []
    point = "," if current_language() == "de" else "."
    hours = f"{part.credit_hours.normalize():f}".replace(".", point)
    one, many = _("%(hours)s Stunde für die Bescheinigung"), _("%(hours)s Stunden für die Bescheinigung")
    return [(one if hours == "1" else many) % {"hours": hours}]
