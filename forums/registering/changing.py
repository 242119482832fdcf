"""Other parts, or another way of taking part."""

from django.utils import timezone
from django.utils.translation import gettext as _

from forums import mails
from forums.models import EventPart, Registration
from forums.registering.bookings import (
    book_part_locked,
    give_back_locked,
    lock_registration,
    standing_bookings,
)
from forums.registering.cancelling import pass_on_all
from forums.registering.choosing import Parts, chosen_parts
from forums.registering.window import TooLate, refuse_late_change
from forums.seats import NoPlaceLeft, open_places, takes_places
from partnership.journal import log_act
from partnership.models import Person


@takes_places
def change_parts(
    *,
    registration_id: int,
    parts: Parts,
    may_wait_for: frozenset[int] = frozenset(),
    actor: Person | None = None,
) -> Registration:
    """From now on these parts. A place is only given up for a wait if it was said so before: `may_wait_for`
    are the parts of which the person knows that there is no place. Raises NoPlaceLeft, TooLate, Refusal.
    """
    now = timezone.now()
    registration = lock_registration(registration_id)
    refuse_late_change(registration.event, now=now)
    if registration.state != Registration.State.CONFIRMED:
        raise TooLate(_("Diese Anmeldung gilt nicht mehr."))
    programme = EventPart.objects.filter(event=registration.event_id).prefetch_related("places")
    wanted = chosen_parts(programme, parts)
    before = {booking.part: booking for booking in standing_bookings(registration)}
    new = {part: mode for part, mode in wanted.items() if part not in before or before[part].mode != mode}
    if not new and before.keys() == wanted.keys():
        return registration
    _refuse_unexpected_waits(new, may_wait_for)
    freed = give_back_locked(booking for part, booking in before.items() if part in new or part not in wanted)
    for part, mode in new.items():
        book_part_locked(registration=registration, part=part, mode=mode, now=now)
    registration.calendar_sequence += 1
    registration.save(update_fields=["calendar_sequence"])
    log_act(
        act="registration.changed",
        thing=registration,
        actor=actor or registration.person,
        organisation=registration.event.organiser,
    )
    mails.tell_changed(registration)
    pass_on_all(freed, now=now)
    return registration


def _refuse_unexpected_waits(new: dict[EventPart, str], may_wait_for: frozenset[int]) -> None:
    for part, mode in new.items():
        if part.pk not in may_wait_for and not open_places(part, mode):
            raise NoPlaceLeft(
                _(
                    "In „%(part)s“ ist kein Platz mehr frei. Sie haben noch, was Sie hatten. "
                    "Wählen Sie anders, oder senden Sie noch einmal ab, um zu warten."
                )
                % {"part": part.title}
            )
