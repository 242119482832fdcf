"""Who is expected in a half-day and who is there, by name: for the page at the door and for paper."""

import datetime
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from forums.door.half_days import HalfDay, half_day_at, half_days_of, half_days_of_all
from forums.models import Attendance, Event, EventPart, Mode, PartBooking, Registration
from partnership.times import clock_text

State = PartBooking.State


@dataclass(slots=True)
class Guest:
    """`parts` are those with a place in the half-day, `there` says since when one is in all of them."""

    reference: str
    ticket: str
    name: str
    firm: str
    is_walk_in: bool
    parts: list[str] = field(default_factory=list)
    waits_for: list[str] = field(default_factory=list)
    noted: list[tuple[datetime.datetime, bool]] = field(default_factory=list)

    @property
    def is_there(self) -> bool:
        return bool(self.parts) and len(self.noted) == len(self.parts)

    @property
    def there(self) -> str:
        if not self.noted:
            return ""
        words = {"clock": clock_text(min(at for at, _late in self.noted))}
        if any(is_late for _at, is_late in self.noted):
            return _("da seit %(clock)s, verspätet") % words
        return _("da seit %(clock)s") % words


@dataclass(frozen=True, slots=True)
class PartCount:
    part: EventPart
    there: int
    expected: int


@dataclass(frozen=True, slots=True)
class DoorList:
    half_day: HalfDay
    guests: list[Guest]
    waiting: list[Guest]
    counts: list[PartCount]

    @property
    def expected(self) -> int:
        return len(self.guests)

    @property
    def there(self) -> int:
        return sum(guest.is_there for guest in self.guests)


def read_door(
    event: Event, *, half_day: HalfDay, mode: str = Mode.SITE, part: EventPart | None = None
) -> DoorList:
    """Of the parts of this half-day, or of one of them. Two statements for any number."""
    parts = {p.pk: p for p in event.parts.all() if half_day in half_days_of(p)}
    noted = {
        booking: (at, is_late)
        for booking, at, is_late in Attendance.objects.filter(
            booking__part__in=parts, day=half_day.day, half=half_day.half
        ).values_list("booking", "at", "is_late")
    }
    guests: dict[int, Guest] = {}
    expected, there = dict.fromkeys(parts, 0), dict.fromkeys(parts, 0)
    for booking in _bookings(parts, mode):
        if booking.state == State.CONFIRMED:
            expected[booking.part_id] += 1
            there[booking.part_id] += booking.pk in noted
        if part is None or booking.part_id == part.pk:
            guest = guests.setdefault(booking.registration_id, _guest(booking.registration))
            _add(guest, booking, parts[booking.part_id], noted.get(booking.pk))
    in_order = sorted(guests.values(), key=lambda guest: by_surname(guest.name))
    return DoorList(
        half_day=half_day,
        guests=[guest for guest in in_order if guest.parts],
        waiting=[guest for guest in in_order if not guest.parts],
        counts=[PartCount(p, there[key], expected[key]) for key, p in parts.items()],
    )


def half_days_of_event(event: Event) -> list[HalfDay]:
    return half_days_of_all(event.parts.all())


def half_day_of_door(event: Event, *, now: datetime.datetime) -> HalfDay:
    """The present half-day of the event, else the next one, else its last."""
    halves = half_days_of_event(event) or [half_day_at(event.starts_at)]
    here = half_day_at(now)
    return next((half for half in halves if half >= here), halves[-1])


def search_guests(guests: Iterable[Guest], text: str) -> list[Guest]:
    """Every word somewhere in name or firm, whatever its accents."""
    words = folded(text).split()
    return [guest for guest in guests if all(word in folded(f"{guest.name} {guest.firm}") for word in words)]


def by_surname(name: str) -> tuple[str, str]:
    """The last word first: names are one field. Umlauts stand with their vowels (DIN 5007-1)."""
    plain = folded(name)
    return plain.rpartition(" ")[2], plain


def folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _bookings(parts: Iterable[int], mode: str) -> Iterable[PartBooking]:
    rows = PartBooking.objects.filter(
        part__in=list(parts),
        mode=mode,
        state__in=[State.CONFIRMED, *PartBooking.WAITING],
        registration__state=Registration.State.CONFIRMED,
    )
    shown = ("reference", "ticket", "name", "firm_name", "is_walk_in")
    return (
        rows.select_related("registration")
        .only("part_id", "state", *(f"registration__{name}" for name in shown))
        .order_by("part__starts_at", "part")
    )


def _guest(registration: Registration) -> Guest:
    return Guest(
        registration.reference,
        registration.ticket,
        registration.name,
        registration.firm_name,
        registration.is_walk_in,
    )


def _add(
    guest: Guest, booking: PartBooking, part: EventPart, noted: tuple[datetime.datetime, bool] | None
) -> None:
    if booking.state != State.CONFIRMED:
        guest.waits_for.append(part.title)
        return
    guest.parts.append(part.title)
    if noted:
        guest.noted.append(noted)
