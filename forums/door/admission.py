"""What the door is told of a ticket: who it is, where to now, and what to do if that is not clear."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext as _

from forums.door.attendance import OPEN_STATES
from forums.door.half_days import HalfDay, half_day_at, half_days_of, half_days_of_all, half_word
from forums.event_words import part_when_of, when_of
from forums.models import Attendance, Event, EventPart, Mode, PartBooking, Registration
from forums.seats import free_places
from partnership.times import berlin_day, clock_text, long_date

State = PartBooking.State


class Verdict(models.TextChoices):
    """The value is how the page's alert looks."""

    ADMIT = "success"
    THERE = "info"
    REFUSED = "danger"
    UNCLEAR = "warning"


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of the half-day; `there` says since when somebody is there, empty for who is not."""

    title: str
    when: str
    room: str
    there: str


@dataclass(frozen=True, slots=True)
class Wait:
    booking_id: int
    title: str
    when: str
    is_free: bool


@dataclass(frozen=True, slots=True)
class Admission:
    verdict: Verdict
    title: str
    sentence: str = ""
    half_day: HalfDay | None = None
    half_word: str = ""
    parts: list[PartLine] = field(default_factory=list)
    waits: list[Wait] = field(default_factory=list)

    @property
    def can_admit(self) -> bool:
        return self.verdict == Verdict.ADMIT


def judge_ticket(
    registration: Registration, *, now: datetime.datetime, door: Event | None = None
) -> Admission:
    """`door` is the event whose door one is at, where that is known."""
    event = registration.event
    if door is not None and door.pk != event.pk:
        words = {"here": door.title, "there": event.title, "when": when_of(event)}
        sentence = _("Hier ist der Einlass zu „%(here)s“. Dieses Ticket gilt für „%(there)s“: %(when)s.") % words
        return Admission(Verdict.UNCLEAR, _("Andere Veranstaltung"), sentence)
    if refused := _refused(registration):
        return refused
    today = berlin_day(now)
    bookings = list(
        registration.bookings.exclude(state__in=[State.CANCELLED, State.PENDING])
        .select_related("part__event")
        .order_by("part__starts_at", "part")
    )
    placed = [b for b in bookings if b.state == State.CONFIRMED and b.mode == Mode.SITE]
    waits = _waits_of_today(bookings, today=today, now=now)
    halves = [half for half in half_days_of_all(b.part for b in placed) if half.day == today]
    if not halves:
        return _not_today(bookings, placed, waits)
    half_day = _half_that_is_due([b.part for b in placed], halves, now=now)
    lines, missing = _lines(registration, [b for b in placed if half_day in half_days_of(b.part)], half_day)
    return Admission(
        Verdict.ADMIT if missing else Verdict.THERE,
        _("Ticket gültig") if missing else _("Ist schon da"),
        "" if missing else _("Zeigt eine zweite Person dieses Ticket vor? Fragen Sie nach ihrem Namen."),
        half_day,
        half_word(half_day, today=today),
        lines,
        waits,
    )


def _refused(registration: Registration) -> Admission | None:
    """What nothing can be done about at the door, or only without the ticket."""
    event = registration.event
    if event.state == Event.State.CANCELLED:
        return Admission(
            Verdict.REFUSED,
            _("Die Veranstaltung ist abgesagt"),
            _("Es gibt keinen Einlass. Alle Angemeldeten haben eine E-Mail erhalten."),
        )
    if registration.state != Registration.State.CONFIRMED:
        return Admission(
            Verdict.REFUSED,
            _("Abgemeldet"),
            _("Diese Anmeldung gilt nicht mehr. Ist noch Platz, nehmen Sie die Person ohne Anmeldung auf."),
        )
    if event.state not in OPEN_STATES:
        return Admission(
            Verdict.REFUSED,
            _("Die Veranstaltung ist abgeschlossen"),
            _("Die Anwesenheit lässt sich nicht mehr ändern."),
        )
    return None


def _not_today(bookings: list[PartBooking], placed: list[PartBooking], waits: list[Wait]) -> Admission:
    if waits:
        free = any(wait.is_free for wait in waits)
        sentence = _("Ein Platz ist inzwischen frei.") if free else _(
            "Es ist kein Platz frei. Bleiben nach dem Beginn Plätze leer, lassen Sie mit einer Begründung ein."
        )
        return Admission(Verdict.UNCLEAR, _("Wartet noch auf einen Platz"), sentence, waits=waits)
    if placed:
        days = dict.fromkeys(half.day for half in half_days_of_all(b.part for b in placed))
        named = _(" und ").join(long_date(day) for day in days)
        sentence = _("Dieses Ticket gilt nicht heute, sondern: %(days)s.") % {"days": named}
        return Admission(Verdict.UNCLEAR, _("Nicht heute"), sentence)
    if any(booking.state == State.CONFIRMED for booking in bookings):
        return Admission(
            Verdict.UNCLEAR,
            _("Nimmt online teil"),
            _("Vor Ort ist kein Platz gebucht. Ist einer frei, nehmen Sie die Person ohne Anmeldung auf."),
        )
    return Admission(
        Verdict.UNCLEAR,
        _("Kein Platz für heute"),
        _("Ist noch Platz, nehmen Sie die Person ohne Anmeldung auf."),
    )


def _waits_of_today(
    bookings: Iterable[PartBooking], *, today: datetime.date, now: datetime.datetime
) -> list[Wait]:
    """Whoever was offered a place has it already."""
    return [
        Wait(
            booking.pk,
            booking.part.title,
            part_when_of(booking.part),
            booking.state == State.OFFERED or free_places(booking.part, Mode.SITE) > 0,
        )
        for booking in bookings
        if booking.state in PartBooking.WAITING
        and booking.mode == Mode.SITE
        and booking.part.ends_at > now
        and any(half.day == today for half in half_days_of(booking.part))
    ]


def _half_that_is_due(parts: list[EventPart], halves: list[HalfDay], *, now: datetime.datetime) -> HalfDay:
    """The present one; the next of today for who comes early; else the last one that still runs, or ran."""
    here = half_day_at(now)
    running = half_days_of_all(part for part in parts if part.ends_at > now)
    going_on = [half for half in halves if half in running]
    if here in going_on:
        return here
    later = [half for half in going_on if half > here]
    return later[0] if later else (going_on or halves)[-1]


def _lines(
    registration: Registration, bookings: list[PartBooking], half_day: HalfDay
) -> tuple[list[PartLine], bool]:
    """A line for each part, and whether somebody is missing in one of them."""
    rows = Attendance.objects.filter(
        booking__registration=registration, day=half_day.day, half=half_day.half
    )
    since = {row.booking_id: _since(row.at, is_late=row.is_late) for row in rows}
    lines = [
        PartLine(b.part.title, part_when_of(b.part), b.part.room, since.get(b.pk, "")) for b in bookings
    ]
    return lines, any(not line.there for line in lines)


def _since(at: datetime.datetime, *, is_late: bool) -> str:
    words = {"clock": clock_text(at)}
    return _("da seit %(clock)s, verspätet") % words if is_late else _("da seit %(clock)s") % words
