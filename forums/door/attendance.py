"""Who was there: noted at the door for a part and half-day, and taken back.

The registration's row is locked, so that of two devices one notes and the other one finds it noted.
"""

import datetime
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.certificates.doubts import warn_if_certified
from forums.door.half_days import HalfDay, half_days_of
from forums.models import Attendance, Event, EventPart, PartBooking, Registration
from partnership.journal import log_act
from partnership.locking import lock_rows
from partnership.models import Person
from partnership.refusals import Refusal
from partnership.times import berlin_day

State = PartBooking.State
LATE_AFTER = datetime.timedelta(minutes=10)
SAME_TAP = datetime.timedelta(minutes=1)
"""What one device sends again within this, on a bad line, was one tap."""
OPEN_STATES = (Event.State.ANNOUNCED, Event.State.HELD)
"""Of an event, while attendance is noted and taken back."""


@transaction.atomic
def note_attendance(
    *, registration_id: int, half_day: HalfDay, way: str, actor: Person, part_ids: Collection[int] = ()
) -> list[Attendance]:
    """In the parts of this half-day in which there is a place, or in those named of them.

    Gives what was new: nothing if it was all noted before. Raises Refusal.
    """
    registration = lock_registration(registration_id)
    check_door_is_open(registration.event, half_day)
    if registration.state != Registration.State.CONFIRMED:
        raise Refusal(_("Diese Anmeldung gilt nicht mehr. Nehmen Sie die Person ohne Anmeldung auf."))
    bookings = [
        booking
        for booking in registration.bookings.filter(state=State.CONFIRMED).select_related("part")
        if half_day in half_days_of(booking.part) and (not part_ids or booking.part_id in part_ids)
    ]
    if not bookings:
        raise Refusal(
            _("In dieser Tageshälfte gibt es für diese Anmeldung keinen Platz: %(half_day)s.")
            % {"half_day": half_day}
        )
    return note_locked(registration, bookings, half_day=half_day, way=way, actor=actor)


def note_locked(
    registration: Registration,
    bookings: Iterable[PartBooking],
    *,
    half_day: HalfDay,
    way: str,
    actor: Person,
) -> list[Attendance]:
    """With the registration locked. Late is who comes after the beginning while the part still runs; what is
    entered afterwards says nothing about that."""
    now = timezone.now()
    on_that_half = Attendance.objects.filter(
        booking__registration=registration, day=half_day.day, half=half_day.half
    )
    noted = set(on_that_half.values_list("booking", flat=True))
    new = Attendance.objects.bulk_create(
        Attendance(
            booking=booking,
            day=half_day.day,
            half=half_day.half,
            at=now,
            way=way,
            is_late=_is_late(booking.part, half_day, now=now),
            noted_by=actor,
        )
        for booking in bookings
        if booking.pk not in noted
    )
    if new:
        parts = [attendance.booking.part_id for attendance in new]
        _log("attendance.noted", registration, half_day, actor, parts=parts, way=way)
    return new


@transaction.atomic
def undo_attendance(
    *, registration_id: int, half_day: HalfDay, actor: Person, part_ids: Collection[int] = ()
) -> int:
    """Take back what was noted for this half-day, in all parts or in those named. Gives how many it were.

    Whoever issued a certificate for it is told.
    """
    registration = lock_registration(registration_id)
    check_door_is_open(registration.event, half_day)
    rows = Attendance.objects.filter(booking__registration=registration, day=half_day.day, half=half_day.half)
    if part_ids:
        rows = rows.filter(booking__part__in=part_ids)
    parts = list(rows.values_list("booking__part", flat=True))
    rows.delete()
    if parts:
        _log("attendance.undone", registration, half_day, actor, parts=parts)
        warn_if_certified(registration=registration, actor=actor)
    return len(parts)


def noted_just_now(*, registration: Registration, half_day: HalfDay, actor: Person) -> bool:
    """By this person, so that a second tap is not taken for a second visitor."""
    rows = Attendance.objects.filter(
        booking__registration=registration, day=half_day.day, half=half_day.half, noted_by=actor
    )
    return rows.filter(at__gt=timezone.now() - SAME_TAP).exists()


def lock_registration(registration_id: int) -> Registration:
    """Lock first, then read: what a locking statement joins is as old as its beginning."""
    lock_rows(Registration, [registration_id])
    return Registration.objects.select_related("event__organiser").get(pk=registration_id)


def check_door_is_open(event: Event, half_day: HalfDay) -> None:
    """On the day and afterwards, until the event is closed. Raises Refusal."""
    if event.state == Event.State.CANCELLED:
        raise Refusal(_("Die Veranstaltung ist abgesagt. Es gibt keinen Einlass."))
    if event.state not in OPEN_STATES:
        raise Refusal(_("Die Veranstaltung ist abgeschlossen. Die Anwesenheit lässt sich nicht mehr ändern."))
    if half_day.day > berlin_day(timezone.now()):
        raise Refusal(
            _("Der Einlass beginnt erst am Tag der Veranstaltung: %(half_day)s.") % {"half_day": half_day}
        )


def _is_late(part: EventPart, half_day: HalfDay, *, now: datetime.datetime) -> bool:
    begins_here = half_days_of(part)[0] == half_day
    return begins_here and part.starts_at + LATE_AFTER < now < min(part.ends_at, half_day.ends_at)


def _log(act: str, registration: Registration, half_day: HalfDay, actor: Person, **detail: object) -> None:
    log_act(
        act=act,
        thing=registration,
        actor=actor,
        organisation=registration.event.organiser,
        detail={"half_day": half_day.key} | detail,
    )
