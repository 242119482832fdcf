"""The parts of an event and their places, written in one go; whoever booked a part that moves is told."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forums.event_words import part_when_of
from forums.events.announcing import outside_of, what_is_missing
from forums.events.bringing_along import bring_along
from forums.events.changing import is_to_come, raise_sequence
from forums.events.locking import lock_to_change, lock_to_remove
from forums.events.telling import Told, reach, taking_part_in, tell
from forums.models import Event, EventPart, Mode, PartBooking, PartPlaces
from forums.registering.choosing import exclude_each_other
from forums.seats import lock_parts_of_event, takes_places
from forums.waiting.offers import pass_on
from partnership.administration.changes import check
from partnership.journal import log_act
from partnership.models import Person
from partnership.refusals import Refusal

WHEN = ("starts_at", "ends_at")


@dataclass(frozen=True, kw_only=True)
class PartPlan:
    """`pk` is None for a new part, `places` maps a mode to how many; None is nobody that way."""

    pk: int | None
    values: Mapping[str, Any]
    places: Mapping[str, int | None]
    is_removed: bool = False


@takes_places
def set_programme(*, event_id: int, seen: int, plans: Sequence[PartPlan], actor: Person) -> Told:
    """Raises ChangedMeanwhile, and Refusal for what bookings stand against. Parts not named stay."""
    now = timezone.now()
    event = lock_to_change(event_id, seen=seen)
    parts = lock_parts_of_event(event_id)
    _remove([parts[plan.pk] for plan in plans if plan.is_removed and plan.pk in parts])
    written = [_write(event, parts, plan) for plan in plans if not plan.is_removed]
    _check(event)
    raised = [(part.pk, mode) for part, plan in written for mode in _set_places(part, plan)]
    if event.state == Event.State.ANNOUNCED and (missing := what_is_missing(event)):
        raise Refusal(" ".join(missing))
    for part, _plan in written:
        if part.is_for_all:
            bring_along(part, now=now)
    event.version += 1
    event.save(update_fields=["version"])
    log_act(act="event.programme_changed", thing=event, actor=actor, organisation=event.organiser)
    reached = _tell(event, moved_by(parts, plans), now=now)
    current = lock_parts_of_event(event_id)
    for key, mode in raised:
        pass_on(part=current[key], mode=mode, now=now)
    return reached


def foresee_programme(event: Event, plans: Sequence[PartPlan], *, now: datetime.datetime) -> Told:
    """Who would be told if the programme were like this."""
    if not is_to_come(event, now=now):
        return Told()
    moved = moved_by({part.pk: part for part in event.parts.all()}, plans)
    return reach(taking_part_in(event, moved))


def moved_by(parts: Mapping[int, EventPart], plans: Sequence[PartPlan]) -> dict[int, EventPart]:
    """Parts that begin or end at another time afterwards, as they were."""
    kept = {plan.pk: plan for plan in plans if plan.pk and not plan.is_removed}
    return {
        key: part
        for key, part in parts.items()
        if key in kept and any(getattr(part, name) != kept[key].values[name] for name in WHEN)
    }


def standing_in(part: EventPart) -> int:
    """How many have a place or wait, those who have not confirmed yet included."""
    return PartBooking.objects.filter(part=part, state__in=PartBooking.STANDING).count()


def _remove(parts: Collection[EventPart]) -> None:
    lock_to_remove([part.pk for part in parts])
    for part in parts:
        if number := standing_in(part):
            raise Refusal(
                ngettext(
                    "Für „%(part)s“ gibt es eine Anmeldung. Streichen Sie den Teil einzeln, und sagen Sie "
                    "dabei, was aus ihr wird.",
                    "Für „%(part)s“ gibt es %(number)d Anmeldungen. Streichen Sie den Teil einzeln, und "
                    "sagen Sie dabei, was aus ihnen wird.",
                    number,
                )
                % {"part": part.title, "number": number}
            )
        part.bookings.all().delete()
        part.delete()


def _write(event: Event, parts: Mapping[int, EventPart], plan: PartPlan) -> tuple[EventPart, PartPlan]:
    if plan.pk is not None and plan.pk not in parts:
        raise Refusal(_("Einen Teil des Programms gibt es nicht mehr. Öffnen Sie die Seite noch einmal."))
    part = copy(parts[plan.pk]) if plan.pk else EventPart()
    part.event = event
    for name, value in plan.values.items():
        setattr(part, name, value)
    check(part)
    part.save()
    return part, plan


def _set_places(part: EventPart, plan: PartPlan) -> list[str]:
    """Gives the modes in which there are more places now."""
    rows = {row.mode: row for row in PartPlaces.objects.filter(part=part)}
    raised = []
    for mode, capacity in plan.places.items():
        row = rows.get(mode)
        _refuse_too_few(part, mode, row, capacity)
        if capacity is None:
            if row:
                row.delete()
        elif row is None:
            PartPlaces.objects.create(part=part, mode=mode, capacity=capacity)
        elif row.capacity != capacity:
            PartPlaces.objects.filter(pk=row.pk).update(capacity=capacity)
            if capacity > row.capacity:
                raised.append(mode)
    return raised


def _refuse_too_few(part: EventPart, mode: str, row: PartPlaces | None, capacity: int | None) -> None:
    if row is None:
        return
    words = {"part": part.title, "mode": Mode(mode).label, "taken": row.taken}
    if capacity is not None and capacity < row.taken:
        raise Refusal(
            _(
                "In „%(part)s“ sind %(mode)s schon %(taken)d Plätze vergeben. Weniger gehen erst, wenn sich "
                "jemand abmeldet."
            )
            % words
        )
    if capacity is None and part.bookings.filter(mode=mode, state__in=PartBooking.STANDING).exists():
        raise Refusal(
            _("In „%(part)s“ ist %(mode)s schon jemand angemeldet oder wartet. Lassen Sie die Plätze stehen.")
            % words
        )


def _check(event: Event) -> None:
    parts = list(event.parts.all())
    if outside := outside_of(event, parts):
        raise Refusal(
            _("„%(part)s“ liegt außerhalb der Zeit der Veranstaltung (%(when)s).")
            % {"part": outside[0].title, "when": part_when_of(_whole(event))}
        )
    for one, other in combinations([part for part in parts if not part.is_for_all], 2):
        if exclude_each_other(one, other):
            _refuse_if_both_booked(one, other)
    for part in parts:
        PartBooking.objects.filter(part=part, state__in=PartBooking.STANDING).update(choice=part.choice)


def _whole(event: Event) -> EventPart:
    return EventPart(event=event, starts_at=event.starts_at, ends_at=event.ends_at)


def _refuse_if_both_booked(one: EventPart, other: EventPart) -> None:
    standing = PartBooking.objects.filter(state__in=PartBooking.STANDING)
    both = standing.filter(part=one, registration__in=standing.filter(part=other).values("registration"))
    if number := both.count():
        raise Refusal(
            ngettext(
                "Eine Person hat „%(one)s“ und „%(other)s“ belegt. Beides zugleich geht dann nicht mehr.",
                "%(number)d Personen haben „%(one)s“ und „%(other)s“ belegt. Beides zugleich geht dann nicht "
                "mehr.",
                number,
            )
            % {"number": number, "one": one.title, "other": other.title}
        )


def _tell(event: Event, moved: Mapping[int, EventPart], *, now: datetime.datetime) -> Told:
    """`moved`: as they were."""
    if not moved or not is_to_come(event, now=now):
        return Told()
    raise_sequence(event)
    reached = reach(taking_part_in(event, moved))
    new = EventPart.objects.filter(pk__in=moved).select_related("event")
    tell(reached.by_mail, lambda: [_moved_words(moved[part.pk], part) for part in new])
    return reached


def _moved_words(old: EventPart, new: EventPart) -> str:
    values = {"part": new.title, "new": part_when_of(new), "old": part_when_of(old)}
    return _("„%(part)s“ ist neu: %(new)s. Bisher: %(old)s.") % values
