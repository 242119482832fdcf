"""Paper for the door: name badges, and lists to tick off where the line is down."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from forums.door.door_list import by_surname
from forums.door.half_days import half_days_of
from forums.door.tickets import ticket_groups
from forums.event_words import part_when_of, place_of, when_of
from forums.models import Attendance, Event, EventPart, Mode, PartBooking, Registration
from partnership.documents import render_pdf
from partnership.times import short_date, short_moment

BADGES_ON_A_SHEET = 10
EMPTY_LINES = 6
"""For who comes without registration."""
NAME_SIZES = ((14, "xl"), (20, "l"), (30, "m"), (60, "s"))
FIRM_SIZES = ((26, "l"), (52, "m"), (90, "s"))
"""So many characters fit in that size."""


@dataclass(frozen=True, slots=True)
class Badge:
    name: str
    name_size: str
    firm: str
    firm_size: str


@dataclass(frozen=True, slots=True)
class ListedPart:
    """`halves` head the boxes; `rows` are name, firm and number."""

    title: str
    when: str
    room: str
    halves: list[str]
    rows: list[tuple[str, str, str]]


def print_badges(event: Event) -> bytes:
    """For everybody with a place on site, by surname: name and firm, and no role."""
    badges = [_badge(name, firm) for name, firm, _ticket in _people(event)]
    sheets = [badges[at : at + BADGES_ON_A_SHEET] for at in range(0, len(badges), BADGES_ON_A_SHEET)]
    return render_pdf("pdf/badges.html", {"event": event, "sheets": sheets})


def print_door_list(event: Event, parts: Iterable[EventPart] | None = None) -> bytes:
    """A list for each part that has places on site, or for those named."""
    return render_pdf("pdf/door_list.html", lay_out_door_list(event, parts))


def lay_out_door_list(event: Event, parts: Iterable[EventPart] | None = None) -> dict[str, object]:
    shown = list(parts or (part for part in event.parts.all() if _is_on_site(part)))
    return {
        "event": event,
        "when": when_of(event),
        "place": place_of(event),
        "printed": short_moment(timezone.now()),
        "parts": [_listed(event, part) for part in shown],
        "empty": range(EMPTY_LINES),
    }


def _listed(event: Event, part: EventPart) -> ListedPart:
    halves = half_days_of(part)
    days = {half.day for half in halves}
    names = [
        (f"{short_date(half.day)} " if len(days) > 1 else "") + str(Attendance.Half(half.half).label)
        for half in halves
    ]
    return ListedPart(
        title=part.title,
        when=part_when_of(part),
        room=part.room,
        halves=names if len(names) > 1 else [_("da")],
        rows=[(name, firm, " ".join(ticket_groups(ticket))) for name, firm, ticket in _people(event, part)],
    )


def _people(event: Event, part: EventPart | None = None) -> list[tuple[str, str, str]]:
    """Name, firm and ticket of whoever has a place on site."""
    bookings = PartBooking.objects.filter(state=PartBooking.State.CONFIRMED, mode=Mode.SITE)
    if part:
        bookings = bookings.filter(part=part)
    rows = Registration.objects.filter(
        event=event,
        state=Registration.State.CONFIRMED,
        pk__in=bookings.filter(part__event=event).values("registration"),
    )
    people = rows.values_list("name", "firm_name", "ticket")
    return sorted(people, key=lambda row: by_surname(row[0]))


def _badge(name: str, firm: str) -> Badge:
    return Badge(name, _size(name, NAME_SIZES), firm, _size(firm, FIRM_SIZES))


def _size(text: str, sizes: tuple[tuple[int, str], ...]) -> str:
    """A long word is as wide as a line; it counts double."""
    longest = max((len(word) for word in text.split()), default=0)
    room = max(len(text), longest * 4 // 3)
    return next((size for most, size in sizes if room <= most), "xs")


def _is_on_site(part: EventPart) -> bool:
    return any(places.mode == Mode.SITE for places in part.places.all())
