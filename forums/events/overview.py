"""Events as the workplace shows them: rows of the list, how full the parts are, facts, what to do next."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forums.event_words import (
    Stage,
    city_of,
    organisers_of,
    part_when_of,
    short_when_of,
    speakers_of,
    stage_of,
    subjects_of,
)
from forums.events.announcing import why_not_yet
from forums.models import Event, EventPart, Kind, Mode, PartBooking, PartPlaces, Registration
from forums.registering.window import closes_at
from partnership.times import MONTHS, berlin, berlin_day, long_day, short_moment

State = PartBooking.State
BAR = 100
"""Units of width for the picture of how full a part is."""


@dataclass(frozen=True, slots=True)
class EventRow:
    reference: str
    title: str
    when: str
    place: str
    kind: str
    organiser: str
    stage: Stage
    counts: str


@dataclass(frozen=True, slots=True)
class Month:
    anchor: str
    title: str
    rows: list[EventRow]


@dataclass(frozen=True, slots=True)
class PlacesRow:
    """`filled` of a hundred."""

    words: str
    filled: int
    is_full: bool


@dataclass(frozen=True, slots=True)
class PartRow:
    pk: int
    title: str
    when: str
    room: str
    speakers: list[str]
    how: str
    places: list[PlacesRow]
    standing: int


def by_month(events: Iterable[Event], *, now: datetime.datetime) -> list[Month]:
    """In the order given; two statements for all."""
    rows = list(events)
    counts = count_registrations(rows)
    return [
        Month(
            anchor=f"monat-{year}-{month:02d}",
            title=f"{MONTHS['de'][month - 1]} {year}",
            rows=[_row(event, counts, now=now) for event in group],
        )
        for (year, month), group in groupby(rows, key=_month_of)
    ]


def count_registrations(events: Iterable[Event]) -> dict[int, tuple[int, int]]:
    """Key -> how many are registered, and how many of these wait for a part."""
    keys = [event.pk for event in events]
    waits = Q(bookings__state__in=PartBooking.WAITING)
    rows = (
        Registration.objects.filter(event__in=keys, state=Registration.State.CONFIRMED)
        .values("event")
        .annotate(all=Count("pk", distinct=True), waiting=Count("pk", filter=waits, distinct=True))
    )
    return {row["event"]: (row["all"], row["waiting"]) for row in rows}


def parts_of(event: Event) -> list[PartRow]:
    """In their order, in one statement for all bookings."""
    counted: Counter[tuple[int, str, str]] = Counter()
    rows = PartBooking.objects.filter(part__event=event, state__in=PartBooking.STANDING)
    for part, mode, state, number in rows.values_list("part", "mode", "state").annotate(n=Count("pk")):
        counted[part, mode, state] = number
    return [_part(part, counted) for part in event.parts.select_related("event").prefetch_related("places")]


def facts_of(event: Event, *, may_edit: bool) -> list[tuple[str, str]]:
    """What was entered, in words. The link to take part is for those who run the event."""
    contact = ", ".join(filter(None, (event.contact_name, event.contact_phone, event.contact_email)))
    facts = [
        (_("Art"), event.get_kind_display()),
        (_("Wer sie sieht"), event.get_visibility_display()),
        (_("Veranstaltet von"), organisers_of(event)),
        (_("Themen"), subjects_of(event)),
        (_("Reihe"), str(event.series or "")),
        (_("Bildungsplan"), str(event.training_goal or "")),
        (_("Anmeldung"), _window_of(event)),
        (_("Anbieter"), event.provider),
        (_("Seite des Anbieters"), event.provider_url),
        (_("Auskunft gibt"), contact),
        (_("Link zum Teilnehmen"), event.join_url if may_edit else ""),
        (_("Nummer"), event.reference),
    ]
    return [(name, str(value)) for name, value in facts if value]


def what_comes_next(event: Event, *, now: datetime.datetime) -> list[str]:
    """Sentences for those who run it."""
    words = []
    match stage_of(event, now=now):
        case Stage.DRAFT:
            words = why_not_yet(event, now=now) or [
                _("Es fehlt nichts: Sie kann angekündigt werden. Noch sehen nur Sie und die Partner sie.")
            ]
        case Stage.ANNOUNCED | Stage.FULL:
            words = [*_about_registration(event, now=now), *_about_people(event)]
        case Stage.OVER:
            words = [_("Sie ist vorbei. Vermerken Sie, dass sie stattgefunden hat.")]
        case Stage.CANCELLED:
            words = [_("Grund: %(reason)s") % {"reason": event.cancel_reason}]
        case Stage.HELD:
            words = [_("Ist alles erledigt, schließen Sie sie ab. Danach ändert niemand mehr etwas.")]
        case Stage.CLOSED if event.closed_at:
            words = [_("Abgeschlossen am %(day)s.") % {"day": long_day(berlin_day(event.closed_at))}]
    return words


def _row(event: Event, counts: Mapping[int, tuple[int, int]], *, now: datetime.datetime) -> EventRow:
    registered, waiting = counts.get(event.pk, (0, 0))
    return EventRow(
        reference=event.reference,
        title=event.title,
        when=short_when_of(event),
        place=city_of(event),
        kind=str(event.get_kind_display()),
        organiser=event.organiser.short_name,
        stage=stage_of(event, now=now),
        counts=_counts_in_words(event, registered, waiting),
    )


def _counts_in_words(event: Event, registered: int, waiting: int) -> str:
    if event.kind == Kind.EXTERNAL or not registered:
        return ""
    words = _("%(number)d angemeldet") % {"number": registered}
    return _("%(words)s, %(number)d warten") % {"words": words, "number": waiting} if waiting else words


def _month_of(event: Event) -> tuple[int, int]:
    start = berlin(event.starts_at)
    return start.year, start.month


def _part(part: EventPart, counted: Mapping[tuple[int, str, str], int]) -> PartRow:
    return PartRow(
        pk=part.pk,
        title=part.title,
        when=part_when_of(part),
        room=part.room,
        speakers=speakers_of(part),
        how=_how(part),
        places=[_places(places, counted) for places in part.places.all()],
        standing=sum(counted[part.pk, mode, state] for mode in Mode.values for state in State.values),
    )


def _how(part: EventPart) -> str:
    if part.is_for_all:
        return _("für alle")
    return _("Auswahl „%(choice)s“") % {"choice": part.choice} if part.choice else _("zur Wahl")


def _places(places: PartPlaces, counted: Mapping[tuple[int, str, str], int]) -> PlacesRow:
    def number(state: str) -> int:
        return counted[places.part_id, places.mode, state]

    beyond = number(State.CONFIRMED) + number(State.OFFERED) - places.taken
    words = [
        _("%(mode)s: %(taken)d von %(all)d vergeben")
        % {"mode": places.get_mode_display(), "taken": places.taken, "all": places.capacity}
    ]
    if offered := number(State.OFFERED):
        words.append(_("davon %(number)d angeboten") % {"number": offered})
    if beyond > 0:
        words.append(_("%(number)d darüber hinaus") % {"number": beyond})
    if waiting := number(State.WAITLISTED):
        words.append(_("%(number)d warten") % {"number": waiting})
    if pending := number(State.PENDING):
        words.append(_("%(number)d noch nicht bestätigt") % {"number": pending})
    filled = round(BAR * places.taken / places.capacity) if places.capacity else BAR
    return PlacesRow(words=", ".join(words), filled=filled, is_full=not places.free)


def _window_of(event: Event) -> str:
    if event.kind == Kind.EXTERNAL:
        return _("beim Anbieter")
    until = _("bis %(when)s") % {"when": short_moment(closes_at(event))}
    if not event.registration_opens_at:
        return until
    return _("ab %(when)s, %(until)s") % {"when": short_moment(event.registration_opens_at), "until": until}


def _about_registration(event: Event, *, now: datetime.datetime) -> list[str]:
    if event.kind == Kind.EXTERNAL:
        return [_("Man meldet sich beim Anbieter an.")]
    if event.registration_opens_at and now < event.registration_opens_at:
        return [_("Die Anmeldung beginnt am %(when)s.") % {"when": short_moment(event.registration_opens_at)}]
    if now < closes_at(event):
        return [_("Die Anmeldung ist offen bis %(when)s.") % {"when": short_moment(closes_at(event))}]
    return [_("Die Anmeldung ist geschlossen.")]


def _about_people(event: Event) -> list[str]:
    registered, waiting = count_registrations([event]).get(event.pk, (0, 0))
    words = []
    if registered:
        words.append(
            ngettext("Eine Person ist angemeldet.", "%(number)d Personen sind angemeldet.", registered)
            % {"number": registered}
        )
    if waiting:
        words.append(
            ngettext(
                "Eine davon wartet auf einen Platz.", "%(number)d davon warten auf einen Platz.", waiting
            )
            % {"number": waiting}
        )
    return words
