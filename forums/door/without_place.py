"""Who stands at the door without a place: not registered at all, or still waiting."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from forums.door.attendance import check_door_is_open, note_locked
from forums.door.half_days import HalfDay, half_days_of
from forums.models import Attendance, EventPart, Mode, PartBooking, Registration
from forums.references import draw_registration_reference, draw_ticket
from forums.registering.bookings import lock_registration
from forums.registering.choosing import chosen_parts
from forums.seats import NoPlaceLeft, free_places, lock_parts_of_event, takes_places
from partnership.journal import log_act
from partnership.models import Person
from partnership.refusals import Refusal

State = PartBooking.State


@dataclass(frozen=True, kw_only=True)
class WalkIn:
    name: str
    firm_name: str
    role: str


@takes_places
def take_walk_in(
    *,
    event_id: int,
    who: WalkIn,
    part_ids: Collection[int],
    half_day: HalfDay,
    beyond_reason: str,
    actor: Person,
) -> Registration:
    """Register somebody on site who is there now, in the parts for all and those chosen.

    Beyond the places only with a reason, which is kept and logged. Raises NoPlaceLeft, Refusal.
    """
    locked = lock_parts_of_event(event_id)
    event = next(iter(locked.values())).event
    check_door_is_open(event, half_day)
    programme = EventPart.objects.filter(event=event_id, places__mode=Mode.SITE).prefetch_related("places")
    parts = chosen_parts(programme, dict.fromkeys(part_ids, Mode.SITE))
    now = timezone.now()
    registration = Registration.objects.create(
        event=event,
        reference=draw_registration_reference(),
        ticket=draw_ticket(),
        state=Registration.State.CONFIRMED,
        confirmed_at=now,
        is_walk_in=True,
        entered_by=actor,
        name=who.name,
        firm_name=who.firm_name,
        role=who.role,
    )
    bookings = [_place(registration, part, beyond_reason, actor) for part in parts]
    log_act(
        act="registration.walked_in",
        thing=registration,
        actor=actor,
        organisation=event.organiser,
        detail={"beyond": sorted({b.beyond_reason for b in bookings if b.beyond_reason})},
    )
    now_here = [booking for booking in bookings if half_day in half_days_of(booking.part)]
    note_locked(registration, now_here, half_day=half_day, way=Attendance.Way.WALK_IN, actor=actor)
    return registration


@takes_places
def let_in(
    *, booking_id: int, half_day: HalfDay, beyond_reason: str, way: str, actor: Person
) -> PartBooking:
    """Whoever waits and is there gets the place that is free, or one beyond the places with a reason.

    An offered place is taken up. Twice changes nothing. Raises NoPlaceLeft, Refusal.
    """
    registration_id = PartBooking.objects.values_list("registration", flat=True).get(pk=booking_id)
    registration = lock_registration(registration_id)
    check_door_is_open(registration.event, half_day)
    booking = PartBooking.objects.select_related("part").get(pk=booking_id)
    if registration.state != Registration.State.CONFIRMED or booking.state == State.CANCELLED:
        raise Refusal(_("Diese Anmeldung gilt nicht mehr. Nehmen Sie die Person ohne Anmeldung auf."))
    if booking.state in PartBooking.WAITING:
        if booking.state == State.WAITLISTED:
            booking.beyond_reason = _reason_if_full(booking.part, beyond_reason)
        booking.beyond_by = actor if booking.beyond_reason else None
        booking.state = State.CONFIRMED
        booking.waits_since = booking.offered_at = booking.offer_until = None
        booking.save()
        log_act(
            act="registration.let_in",
            thing=registration,
            actor=actor,
            organisation=registration.event.organiser,
            detail={"part": booking.part_id, "beyond": booking.beyond_reason},
        )
    if half_day in half_days_of(booking.part):
        note_locked(registration, [booking], half_day=half_day, way=way, actor=actor)
    return booking


def _place(
    registration: Registration, part: EventPart, beyond_reason: str, actor: Person
) -> PartBooking:
    reason = _reason_if_full(part, beyond_reason)
    return PartBooking.objects.create(
        registration=registration,
        part=part,
        mode=Mode.SITE,
        choice=part.choice,
        state=State.CONFIRMED,
        beyond_reason=reason,
        beyond_by=actor if reason else None,
    )


def _reason_if_full(part: EventPart, reason: str) -> str:
    """Empty while there is a place. Raises NoPlaceLeft."""
    if free_places(part, Mode.SITE) > 0:
        return ""
    if not reason:
        raise NoPlaceLeft(
            _("„%(part)s“ ist voll. Lassen Sie trotzdem ein, nennen Sie den Grund.") % {"part": part.title}
        )
    return reason
