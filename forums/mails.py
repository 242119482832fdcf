"""Content of the mails to those who take part; one function per mail, called inside the act's transaction.

One mail for each address: colleagues without one stand in the mail of who registered them. What mails to many
read is fetched at once: an event has hundreds of people, and whoever writes to them holds locks.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from forums.event_words import access_of, part_when_of, place_of, when_of
from forums.models import Mode, PartBooking, Registration
from forums.registering.access import issue_own_link, issue_own_links
from forums.registering.bookings import standing_bookings, standing_bookings_of_each
from forums.registering.calendar_entry import certain_among, entry_for, sequence_of
from forums.registering.window import link_end, may_still_change
from forums.waiting.line import Places, places_in_lines
from forums.waiting.words import explain, position_of
from partnership.current import absolute_url
from partnership.links import issue_link
from partnership.models import OutgoingMail, SecretLink
from partnership.outbox import Draft, mails_about, mails_about_all, queue_mail, queue_mails
from partnership.times import long_moment

KNOWN_AGAIN = datetime.timedelta(days=1)


def ask_to_confirm(registration: Registration) -> OutgoingMail | None:
    """Without a name: anybody may have typed anything, and the mailbox may be a stranger's."""
    assert registration.confirm_by is not None
    token = issue_link(
        thing=registration,
        purpose=SecretLink.Purpose.EVENT_CONFIRM,
        expires_at=link_end(registration.event),
    )
    with translation.override(registration.page_language):
        content = _facts(registration) | {
            "confirm_by": long_moment(registration.confirm_by),
            "confirm_url": _url(registration, "forums:confirm", token),
            "wanted": [_part(booking) for booking in standing_bookings(registration)],
            "along": _along(registration.colleagues.count()),
        }
    if not address_of(registration):
        return None
    return queue_mail(**_draft(registration, "event_confirm", content))


def say_known(registration: Registration, *, now: datetime.datetime) -> OutgoingMail | None:
    """Somebody has entered an address that is registered; once a day at most."""
    said = mails_about(registration).filter(kind="event_known", queued_at__gt=now - KNOWN_AGAIN)
    return None if said.exists() else _tell("event_known", [registration])


def tell_registered(registration: Registration, *, along: Sequence[Registration] = ()) -> str:
    """To everybody who has an address. Returns a token to the own page of who has registered."""
    token = issue_own_link(registration)
    for group in by_address([registration, *along]):
        own = token if group[0].pk == registration.pk else ""
        _tell("event_registered", group, token=own, also={"by": "" if own else registration.name})
    return token


def tell_changed(registration: Registration) -> OutgoingMail | None:
    """Other parts, another way, or a place for somebody who waited."""
    return _tell("event_changed", [registration])


def tell_brought_along(registration: Registration, brought: Sequence[Registration]) -> None:
    """To those with an address, and to who has registered them, with all who are told at that address."""
    for group in by_address(one for one in brought if one.email):
        _tell("event_registered", group, also={"by": registration.name})
    silent = registration.colleagues.filter(state=Registration.State.CONFIRMED, email="").order_by("pk")
    also = {"brought": ", ".join(one.name for one in brought)}
    _tell("event_changed", [registration, *silent], also=also)


def tell_cancelled(registrations: Sequence[Registration]) -> None:
    for group in by_address(registrations):
        by = group[0].cancelled_by
        _tell("event_cancelled", group, also={"by_person": by == Registration.CancelledBy.PERSON})


def tell_event_changed(registrations: Iterable[Registration], *, changes: Sequence[str]) -> None:
    """`changes` are sentences: what is new, and what it was."""
    _tell_each("event_moved", registrations, also={"changes": list(changes)})


def tell_event_cancelled(registrations: Sequence[Registration]) -> None:
    reason = registrations[0].event.cancel_reason if registrations else ""
    _tell_each("event_called_off", registrations, also={"reason": reason})


def remind(registrations: Sequence[Registration]) -> None:
    """`starts_at` is for the last look before it leaves."""
    also = {"starts_at": registrations[0].event.starts_at.isoformat()}
    _tell_each("event_reminder", registrations, also=also)


def say_how_to_cancel(registration: Registration) -> OutgoingMail | None:
    """To whoever has declined in the calendar."""
    return _tell("event_declined", [registration], also={"sequence": sequence_of(registration)})


def by_address(registrations: Iterable[Registration]) -> list[list[Registration]]:
    """Whoever has registered first, then the colleagues who read the same mails."""
    groups: dict[str, list[Registration]] = {}
    for registration in registrations:
        if address := address_of(registration):
            groups.setdefault(address, []).append(registration)
    return [sorted(group, key=lambda one: (not one.email, one.pk)) for group in groups.values()]


def address_of(registration: Registration) -> str:
    """The own one, or that of who has registered somebody along; empty for whoever only has a telephone."""
    by = registration.registered_by
    return (registration.email or (by.email if by else "")).lower()


WITH_ENTRY = ("event_registered", "event_changed", "event_moved", "event_cancelled", "event_called_off")


@dataclass(frozen=True, slots=True)
class _Known:
    """What mails to these people read; `has_entry` are those to whom a calendar entry was sent."""

    bookings: Mapping[int, list[PartBooking]]
    places: Places
    has_entry: set[int | None]


def _known_of(groups: Iterable[Sequence[Registration]]) -> _Known:
    bookings = standing_bookings_of_each(one for group in groups for one in group)
    with_entry = mails_about_all(Registration, bookings.keys()).filter(calendar__isnull=False)
    return _Known(
        bookings=bookings,
        places=places_in_lines(booking for own in bookings.values() for booking in own),
        has_entry=set(with_entry.values_list("object_id", flat=True)),
    )


def _tell(
    kind: str, group: Sequence[Registration], *, token: str = "", also: dict[str, Any] | None = None
) -> OutgoingMail | None:
    """Nothing for whoever was registered by telephone without an address."""
    if not address_of(group[0]):
        return None
    token = token or issue_own_link(group[0])
    return queue_mail(**_draft_to(kind, group, _known_of([group]), token=token, also=also or {}))


def _tell_each(kind: str, registrations: Iterable[Registration], *, also: dict[str, Any]) -> None:
    """Of one event, in as many statements for three hundred as for three."""
    groups = by_address(registrations)
    if not groups:
        return
    known, tokens = _known_of(groups), issue_own_links([group[0] for group in groups])
    queue_mails(_draft_to(kind, group, known, token=tokens[group[0].pk], also=also) for group in groups)


def _draft_to(
    kind: str, group: Sequence[Registration], known: _Known, *, token: str, also: Mapping[str, Any]
) -> Draft:
    first, now = group[0], timezone.now()
    with translation.override(first.page_language):
        people = [_person(one, known) for one in group]
        content = _facts(first) | {
            "people": people,
            "is_certain": any(person["certain"] for person in people),
            "is_online": any(person["is_online"] for person in people),
            "has_ticket": any(person["is_on_site"] for person in people),
            "line": explain(first.event, now=now) if any(person["waits"] for person in people) else "",
            "manage_url": _url(first, "forums:registration", token),
            "can_change": may_still_change(first.event, now=now),
            **also,
        }
        calendar = _calendar(first, known) if kind in WITH_ENTRY else None
    return _draft(first, kind, content | {"has_calendar": calendar is not None}, calendar)


def _calendar(registration: Registration, known: _Known) -> dict[str, Any] | None:
    """What has no part left takes back the entry that was sent, if one was. A colleague without an address
    has none: it would be the entry of whoever reads the mail."""
    if not registration.email:
        return None
    certain = certain_among(known.bookings[registration.pk])
    if registration.state == Registration.State.CONFIRMED and certain:
        return entry_for(registration, method="REQUEST", certain=certain)
    if registration.pk in known.has_entry:
        return entry_for(registration, method="CANCEL", certain=certain)
    return None


def _facts(registration: Registration) -> dict[str, Any]:
    event = registration.event
    return {
        "title": event.title,
        "when": when_of(event),
        "place": place_of(event),
        "access": access_of(event),
        "reference": registration.reference,
        "phone": event.contact_phone or event.partnership.phone,
    }


def _along(colleagues: int) -> str:
    if not colleagues:
        return ""
    words = ngettext("Mit angemeldet: %(count)d Person", "Mit angemeldet: %(count)d Personen", colleagues)
    return words % {"count": colleagues}


def _person(registration: Registration, known: _Known) -> dict[str, Any]:
    """What is certain, and what somebody waits for."""
    bookings = known.bookings[registration.pk]
    certain = certain_among(bookings)
    waits = [booking for booking in bookings if booking.state in PartBooking.WAITING]
    return {
        "name": registration.name,
        "reference": registration.reference,
        "certain": [_part(booking) for booking in certain],
        "waits": [_part(booking) | {"position": position_of(booking, known.places)} for booking in waits],
        "is_online": any(booking.mode == Mode.ONLINE for booking in certain),
        "is_on_site": any(booking.mode == Mode.SITE for booking in certain),
    }


def _part(booking: PartBooking) -> dict[str, str]:
    return {
        "title": booking.part.title,
        "when": part_when_of(booking.part),
        "where": booking.part.room if booking.mode == Mode.SITE else "",
        "mode": str(booking.get_mode_display()),
    }


def _url(registration: Registration, name: str, *args: str) -> str:
    return absolute_url(registration.event.partnership, reverse(name, args=args))


def _draft(
    registration: Registration, kind: str, content: dict[str, Any], calendar: dict[str, Any] | None = None
) -> Draft:
    by = registration.registered_by
    return {
        "partnership": registration.event.partnership,
        "kind": kind,
        "to_name": registration.name if registration.email or by is None else by.name,
        "to_email": address_of(registration),
        "language": registration.page_language,
        "content": content,
        "calendar": calendar,
        "thing": registration,
    }
