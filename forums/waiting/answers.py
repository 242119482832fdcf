"""What becomes of a wait: a yes, leaving the line, what the desk decides, the beginning of the event."""

import datetime
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from forums.models import Event, PartBooking, Registration
from forums.seats import NoPlaceLeft, free_places, lock_parts_of_event, open_places, takes_places
from forums.waiting import mails
from forums.waiting.line import TOLD_WITH, line_of
from forums.waiting.offers import end_wait, log_booking, pass_on, take_place
from partnership.models import Person
from partnership.refusals import Refusal

State = PartBooking.State


@takes_places
def accept(*, booking_id: int, actor: Person | None = None, now: datetime.datetime | None = None) -> None:
    """Yes to an offered place. Whether it is late, the lock decides: an offer that has run out is still taken
    while the place is free. Saying it again changes nothing. Raises Refusal.
    """
    now = now or timezone.now()
    booking = _lock(booking_id)
    if booking.state == State.CONFIRMED:
        return
    _refuse_when_over(booking.part.event, now=now)
    if booking.state != State.OFFERED:
        _refuse_when_gone(booking)
    take_place(booking, act="registration.offer_accepted", actor=actor)
    mails.tell_moved_up([booking], was_offered=True)


@takes_places
def wait_again(*, booking_id: int, now: datetime.datetime | None = None) -> None:
    """After an offer that ran out: back into the line, at its end. Raises Refusal."""
    now = now or timezone.now()
    booking = _lock(booking_id)
    if booking.state in PartBooking.STANDING:
        return
    _refuse_when_over(booking.part.event, now=now)
    if booking.lapsed_at is None or _stands_otherwise(booking):
        raise Refusal(_("Das geht nicht mehr. Auf der Seite Ihrer Anmeldung steht, was jetzt gilt."))
    booking.state, booking.waits_since, booking.lapsed_at = State.WAITLISTED, now, None
    booking.save(update_fields=["state", "waits_since", "lapsed_at"])
    log_booking(booking, act="registration.waits_again")
    pass_on(part=booking.part, mode=booking.mode, now=now)


@takes_places
def leave(*, booking_id: int, actor: Person | None = None, now: datetime.datetime | None = None) -> None:
    """No to an offer, or no more waiting; an offered place goes to the next. Twice changes nothing."""
    now = now or timezone.now()
    booking = _lock(booking_id)
    if booking.state in PartBooking.WAITING:
        _end_and_pass_on(booking, act=_act_of_leaving(booking), actor=actor, now=now)


@takes_places
def take_off(*, booking_id: int, reason: str, actor: Person) -> None:
    """The desk ends somebody's wait, with a reason that goes out by mail. Raises Refusal."""
    booking = _lock(booking_id)
    _refuse_unless_waiting(booking)
    _end_and_pass_on(booking, act="registration.taken_off", actor=actor, now=timezone.now(), reason=reason)
    mails.tell_ended([booking], reason=reason)


@takes_places
def take_in(*, booking_id: int, reason: str, is_beyond: bool, actor: Person) -> None:
    """The desk gives a place to somebody who waits, out of order if need be: why stays in the log. Without a
    free place only beyond the capacity (`is_beyond`): why stays with the booking (docs/decisions/0034).

    Raises Refusal.
    """
    booking = _lock(booking_id)
    _refuse_when_over(booking.part.event, now=timezone.now())
    _refuse_unless_waiting(booking)
    is_offered = booking.state == State.OFFERED
    if not is_offered and not line_of(booking.part, booking.mode).filter(pk=booking.pk).exists():
        raise Refusal(_("Zu dieser Zeit hat die Person schon einen Platz in einem anderen Programmteil."))
    if is_offered or free_places(booking.part, booking.mode):
        take_place(booking, act="registration.taken_in", actor=actor, reason=reason)
    elif is_beyond:
        booking.beyond_reason, booking.beyond_by = reason, actor
        take_place(booking, act="registration.let_in_beyond", actor=actor)
    else:
        raise NoPlaceLeft(_("Inzwischen ist kein Platz mehr frei."))
    mails.tell_moved_up([booking])


def end_lines(*, now: datetime.datetime | None = None) -> int:
    """The scan: when an event begins, nobody waits any more; each is told once. Returns how many events."""
    now = now or timezone.now()
    over = PartBooking.objects.filter(state__in=PartBooking.WAITING, part__event__starts_at__lte=now)
    keys = sorted(set(over.values_list("part__event", flat=True)))
    for event_id in keys:
        _end_lines_of(event_id, now=now)
    return len(keys)


@takes_places
def _end_lines_of(event_id: int, *, now: datetime.datetime) -> None:
    parts = lock_parts_of_event(event_id)
    rows = PartBooking.objects.filter(part__in=parts, state__in=PartBooking.WAITING)
    rows = rows.filter(part__event__starts_at__lte=now).select_related(*TOLD_WITH)
    waits = list(rows.order_by("registration", "part__starts_at", "pk"))
    for booking in waits:
        end_wait(booking, act="registration.waiting_ended")
    for _registration, ended in groupby(waits, key=lambda booking: booking.registration_id):
        mails.tell_ended(list(ended))


def _lock(booking_id: int) -> PartBooking:
    """All parts of the event, so that nothing else becomes of the registration meanwhile."""
    lock_parts_of_event(PartBooking.objects.values_list("part__event_id", flat=True).get(pk=booking_id))
    return PartBooking.objects.select_related(*TOLD_WITH).get(pk=booking_id)


def _end_and_pass_on(
    booking: PartBooking, *, act: str, actor: Person | None, now: datetime.datetime, reason: str = ""
) -> None:
    end_wait(booking, act=act, actor=actor, reason=reason)
    pass_on(part=booking.part, mode=booking.mode, now=now)


def _act_of_leaving(booking: PartBooking) -> str:
    is_offered = booking.state == State.OFFERED
    return "registration.offer_declined" if is_offered else "registration.left_line"


def _refuse_when_over(event: Event, *, now: datetime.datetime) -> None:
    if event.state != Event.State.ANNOUNCED or event.starts_at <= now:
        raise Refusal(_("Die Veranstaltung hat begonnen oder findet nicht statt."))


def _refuse_unless_waiting(booking: PartBooking) -> None:
    if booking.state not in PartBooking.WAITING:
        raise Refusal(_("Diese Person wartet nicht mehr."))


def _refuse_when_gone(booking: PartBooking) -> None:
    """An offer that has run out is as good as open while nobody else has the place or waits for it."""
    if booking.lapsed_at is None or _stands_otherwise(booking):
        raise Refusal(_("Dieses Angebot gibt es nicht mehr. Auf der Seite steht, was jetzt gilt."))
    if not open_places(booking.part, booking.mode):
        raise NoPlaceLeft(
            _(
                "Die Zeit zum Antworten war vorbei, und der Platz ist vergeben. "
                "Sie können sich wieder anstellen."
            )
        )


def _stands_otherwise(booking: PartBooking) -> bool:
    """Not registered any more, or with another booking of the same part, choice or time."""
    registration, part = booking.registration, booking.part
    if registration.state != Registration.State.CONFIRMED:
        return True
    others = registration.bookings.filter(state__in=PartBooking.STANDING)
    clashing = others.filter(part=part)
    if not part.is_for_all:
        clashing |= others.filter(
            part__is_for_all=False, part__starts_at__lt=part.ends_at, part__ends_at__gt=part.starts_at
        )
    if booking.choice:
        clashing |= others.filter(choice=booking.choice)
    return clashing.exists()
