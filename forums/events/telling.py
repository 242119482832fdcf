"""Whom a change reaches: who reads mail, and who has to be called."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils import translation

from forums import mails
from forums.models import Event, PartBooking, Registration
from partnership.blocked_addresses import blocked_among

State = Registration.State
Say = Callable[[], list[str]]
"""What is new, in the language that is set when it is called."""


@dataclass(frozen=True, slots=True)
class Told:
    """Registrations that a change concerns, by how their people learn of it."""

    by_mail: list[Registration] = field(default_factory=list)
    to_call: list[Registration] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.by_mail) + len(self.to_call)


def confirmed_of(event: Event) -> QuerySet[Registration]:
    return _rows(event).filter(state=State.CONFIRMED)


def standing_of(event: Event) -> QuerySet[Registration]:
    return _rows(event).filter(state__in=Registration.STANDING)


def taking_part_in(event: Event, part_ids: Collection[int]) -> QuerySet[Registration]:
    """Confirmed, with a place in one of these parts or waiting for it."""
    bookings = PartBooking.objects.filter(part__in=part_ids, state__in=PartBooking.STANDING)
    return confirmed_of(event).filter(pk__in=bookings.values("registration"))


def ended_with(event: Event) -> QuerySet[Registration]:
    return _rows(event).filter(cancelled_by=Registration.CancelledBy.EVENT)


def reach(registrations: QuerySet[Registration]) -> Told:
    """Whoever has no address gets mail by way of whoever registered them."""
    rows = list(registrations)
    blocked = blocked_among(filter(None, map(mails.address_of, rows)))
    reads = [bool(address := mails.address_of(row)) and address not in blocked for row in rows]
    return Told(
        by_mail=[row for row, is_reader in zip(rows, reads, strict=True) if is_reader],
        to_call=[row for row, is_reader in zip(rows, reads, strict=True) if not is_reader],
    )


def tell(registrations: Collection[Registration], say: Say) -> None:
    """One mail for each address, in its language, with the calendar entry as it is now."""
    by_language: dict[str, list[Registration]] = {}
    for registration in registrations:
        reader = registration if registration.email else registration.registered_by or registration
        by_language.setdefault(reader.page_language, []).append(registration)
    for language, group in by_language.items():
        with translation.override(language):
            changes = say()
        mails.tell_event_changed(group, changes=changes)


def _rows(event: Event) -> QuerySet[Registration]:
    return Registration.objects.filter(event=event).select_related(
        "event__partnership", "event__organiser", "event__office", "registered_by"
    )
