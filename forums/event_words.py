"""When, where, by whom and in what state, as ready strings for pages and mails, in the language shown.

Times are Berlin's. Fetch events with `organiser`, `office`, `partners`, `parts__places`, as `queries` does.
"""

import datetime
from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.models import Event, EventPart, Kind, PartPlaces, Subject
from partnership.times import berlin_day, clock, clock_span, long_moment, long_period, short_date


class Stage(models.TextChoices):
    """The state of an event as people speak of it. Full is what is announced and has no place left; over is
    what has ended, and nobody has noted yet that it took place."""

    DRAFT = "draft", gettext_lazy("Entwurf")
    ANNOUNCED = "announced", gettext_lazy("angekündigt")
    FULL = "full", gettext_lazy("ausgebucht")
    OVER = "over", gettext_lazy("vorbei")
    CANCELLED = "cancelled", gettext_lazy("abgesagt")
    HELD = "held", gettext_lazy("hat stattgefunden")
    CLOSED = "closed", gettext_lazy("abgeschlossen")


def stage_of(event: Event, *, now: datetime.datetime) -> Stage:
    if event.state != Event.State.ANNOUNCED:
        return Stage(event.state)
    if event.ends_at <= now:
        return Stage.OVER
    return Stage.FULL if is_full(event) else Stage.ANNOUNCED


def is_full(event: Event) -> bool:
    """Nobody can get a place any more: one of the parts for all has none, or no part to choose has any.

    A part without any places takes no bookings, as a break.
    """
    counted = [part for part in event.parts.all() if part.places.all()]
    for_all = [part for part in counted if part.is_for_all]
    to_choose = [part for part in counted if not part.is_for_all]
    lacks_place = any(is_part_full(part) for part in for_all)
    return lacks_place or (bool(to_choose) and not for_all and all(map(is_part_full, to_choose)))


def is_part_full(part: EventPart) -> bool:
    return not any(places.free for places in part.places.all())


def when_of(event: Event) -> str:
    """'Dienstag, 24. November 2026, 9:00 bis 16:00 Uhr', or from day to day."""
    return period_in_words(event.starts_at, event.ends_at)


def period_in_words(starts_at: datetime.datetime, ends_at: datetime.datetime) -> str:
    if berlin_day(starts_at) == berlin_day(ends_at):
        return long_period(starts_at, ends_at)
    return _("%(start)s bis %(end)s") % {"start": long_moment(starts_at), "end": long_moment(ends_at)}


def short_when_of(event: Event) -> str:
    """'Di 24.11. 9:00–16:00', for lists of the workplace that name the year elsewhere."""
    first, last = berlin_day(event.starts_at), berlin_day(event.ends_at)
    if first == last:
        return f"{short_date(first)} {clock(event.starts_at)}–{clock(event.ends_at)}"
    return f"{short_date(first)} {clock(event.starts_at)} – {short_date(last)} {clock(event.ends_at)}"


def part_when_of(part: EventPart) -> str:
    """'9:00 bis 10:30 Uhr'; with the day where the event has more than one. Fetch parts with their event."""
    event = part.event
    if berlin_day(event.starts_at) == berlin_day(event.ends_at) == berlin_day(part.starts_at):
        return clock_span(part.starts_at, part.ends_at)
    return period_in_words(part.starts_at, part.ends_at)


def place_of(event: Event) -> str:
    """House or venue with its address; 'online' where there is none, 'und online' where both are offered."""
    address = address_of(event)
    if not address:
        return _("online") if event.is_online else ""
    return _("%(place)s und online") % {"place": address} if event.is_online else address


def address_of(event: Event) -> str:
    """'Haus der Wirtschaft, Musterstraße 1, 04668 Grimma'; empty for what is online only."""
    if event.office:
        return f"{event.office.name}, {event.office.address}"
    town = f"{event.postcode} {event.city}".strip()
    return ", ".join(line for line in (event.venue, event.street, town) if line)


def city_of(event: Event) -> str:
    """'Grimma', 'online': for lists."""
    city = event.office.city if event.office else event.city or event.venue
    return city or (_("online") if event.is_online else "")


def access_of(event: Event) -> str:
    """How one gets in, in words; empty where nothing is known."""
    house = event.office or event
    step_free = _("stufenlos erreichbar") if house.step_free else ""
    notes = dict.fromkeys(note.rstrip(".") for note in (house.access_note, event.access_note) if note)
    return ". ".join([*([step_free] if step_free else []), *notes])


def organisers_of(event: Event) -> str:
    """'IHK zu Leipzig mit Polizeidirektion Leipzig und HWK zu Leipzig'."""
    partners = [partner.name for partner in event.partners.all()]
    if not partners:
        return event.organiser.name
    return _("%(organiser)s mit %(partners)s") % {
        "organiser": event.organiser.name,
        "partners": joined(partners),
    }


def subjects_of(event: Event) -> str:
    return ", ".join(str(Subject(subject).label) for subject in event.subjects)


def kind_of(event: Event) -> str:
    return str(Kind(event.kind).label)


def speakers_of(part: EventPart) -> list[str]:
    return [line.strip() for line in part.speakers.splitlines() if line.strip()]


def places_in_words(places: PartPlaces) -> str:
    """'vor Ort: noch 4 von 15 Plätzen frei'."""
    values = {"mode": places.get_mode_display(), "free": places.free, "all": places.capacity}
    if not places.free:
        return _("%(mode)s: ausgebucht") % values
    return _("%(mode)s: noch %(free)d von %(all)d Plätzen frei") % values


def joined(names: Iterable[str]) -> str:
    """'A, B und C'."""
    *others, last = names
    return _("%(names)s und %(last)s") % {"names": ", ".join(others), "last": last} if others else last
