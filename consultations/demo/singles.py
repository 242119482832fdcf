"""Single bookings in times that are still free, made as firms, desks and browsers make them."""

import datetime
import random
from collections.abc import Iterator

from django.utils import timezone

from consultations import booking, desk_booking
from consultations.demo.bookings import (
    OWN_FIRM,
    book_and_confirm,
    book_unconfirmed,
    deal_firms,
    dice_for,
)
from consultations.demo.cast import Cast
from consultations.demo.firms import Firm
from consultations.displaced import Way
from consultations.models import Appointment, OfficeHours, PhoneTask
from consultations.office_hours import cancel_hours, upcoming_in
from consultations.phone_tasks import ask_for_call
from consultations.queries import FreeTime, free_times
from partnership.demo import leipzig
from partnership.times import today

State = Appointment.State
HOUR = datetime.timedelta(hours=1)
SOON, LATER = 4, 24
"""Days ahead between which they lie: late enough for every deadline, early enough to be looked at."""


class Supply:
    """Free times and firms in an order of their own, each taken once."""

    def __init__(self, cast: Cast, purpose: str) -> None:
        self.cast = cast
        self.dice: random.Random = dice_for(purpose, today())
        self.firms: Iterator[Firm] = deal_firms(purpose, today())
        self.times: list[FreeTime] = [
            time
            for time in free_times(partnership=cast.partnership)
            if SOON <= (time.hours.day - today()).days <= LATER
        ]

    def time(self, office: str = "") -> FreeTime | None:
        """The first free one of that office, or any."""
        fitting = [time for time in self.times if office in ("", time.hours.office.name)]
        if not fitting:
            return None
        taken = fitting[0] if office else self.dice.choice(fitting)
        self.times.remove(taken)
        return taken

    def firm(self) -> Firm:
        return next(self.firms)


def add_what_passes(cast: Cast) -> None:
    """An appointment of the signed-in firm, unconfirmed bookings and a hold, where there is none now."""
    now = timezone.now()
    coming = Appointment.objects.filter(period__startswith__gt=now)
    supply = Supply(cast, "passes")
    if not coming.filter(person__email=OWN_FIRM.email).exists():
        _book(supply, OWN_FIRM, office=leipzig.GRIMMA)
    if not coming.filter(state=State.UNCONFIRMED, confirm_by__gt=now).exists():
        for _number in range(3):
            if time := supply.time():
                book_unconfirmed(cast, time.hours.pk, time.starts_at, supply.firm(), supply.dice)
    if not coming.filter(state=State.HELD, held_until__gt=now).exists() and (time := supply.time()):
        booking.hold(hours_id=time.hours.pk, starts_at=time.starts_at)


def add_what_happened(cast: Cast) -> None:
    """A day called off, one booking moved, one cancelled by its firm, one by the desk; calls."""
    _call_off_a_day(cast)
    supply = Supply(cast, "happened")
    if (moved := _book(supply, supply.firm())) and (time := supply.time()):
        booking.move(appointment_id=moved.pk, hours_id=time.hours.pk, starts_at=time.starts_at)
    if given_up := _book(supply, supply.firm()):
        booking.cancel_by_firm(appointment_id=given_up.pk)
    if refused := _book(supply, supply.firm(), office=leipzig.IHK_HOUSE):
        desk_booking.cancel_by_desk(
            appointment_id=refused.pk,
            reason="Der Raum wird an diesem Vormittag für Prüfungen gebraucht.",
            actor=cast.people[leipzig.IHK_DESK],
        )
    _leave_calls_to_make(supply)


def _leave_calls_to_make(supply: Supply) -> None:
    """A mail that did not arrive, and a booking that runs out in five hours without its yes."""
    if bounced := _book(supply, supply.firm(), office=leipzig.IHK_HOUSE):
        ask_for_call(appointment=bounced, reason=PhoneTask.Reason.BOUNCED)
    if time := supply.time(leipzig.IHK_HOUSE):
        waiting = book_unconfirmed(supply.cast, time.hours.pk, time.starts_at, supply.firm(), supply.dice)
        now = timezone.now()
        waiting.asked_at, waiting.confirm_by = now - 15 * HOUR, now + 5 * HOUR
        waiting.save(update_fields=["asked_at", "confirm_by"])
        ask_for_call(appointment=waiting, reason=PhoneTask.Reason.UNCONFIRMED)


def _book(supply: Supply, firm: Firm, office: str = "") -> Appointment | None:
    time = supply.time(office)
    if time is None:
        return None
    return book_and_confirm(supply.cast, time.hours.pk, time.starts_at, firm, supply.dice)


def _call_off_a_day(cast: Cast) -> None:
    """The first one of the Handwerkskammer that firms have booked."""
    day = (
        OfficeHours.objects.filter(
            office__name=leipzig.HWK_HOUSE,
            state=OfficeHours.State.PUBLIC,
            day__gt=today(),
            lanes__appointments__state=State.CONFIRMED,
        )
        .distinct()
        .order_by("day")
        .first()
    )
    if day:
        cancel_hours(
            hours_id=day.pk,
            ways=[Way(appointment.pk, None) for appointment in upcoming_in(day)],
            reason="Der Beamte ist dienstlich verhindert. Bitte wählen Sie eine andere Zeit.",
            actor=cast.people[leipzig.HWK_DESK],
        )
