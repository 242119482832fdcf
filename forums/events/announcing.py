"""A draft becomes known, once nothing is missing."""

import datetime
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.event_words import address_of
from forums.events.locking import lock_event
from forums.models import Event, EventPart, Kind, Mode
from partnership.journal import log_act
from partnership.models import Person
from partnership.refusals import Refusal


@transaction.atomic
def announce_event(*, event_id: int, actor: Person) -> Event:
    now = timezone.now()
    event = lock_event(event_id)
    if event.state != Event.State.DRAFT:
        raise Refusal(_("Diese Veranstaltung ist schon angekündigt."))
    if missing := why_not_yet(event, now=now):
        raise Refusal(" ".join(missing))
    event.state, event.announced_at = Event.State.ANNOUNCED, now
    event.version += 1
    event.save(update_fields=["state", "announced_at", "version"])
    log_act(act="event.announced", thing=event, actor=actor, organisation=event.organiser)
    return event


def why_not_yet(event: Event, *, now: datetime.datetime) -> list[str]:
    """What stands against announcing it now."""
    return [*what_is_missing(event), *_what_is_too_late(event, now=now)]


def what_is_missing(event: Event) -> list[str]:
    """Sentences that say what to do before others may know of it, and as long as they do."""
    if event.kind == Kind.EXTERNAL:
        return list(_missing_of_provider(event))
    parts = list(event.parts.prefetch_related("places"))
    return [*_missing_in_programme(event, parts), *_missing_of_place(event, parts)]


def _what_is_too_late(event: Event, *, now: datetime.datetime) -> list[str]:
    if event.starts_at <= now:
        return [_("Der Beginn liegt in der Vergangenheit. Wählen Sie einen Tag, der noch kommt.")]
    if event.registration_closes_at and event.registration_closes_at <= now:
        return [_("Die Anmeldung wäre schon geschlossen. Wählen Sie ein späteres Ende der Anmeldung.")]
    return []


def offers(parts: list[EventPart], mode: str) -> bool:
    return any(places.mode == mode for part in parts for places in part.places.all())


def outside_of(event: Event, parts: Iterable[EventPart]) -> list[EventPart]:
    return [part for part in parts if part.starts_at < event.starts_at or part.ends_at > event.ends_at]


def _missing_of_provider(event: Event) -> Iterator[str]:
    if not event.provider:
        yield _("Es fehlt, wer den Kurs anbietet.")
    if not event.provider_url:
        yield _("Es fehlt die Seite des Anbieters: Dort meldet man sich an.")


def _missing_in_programme(event: Event, parts: list[EventPart]) -> Iterator[str]:
    if not parts:
        yield _("Das Programm ist leer. Legen Sie mindestens einen Teil an.")
    elif not any(part.places.all() for part in parts):
        yield _("Kein Programmteil hat Plätze. Tragen Sie ein, wie viele teilnehmen können.")
    for part in outside_of(event, parts):
        yield _("„%(part)s“ liegt außerhalb der Zeit der Veranstaltung.") % {"part": part.title}


def _missing_of_place(event: Event, parts: list[EventPart]) -> Iterator[str]:
    on_site, online, address = offers(parts, Mode.SITE), offers(parts, Mode.ONLINE), address_of(event)
    if not address and (on_site or not event.is_online):
        yield _("Es fehlt der Ort. Wählen Sie ein Haus, tragen Sie einen Ort ein oder „auch online“.")
    if address and online and not on_site:
        yield _("Es ist ein Ort angegeben, aber kein Programmteil hat Plätze vor Ort.")
    if event.is_online and on_site and not online:
        yield _("Sie ist auch online, aber kein Programmteil hat Plätze online.")
    if online and not event.is_online:
        yield _("Es gibt Plätze online. Kreuzen Sie „auch online“ an, oder nehmen Sie die Plätze heraus.")
    if event.is_online and not event.join_url:
        yield _("Es fehlt der Link, über den man online teilnimmt.")
