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
    if event.state == Event.State.CANCELLED:
        return Standing(_("abgesagt"), "danger")
    if words := _words_without_places(event, now=now):
        return Standing(words)
    if is_full(event):
        return Standing(_("ausgebucht, Warteliste"), "warning")
    return _standing_of_places(event)


def _words_without_places(event: Event, *, now: datetime.datetime) -> str:
    """Empty while one can register."""
    opens, closes = event.registration_opens_at, event.registration_closes_at
    is_over = event.state in (Event.State.HELD, Event.State.CLOSED) or event.ends_at <= now
    opening = _("Anmeldung ab %(day)s") % {"day": long_day(berlin_day(opens))} if opens else ""
    cases = (
        (event.state == Event.State.DRAFT, _("Entwurf")),
        (is_over, _("vorbei")),
        (event.starts_at <= now, _("läuft gerade")),
        (event.kind == Kind.EXTERNAL, _("Anmeldung beim Anbieter")),
        (opens and now < opens, opening),
        (closes and closes <= now, _("Anmeldung geschlossen")),
    )
    return next((words for holds, words in cases if holds), "")


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
        return Standing(_("Plätze frei, einzelne Teile ausgebucht"), "success")
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
