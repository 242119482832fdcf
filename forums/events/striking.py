"""A part that somebody has booked drops out of the programme: what becomes of them is said with it."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from forums.events.announcing import what_is_missing
from forums.events.changing import is_to_come, raise_sequence
from forums.events.locking import lock_to_change, lock_to_remove
from forums.events.telling import Told, reach, taking_part_in, tell
from forums.models import Attendance, Event, EventPart, PartBooking, Registration
from forums.registering.bookings import book_each_locked, standing_bookings_of_each
from forums.registering.choosing import exclude_each_other, modes_of
from forums.seats import lock_parts_of_event, takes_places
from partnership.journal import log_act
from partnership.locking import lock_rows
from partnership.models import Person
from partnership.refusals import Refusal

State = PartBooking.State


@dataclass(slots=True)
class Struck:
    """Registrations by what became of their place."""

    moved: list[Registration] = field(default_factory=list)
    waiting: list[Registration] = field(default_factory=list)
    dropped: list[Registration] = field(default_factory=list)
    told: Told = field(default_factory=Told)


@takes_places
def strike_part(
    *, event_id: int, part_id: int, seen: int, instead_id: int | None = None, actor: Person
) -> Struck:
    """`instead_id`: whoever had this part gets the other one, in the order of before, as far as it goes."""
    now = timezone.now()
    event = lock_to_change(event_id, seen=seen)
    parts = lock_parts_of_event(event_id)
    part, instead = parts.get(part_id), parts.get(instead_id or 0)
    if part is None or (instead_id and instead is None) or part == instead:
        raise Refusal(_("Diesen Programmteil gibt es nicht mehr."))
    lock_to_remove([part_id])
    if Attendance.objects.filter(booking__part=part).exists():
        raise Refusal(_("Bei diesem Teil war schon jemand anwesend. Er bleibt im Programm."))
    reached = reach(taking_part_in(event, [part.pk]))
    struck = _rebook(part, instead, now=now)
    struck.told = reached
    part.delete()
    if event.state == Event.State.ANNOUNCED and (missing := what_is_missing(event)):
        raise Refusal(" ".join([_("Ohne diesen Teil geht es nicht."), *missing]))
    event.version += 1
    event.save(update_fields=["version"])
    detail = {"part": part.title, "instead": instead.title if instead else ""}
    log_act(act="event.part_struck", thing=event, actor=actor, organisation=event.organiser, detail=detail)
    if is_to_come(event, now=now):
        raise_sequence(event)
        _tell(struck, part.title, instead.title if instead else "")
    return struck


def _rebook(part: EventPart, instead: EventPart | None, *, now: datetime.datetime) -> Struck:
    """Those with a place first, then those who wait, each in order."""
    rows = part.bookings.filter(state__in=PartBooking.STANDING).select_related(
        "registration__event__partnership",
        "registration__event__organiser",
        "registration__event__office",
        "registration__registered_by",
    )
    bookings = sorted(
        rows, key=lambda one: (one.state in PartBooking.WAITING, one.waits_since or now, one.pk)
    )
    lock_rows(Registration, [booking.registration_id for booking in bookings])
    part.bookings.all().delete()
    fitting = _who_can_take(instead, bookings) if instead else []
    taken = {booking.pk for booking in fitting}
    struck = Struck(dropped=[booking.registration for booking in bookings if booking.pk not in taken])
    if instead:
        wanted = [(booking.registration, booking.mode) for booking in fitting]
        for new in book_each_locked(wanted, part=instead, now=now):
            if new.state == State.CONFIRMED:
                struck.moved.append(new.registration)
            elif new.state == State.WAITLISTED:
                struck.waiting.append(new.registration)
    return struck


def _who_can_take(instead: EventPart, bookings: Collection[PartBooking]) -> list[PartBooking]:
    """Those whose way of taking part it has, and against whom nothing else of theirs stands."""
    others = standing_bookings_of_each(booking.registration for booking in bookings)
    modes = modes_of(instead)
    return [
        booking
        for booking in bookings
        if booking.mode in modes
        and not any(_is_against(other, instead) for other in others[booking.registration_id])
    ]


def _is_against(other: PartBooking, instead: EventPart) -> bool:
    is_clash = not other.part.is_for_all and exclude_each_other(other.part, instead)
    return other.part_id == instead.pk or (is_clash and not instead.is_for_all)


def _tell(struck: Struck, title: str, instead: str) -> None:
    readers = {registration.pk for registration in struck.told.by_mail}
    words = {"part": title, "instead": instead}

    def those(group: list[Registration]) -> list[Registration]:
        return [one for one in group if one.pk in readers]

    tell(
        those(struck.moved),
        lambda: [_("„%(part)s“ entfällt. Sie haben stattdessen einen Platz in „%(instead)s“.") % words],
    )
    tell(
        those(struck.waiting),
        lambda: [_("„%(part)s“ entfällt. Für „%(instead)s“ stehen Sie auf der Warteliste.") % words],
    )
    tell(
        those(struck.dropped),
        lambda: [_("„%(part)s“ entfällt. Ihre übrigen Programmteile bleiben.") % words],
    )
