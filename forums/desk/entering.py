"""A desk enters who calls: confirmed at once, never beyond the places without a reason that is recorded."""

from collections.abc import Iterable

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.models import Event, EventPart, PartBooking, Registration
from forums.registering.bookings import lock_registration
from forums.registering.choosing import chosen_parts
from forums.registering.confirming import confirm_locked
from forums.registering.registering import (
    Entry,
    lock_address,
    lock_standing,
    replace_unconfirmed,
    write_registrations,
)
from forums.registering.window import refuse_late_change
from forums.seats import NoPlaceLeft, lock_parts_of_event, open_places, takes_places
from partnership.firms import lock_heir
from partnership.journal import log_act
from partnership.models import Person
from partnership.phone_numbers import digits_of, searched_digits
from partnership.refusals import Refusal


class WhenFull(models.TextChoices):
    """What becomes of somebody where no place is free."""

    WAIT = "warten", gettext_lazy("auf die Warteliste setzen")
    BEYOND = "aufnehmen", gettext_lazy("trotzdem aufnehmen")


class PartsFull(NoPlaceLeft):
    """The desk decides: another part, the waiting list, or in spite of it."""

    def __init__(self, parts: Iterable[EventPart]) -> None:
        names = ", ".join(f"„{part.title}“" for part in parts)
        super().__init__(
            _(
                "In %(parts)s ist kein Platz mehr frei. Wählen Sie einen anderen Teil, die Warteliste, "
                "oder nehmen Sie trotzdem auf und nennen den Grund."
            )
            % {"parts": names}
        )


class AlreadyRegistered(Refusal):
    """With this address; `known` leads the desk there."""

    def __init__(self, known: Registration) -> None:
        self.known = known
        super().__init__(
            _("Mit dieser E-Mail-Adresse ist schon jemand angemeldet: %(name)s, Nummer %(reference)s.")
            % {"name": known.name, "reference": known.reference}
        )


@takes_places
def enter_caller(
    *, entry: Entry, actor: Person, firm_id: int | None = None, when_full: str = "", reason: str = ""
) -> Registration:
    """Until the event begins, also when one cannot register any more. What waits for its yes under the same
    address is replaced. Entering proves no mailbox: no person and no rights come of it.

    Raises PartsFull without `when_full`, AlreadyRegistered, TooLate, Refusal.
    """
    now = timezone.now()
    lock_parts_of_event(entry.event.pk)
    event = Event.objects.select_related("partnership", "organiser").get(pk=entry.event.pk)
    refuse_late_change(event, now=now)
    programme = EventPart.objects.filter(event=event).prefetch_related("places")
    wanted = chosen_parts(programme, entry.parts)
    full = [part for part, mode in wanted.items() if not open_places(part, mode)]
    if full and not when_full:
        raise PartsFull(full)
    if entry.address:
        lock_address(entry.address)
        if known := lock_standing(event, entry.address):
            if known.state == Registration.State.CONFIRMED:
                raise AlreadyRegistered(known)
            replace_unconfirmed(known, now=now)
    registration = write_registrations(
        entry, confirm_by=now, entered_by=actor, firm=lock_heir(firm_id) if firm_id else None
    )
    log_act(act="registration.entered", thing=registration, actor=actor, organisation=event.organiser)
    if when_full == WhenFull.BEYOND:
        for booking in registration.bookings.filter(part__in=full).select_related("part__event__organiser"):
            _let_in(booking, reason=reason, actor=actor)
    confirm_locked(lock_registration(registration.pk), now=now, by_desk=actor)
    return registration


def _let_in(booking: PartBooking, *, reason: str, actor: Person) -> None:
    """The reason may be about somebody's health: it stays with the booking and is not in the log."""
    if not reason.strip():
        raise Refusal(_("Nennen Sie den Grund, aus dem Sie über die Plätze hinaus aufnehmen."))
    booking.state = PartBooking.State.CONFIRMED
    booking.beyond_reason, booking.beyond_by = reason.strip(), actor
    booking.save(update_fields=["state", "beyond_reason", "beyond_by"])
    log_act(
        act="registration.let_in_beyond",
        thing=booking.registration,
        actor=actor,
        organisation=booking.part.event.organiser,
        detail={"part": booking.part.title, "mode": booking.get_mode_display()},
    )


def perhaps_registered(event: Event, *, name: str, phone: str) -> QuerySet[Registration]:
    """Who may be the same: of that name, or with that telephone number. Several people share a telephone,
    and two share a name, so a desk is asked and not refused."""
    rows = Registration.objects.filter(event=event, state=Registration.State.CONFIRMED)
    same = models.Q(name__iexact=" ".join(name.split()))
    if digits := searched_digits(phone):
        rows = rows.annotate(digits=digits_of("phone"))
        same |= models.Q(digits__endswith=digits)
    return rows.filter(same).order_by("name", "pk")
