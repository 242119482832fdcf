"""What the door is told of a ticket: who it is, where to now, and what to do if that is not clear."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext as _

from forums.door.attendance import OPEN_STATES
from forums.door.half_days import HalfDay, half_day_at, half_days_of, half_days_of_all, half_word
from forums.event_words import joined, part_when_of, when_of
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
class OpenPart:
    """A part of today in which one can be let in at the door; where nothing `is_free`, with a reason."""

    pk: int
    title: str
    when: str
    waits: bool
    is_free: bool


@dataclass(frozen=True, slots=True)
class Admission:
    verdict: Verdict
    title: str
    sentence: str = ""
    half_day: HalfDay | None = None
    half_word: str = ""
    parts: list[PartLine] = field(default_factory=list)
    open_parts: list[OpenPart] = field(default_factory=list)

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
        sentence = (
            _("Hier ist der Einlass zu „%(here)s“. Dieses Ticket gilt für „%(there)s“: %(when)s.") % words
        )
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
    open_parts = _open_parts(event, bookings, today=today, now=now)
    halves = [half for half in half_days_of_all(b.part for b in placed) if half.day == today]
    if not halves:
        return _not_today(bookings, placed, open_parts)
    half_day = _half_that_is_due([b.part for b in placed], halves, now=now)
    lines, missing = _lines(registration, [b for b in placed if half_day in half_days_of(b.part)], half_day)
    return Admission(
        Verdict.ADMIT if missing else Verdict.THERE,
        _("Ticket gültig") if missing else _("Ist schon da"),
        "" if missing else _("Zeigt eine zweite Person dieses Ticket vor? Fragen Sie nach ihrem Namen."),
        half_day,
        half_word(half_day, today=today),
        lines,
        [part for part in open_parts if part.waits],
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


def _not_today(
    bookings: list[PartBooking], placed: list[PartBooking], open_parts: list[OpenPart]
) -> Admission:
    awaited = [part for part in open_parts if part.waits]
    if awaited:
        is_free = any(part.is_free for part in awaited)
        sentence = (
            _("Ein Platz ist frei.")
            if is_free
            else _(
                "Es ist kein Platz frei. Bleibt nach dem Beginn einer leer, lassen Sie mit Begründung ein."
            )
        )
        return Admission(Verdict.UNCLEAR, _("Wartet noch auf einen Platz"), sentence, open_parts=awaited)
    if placed:
        days = dict.fromkeys(half.day for half in half_days_of_all(b.part for b in placed))
        sentence = _("Dieses Ticket gilt nicht heute, sondern: %(days)s.")
        return Admission(Verdict.UNCLEAR, _("Nicht heute"), sentence % {"days": joined(map(long_date, days))})
    is_online = any(booking.state == State.CONFIRMED for booking in bookings)
    return Admission(
        Verdict.UNCLEAR,
        _("Nimmt online teil") if is_online else _("Kein Platz für heute"),
        _("Vor Ort ist kein Platz gebucht. Wo heute einer frei ist, können Sie einlassen.")
        if open_parts
        else _("Heute gibt es hier keinen Programmteil mehr."),
        open_parts=open_parts,
    )


def _open_parts(
    event: Event, bookings: Iterable[PartBooking], *, today: datetime.date, now: datetime.datetime
) -> list[OpenPart]:
    """Those of today that are not over and for which there is no place on site. What was offered is free."""
    states = {booking.part_id: booking.state for booking in bookings if booking.mode == Mode.SITE}
    parts = EventPart.objects.filter(event=event, ends_at__gt=now, places__mode=Mode.SITE)
    return [
        OpenPart(
            pk=part.pk,
            title=part.title,
            when=part_when_of(part),
            waits=states.get(part.pk) in PartBooking.WAITING,
            is_free=states.get(part.pk) == State.OFFERED or free_places(part, Mode.SITE) > 0,
        )
        for part in parts.select_related("event").order_by("starts_at", "pk")
        if states.get(part.pk) != State.CONFIRMED and any(half.day == today for half in half_days_of(part))
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
    rows = Attendance.objects.filter(booking__registration=registration, day=half_day.day, half=half_day.half)
    since = {row.booking_id: _since(row.at, is_late=row.is_late) for row in rows}
    lines = [PartLine(b.part.title, part_when_of(b.part), b.part.room, since.get(b.pk, "")) for b in bookings]
    return lines, any(not line.there for line in lines)


def _since(at: datetime.datetime, *, is_late: bool) -> str:
    words = {"clock": clock_text(at)}
    return _("da seit %(clock)s, verspätet") % words if is_late else _("da seit %(clock)s") % words
