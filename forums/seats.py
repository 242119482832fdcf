"""How places in parts are given: lock the parts first, look, then write (docs/decisions/0031).

A trigger counts what is confirmed and offered into `PartPlaces.taken`, and its constraint is the last word.
Order of locks: the event (by whoever changes it), parts by key, then registrations by key. A part that is
locked is locked for both modes.
"""

from collections.abc import Iterable

from django.db import IntegrityError
from django.utils.translation import gettext as _

from forums.models import EventPart, PartBooking, PartPlaces
from partnership.locking import constraint_of, lock_rows, transaction_tried_again
from partnership.refusals import Refusal


class NoPlaceLeft(Refusal):
    """Somebody else was quicker, or the capacity is reached."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(
            sentence
            or _("Der letzte Platz wurde gerade vergeben. Sie können sich auf die Warteliste setzen.")
        )


def raise_refusal(error: IntegrityError) -> None:
    """Turn a constraint's error into a sentence, told apart by its name."""
    match constraint_of(error):
        case "part_places_within_capacity":
            raise NoPlaceLeft from error
        case "registration_once_each":
            raise Refusal(_("Mit dieser E-Mail-Adresse ist schon jemand angemeldet.")) from error
    raise error


takes_places = transaction_tried_again(
    drawn=["registration_reference_unique", "registration_ticket_unique"], refuse=raise_refusal
)
"""For every function that books, confirms, offers or frees places."""


def lock_parts(part_ids: Iterable[int]) -> dict[int, EventPart]:
    """Lock parts in id order, then read them with their event; those that do not exist are missing.

    Two statements: what a locking one joins is as old as its beginning, however long it has waited.
    """
    wanted = set(part_ids)
    lock_rows(EventPart, wanted)
    rows = EventPart.objects.filter(pk__in=wanted).select_related("event__partnership", "event__organiser")
    return {part.pk: part for part in rows.order_by("pk")}


def lock_parts_of_event(event_id: int) -> dict[int, EventPart]:
    return lock_parts(EventPart.objects.filter(event=event_id).values_list("pk", flat=True))


def free_places(part: EventPart, mode: str) -> int:
    """How many are left now; 0 where nobody can take part that way. Under the lock it stays true."""
    places = PartPlaces.objects.filter(part=part, mode=mode).first()
    return places.free if places else 0


def open_places(part: EventPart, mode: str) -> int:
    """How many somebody new may take: none while others wait, as free ones are theirs first."""
    waits = PartBooking.objects.filter(part=part, mode=mode, state=PartBooking.State.WAITLISTED)
    return 0 if waits.exists() else free_places(part, mode)
