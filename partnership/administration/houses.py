"""Houses of the members: address and ways, rooms, and closing days that lie ahead."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from partnership.administration.changes import ChangedMeanwhile, check, write_changes
from partnership.closure_changes import tell_closure_changed
from partnership.journal import log_act
from partnership.models import Area, Office, OfficeClosure, Organisation, Person, Room
from partnership.refusals import Refusal
from partnership.times import numeric_date, today


@dataclass(frozen=True, kw_only=True)
class RoomRow:
    """`pk` is None for a new room."""

    pk: int | None
    name: str
    step_free: bool
    is_removed: bool = False


def area_of(postcode: str, city: str) -> Area | None:
    """The municipality of a postcode; where several share it, the one whose name is the city's."""
    areas = list(Area.objects.filter(postcodes__contains=[postcode], valid_until__isnull=True))
    named = [area for area in areas if area.name.partition(",")[0].casefold() == city.casefold()]
    return next(iter(named or areas), None)


@transaction.atomic
def add_office(*, organisation: Organisation, values: Mapping[str, Any], actor: Person) -> Office:
    office = Office(organisation=organisation, **values)
    office.area = area_of(office.postcode, office.city)
    check(office)
    office.save()
    log_act(act="office.added", thing=office, actor=actor, organisation=organisation)
    return office


@transaction.atomic
def change_office(*, office_id: int, seen: int, values: Mapping[str, Any], actor: Person) -> list[str]:
    """Raises ChangedMeanwhile. The municipality follows from postcode and city."""
    office = _lock(office_id)
    values = {**values, "area": area_of(values["postcode"], values["city"])}
    fields = write_changes(office, seen=seen, values=values)
    if fields:
        _log("office.changed", office, actor, {"fields": ", ".join(fields)})
    return fields


@transaction.atomic
def take_out_of_service(*, office_id: int, actor: Person) -> Office:
    """Nobody finds the house any more. What is booked in it stays."""
    office = _lock(office_id)
    if not office.is_active:
        raise Refusal(_("Dieses Haus ist schon außer Betrieb."))
    return _set_in_service(office, False, "office.closed_down", actor)


@transaction.atomic
def put_into_service(*, office_id: int, actor: Person) -> Office:
    office = _lock(office_id)
    if office.is_active:
        raise Refusal(_("Dieses Haus ist schon in Betrieb."))
    return _set_in_service(office, True, "office.opened", actor)


@transaction.atomic
def set_rooms(*, office_id: int, rows: Sequence[RoomRow], actor: Person) -> None:
    """Add, rename and remove in one go; raises Refusal for a room that something is planned in."""
    office = _lock(office_id)
    names = [row.name.casefold() for row in rows if not row.is_removed]
    if len(set(names)) < len(names):
        raise Refusal(_("Zwei Räume heißen gleich. Geben Sie jedem einen eigenen Namen."))
    rooms = {room.pk: room for room in office.rooms.all()}
    for row in sorted(rows, key=lambda row: not row.is_removed):
        room = rooms.get(row.pk) if row.pk else None
        if row.is_removed:
            if room:
                _remove_room(room, office, actor)
        elif room is None:
            room = Room.objects.create(office=office, name=row.name, step_free=row.step_free)
            _log("room.added", office, actor, {"room": room.name})
        elif (room.name, room.step_free) != (row.name, row.step_free):
            room.name, room.step_free = row.name, row.step_free
            room.save(update_fields=["name", "step_free"])
            _log("room.changed", office, actor, {"room": room.name})


@transaction.atomic
def shorten_closure(
    *,
    closure_id: int,
    seen: tuple[datetime.date, datetime.date],
    starts: datetime.date,
    ends: datetime.date,
    reason: str,
    actor: Person,
) -> OfficeClosure:
    """Fewer days, or another reason. More days are a new closure, as appointments may lie in them."""
    closure = _lock_closure(closure_id)
    if (closure.starts, closure.ends) != seen:
        raise ChangedMeanwhile
    if ends < starts:
        raise Refusal(_("Das Ende liegt vor dem Beginn. Wählen Sie einen späteren Tag."))
    if starts < closure.starts or ends > closure.ends:
        raise Refusal(
            _(
                "Hier lässt sich eine Schließzeit nur kürzen. Weitere Tage tragen Sie als neue Schließzeit "
                "ein, damit die Termine in diesen Tagen nicht verloren gehen."
            )
        )
    if closure.starts <= today() and starts != closure.starts:
        raise Refusal(_("Diese Schließzeit hat schon begonnen. Ihr erster Tag bleibt, wie er ist."))
    if ends < min(closure.ends, today()):
        raise Refusal(_("Vergangene Tage waren geschlossen. Wählen Sie als Ende heute oder später."))
    closure.starts, closure.ends, closure.reason = starts, ends, reason
    check(closure)
    closure.save(update_fields=["starts", "ends", "reason"])
    tell_closure_changed(closure)
    _log("closure.shortened", closure.office, actor, _days(closure))
    return closure


@transaction.atomic
def remove_closure(*, closure_id: int, actor: Person) -> None:
    """Of a closure that has begun, the days that are over stay."""
    closure = _lock_closure(closure_id)
    _log("closure.removed", closure.office, actor, _days(closure))
    if closure.starts >= today():
        closure.delete()
        return
    closure.ends = today() - datetime.timedelta(days=1)
    closure.save(update_fields=["ends"])
    tell_closure_changed(closure)


def _lock(office_id: int) -> Office:
    return (
        Office.objects.select_for_update(no_key=True, of=("self",))
        .select_related("organisation", "area")
        .get(pk=office_id)
    )


def _lock_closure(closure_id: int) -> OfficeClosure:
    closure = (
        OfficeClosure.objects.select_for_update(no_key=True, of=("self",))
        .select_related("office__organisation")
        .filter(pk=closure_id)
        .first()
    )
    if closure is None:
        raise Refusal(_("Diese Schließzeit ist schon entfernt."))
    if closure.ends < today():
        raise Refusal(_("Diese Schließzeit ist vorbei und bleibt, wie sie war."))
    return closure


def _remove_room(room: Room, office: Office, actor: Person) -> None:
    name = room.name
    try:
        with transaction.atomic():
            room.delete()
    except ProtectedError:
        raise Refusal(
            _("„%(room)s“ wird oder wurde für Sprechtage genutzt und bleibt. Sie können den Raum umbenennen.")
            % {"room": name}
        ) from None
    _log("room.removed", office, actor, {"room": name})


def _set_in_service(office: Office, is_active: bool, act: str, actor: Person) -> Office:
    office.is_active = is_active
    office.version += 1
    office.save(update_fields=["is_active", "version"])
    _log(act, office, actor)
    return office


def _days(closure: OfficeClosure) -> dict[str, str]:
    return {"first_day": numeric_date(closure.starts), "last_day": numeric_date(closure.ends)}


def _log(act: str, office: Office, actor: Person, detail: dict[str, Any] | None = None) -> None:
    log_act(act=act, thing=office, actor=actor, organisation=office.organisation, detail=detail)
