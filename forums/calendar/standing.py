"""How an event stands for somebody who thinks of coming: said in words, with the tone of KERN's badges."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forums.event_words import is_full, is_part_full
from forums.models import Event, EventPart, Kind, Mode
from partnership.times import berlin_day, long_day

FEW = 5
"""So many places left, and it is said how many."""


@dataclass(frozen=True, slots=True)
class Standing:
    """`tone` is success, info, warning or danger."""

    words: str
    tone: str = "info"


def standing_of(event: Event, *, now: datetime.datetime) -> Standing:
    if before := _standing_without_places(event, now=now):
        return before
    if is_full(event):
        return Standing(_("ausgebucht, Warteliste"), "warning")
    return _standing_of_places(event)


def _standing_without_places(event: Event, *, now: datetime.datetime) -> Standing | None:
    """None while one can register."""
    opens, closes = event.registration_opens_at, event.registration_closes_at
    if event.state == Event.State.DRAFT:
        return Standing(_("Entwurf"))
    if event.state == Event.State.CANCELLED:
        return Standing(_("abgesagt"), "danger")
    if event.state != Event.State.ANNOUNCED or event.ends_at <= now:
        return Standing(_("vorbei"))
    if event.starts_at <= now:
        return Standing(_("läuft gerade"))
    if event.kind == Kind.EXTERNAL:
        return Standing(_("Anmeldung beim Anbieter"))
    if opens and now < opens:
        return Standing(_("Anmeldung ab %(day)s") % {"day": long_day(berlin_day(opens))})
    if closes and closes <= now:
        return Standing(_("Anmeldung geschlossen"))
    return None


def _standing_of_places(event: Event) -> Standing:
    """Something is free; whether that is much, and whether everything is."""
    counted = [part for part in event.parts.all() if part.places.all()]
    for_all = [part for part in counted if part.is_for_all]
    free = _free_by_mode(for_all or counted, for_all=bool(for_all))
    match free:
        case {Mode.SITE: 0, Mode.ONLINE: left} if left:
            return Standing(_("vor Ort ausgebucht, online frei"), "warning")
        case {Mode.SITE: left, Mode.ONLINE: 0} if left:
            return Standing(_("online ausgebucht, vor Ort frei"), "warning")
    left = sum(free.values())
    if counted and left <= FEW:
        return Standing(_few(left, for_all=bool(for_all)), "warning")
    if any(is_part_full(part) for part in counted):
        return Standing(_("einzelne Teile ausgebucht"), "warning")
    return Standing(_("Plätze frei"), "success")


def _free_by_mode(parts: list[EventPart], *, for_all: bool) -> dict[str, int]:
    """Who comes takes a place in each part that is for all, so the fullest one counts; else any will do."""
    free: dict[str, list[int]] = {}
    for part in parts:
        for places in part.places.all():
            free.setdefault(places.mode, []).append(places.free)
    return {mode: min(left) if for_all else sum(left) for mode, left in free.items()}


def _few(left: int, *, for_all: bool) -> str:
    """A number only where it is the number of people: of several parts somebody may want more than one."""
    if not for_all or not left:
        return _("nur noch wenige Plätze")
    return ngettext("noch %(count)d Platz frei", "noch %(count)d Plätze frei", left) % {"count": left}
