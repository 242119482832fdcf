"""What an event is, when and where. Two who edit at once notice each other; whoever is coming is told."""

import datetime
from collections.abc import Collection, Mapping
from copy import copy
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from forums.event_words import place_of, when_of
from forums.events.announcing import outside_of, what_is_missing
from forums.events.locking import lock_to_change
from forums.events.partners import set_partners
from forums.events.shifting import shift_between, shifted
from forums.events.telling import Told, confirmed_of, reach, standing_of, tell
from forums.models import Event, EventPart, Kind, Registration
from forums.seats import lock_parts_of_event, takes_places
from partnership.administration.changes import write_changes
from partnership.journal import log_act
from partnership.models import Organisation, Person
from partnership.refusals import Refusal

WHEN = ("starts_at", "ends_at")
WHERE = ("office", "venue", "street", "postcode", "city", "is_online")


@takes_places
def change_event(
    *,
    event_id: int,
    seen: int,
    values: Mapping[str, Any],
    partners: Collection[Organisation],
    actor: Person,
) -> Told:
    """Raises ChangedMeanwhile. Everybody with a confirmed registration is told of another time or place."""
    event = lock_to_change(event_id, seen=seen)
    parts = list(lock_parts_of_event(event_id).values())
    old = copy(event)
    fields = [*write_changes(event, seen=seen, values=values), *set_partners(event, partners)]
    if not fields:
        return Told()
    _move_along(parts, old, event)
    _refuse_gaps(event, parts)
    if event.kind == Kind.EXTERNAL and standing_of(event).exists():
        raise Refusal(_("Hier ist schon jemand angemeldet. Ein externer Kurs wird daraus nicht mehr."))
    detail = {"fields": ", ".join(fields)}
    log_act(act="event.changed", thing=event, actor=actor, organisation=event.organiser, detail=detail)
    if event.version == seen:
        event.version += 1
        event.save(update_fields=["version"])
    if not (what_changes(old, event) and is_to_come(event, now=timezone.now())):
        return Told()
    return _tell_of_change(old, event)


def foresee_change(event: Event, values: Mapping[str, Any], *, now: datetime.datetime) -> Told:
    """Who would be told if the event were like this."""
    new = copy(event)
    for name, value in values.items():
        setattr(new, name, value)
    if not (what_changes(event, new) and is_to_come(new, now=now)):
        return Told()
    return reach(confirmed_of(event))


def is_to_come(event: Event, *, now: datetime.datetime) -> bool:
    """Others wait for it."""
    return event.state == Event.State.ANNOUNCED and event.ends_at > now


def what_changes(old: Event, new: Event) -> list[str]:
    """In the language shown; empty where time and place stay."""
    changes = []
    if any(getattr(old, name) != getattr(new, name) for name in WHEN):
        changes.append(_("Neue Zeit: %(new)s. Bisher: %(old)s.") % {"new": when_of(new), "old": when_of(old)})
    if any(getattr(old, name) != getattr(new, name) for name in WHERE):
        places = {"new": place_of(new), "old": place_of(old)}
        changes.append(_("Neuer Ort: %(new)s. Bisher: %(old)s.") % places)
    return changes


def raise_sequence(event: Event) -> None:
    """Calendars take an entry over only if its number has risen."""
    event.calendar_sequence += 1
    event.save(update_fields=["calendar_sequence"])


def _tell_of_change(old: Event, event: Event) -> Told:
    raise_sequence(event)
    if old.starts_at != event.starts_at:
        _set_deadlines(event)
    reached = reach(confirmed_of(event))
    tell(reached.by_mail, lambda: what_changes(old, event))
    return reached


def _set_deadlines(event: Event) -> None:
    """At another time there is a reminder again, and nobody confirms after the beginning."""
    rows = Registration.objects.filter(event=event)
    rows.filter(state=Registration.State.CONFIRMED).update(reminded_at=None)
    late = rows.filter(state=Registration.State.UNCONFIRMED, confirm_by__gt=event.starts_at)
    late.update(confirm_by=event.starts_at)


def _move_along(parts: Collection[EventPart], old: Event, new: Event) -> None:
    by = shift_between(old, new)
    if not by:
        return
    for part in parts:
        part.starts_at, part.ends_at = shifted(part.starts_at, by), shifted(part.ends_at, by)
        part.save(update_fields=["starts_at", "ends_at"])


def _refuse_gaps(event: Event, parts: Collection[EventPart]) -> None:
    if outside := outside_of(event, parts):
        raise Refusal(
            _("„%(part)s“ läge dann außerhalb der Veranstaltung. Ändern Sie zuerst das Programm.")
            % {"part": outside[0].title}
        )
    if event.state == Event.State.ANNOUNCED and (missing := what_is_missing(event)):
        raise Refusal(" ".join(missing))
