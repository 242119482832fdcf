"""Who stands at the door without a place: not registered at all, or still waiting."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from forums.door.attendance import SAME_TAP, check_door_is_open, note_locked
from forums.door.half_days import HalfDay, half_days_of
from forums.models import Attendance, Event, EventPart, Mode, PartBooking, Registration
from forums.references import draw_registration_reference, draw_ticket
from forums.registering.bookings import lock_registration, standing_bookings
from forums.registering.choosing import chosen_parts, exclude_each_other
from forums.seats import NoPlaceLeft, free_places, lock_parts_of_event, takes_places
from forums.waiting.offers import pass_on
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

    Beyond the places only with a reason, which is kept and logged. A form that is sent twice is one person.
    Raises NoPlaceLeft, Refusal.
    """
    locked = lock_parts_of_event(event_id)
    event = next(iter(locked.values())).event
    check_door_is_open(event, half_day)
    if twin := _just_taken(event, who, actor):
        return twin
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
    *,
    registration_id: int,
    part_id: int,
    half_day: HalfDay,
    beyond_reason: str,
    way: str,
    actor: Person,
) -> PartBooking:
    """Give somebody registered a place on site in this part: one who waits for it, takes part online, or has
    no part at all now. Beyond the places only with a reason; what was offered is taken up. Twice changes
    nothing. Raises NoPlaceLeft, Refusal.
    """
    registration = lock_registration(registration_id)
    check_door_is_open(registration.event, half_day)
    if registration.state != Registration.State.CONFIRMED:
        raise Refusal(_("Diese Anmeldung gilt nicht mehr. Nehmen Sie die Person ohne Anmeldung auf."))
    part = EventPart.objects.get(pk=part_id, event=registration.event_id)
    standing = {booking.part: booking for booking in standing_bookings(registration)}
    booking = standing.pop(part, None) or PartBooking(part=part)
    booking.registration = registration
    if (booking.state, booking.mode) != (State.CONFIRMED, Mode.SITE):
        _refuse_second_place(part, standing.values())
        _give(booking, beyond_reason, actor)
    if half_day in half_days_of(part):
        note_locked(registration, [booking], half_day=half_day, way=way, actor=actor)
    return booking


def _just_taken(event: Event, who: WalkIn, actor: Person) -> Registration | None:
    rows = Registration.objects.filter(event=event, is_walk_in=True, entered_by=actor)
    same = rows.filter(name=who.name, firm_name=who.firm_name, role=who.role)
    return same.filter(created_at__gt=timezone.now() - SAME_TAP).first()


def _give(booking: PartBooking, beyond_reason: str, actor: Person) -> None:
    was_online = booking.state == State.CONFIRMED and booking.mode == Mode.ONLINE
    is_offered = booking.state == State.OFFERED and booking.mode == Mode.SITE
    booking.beyond_reason = "" if is_offered else _reason_if_full(booking.part, beyond_reason)
    booking.beyond_by = actor if booking.beyond_reason else None
    booking.state, booking.mode, booking.choice = State.CONFIRMED, Mode.SITE, booking.part.choice
    booking.waits_since = booking.offered_at = booking.offer_until = None
    booking.save()
    log_act(
        act="registration.let_in",
        thing=booking.registration,
        actor=actor,
        organisation=booking.registration.event.organiser,
        detail={"part": booking.part_id, "beyond": booking.beyond_reason},
    )
    if was_online:
        pass_on(part=booking.part, mode=Mode.ONLINE, now=timezone.now())


def _refuse_second_place(part: EventPart, standing: Iterable[PartBooking]) -> None:
    for booking in standing:
        is_one_of_a_choice = bool(part.choice) and booking.choice == part.choice
        meets = not part.is_for_all and not booking.part.is_for_all and exclude_each_other(part, booking.part)
        if is_one_of_a_choice or (booking.state == State.CONFIRMED and meets):
            raise Refusal(
                _("Zur selben Zeit ist schon „%(part)s“ gebucht. Ändern Sie das unter „Teilnehmende“.")
                % {"part": booking.part.title}
            )


def _place(registration: Registration, part: EventPart, beyond_reason: str, actor: Person) -> PartBooking:
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
