"""A firm's steps through a booking, as the pages take them."""

import datetime
from typing import Any

from django.utils import timezone

from consultations import booking
from consultations.displaced import Settled, Way
from consultations.models import Appointment, OfficeHours
from consultations.office_hours import cancel_hours, upcoming_in
from consultations.placing import Details
from consultations.slots import cut_slots
from partnership.models import LogEntry, OutgoingMail, Person

MINUTE = datetime.timedelta(minutes=1)


def start_of(hours: OfficeHours, index: int = 0) -> datetime.datetime:
    return cut_slots(hours)[index][0]


def details(**changes: Any) -> Details:
    given: dict[str, Any] = {
        "firm_name": "Tischlerei Muster",
        "contact_name": "Alice Muster",
        "contact_email": "alice@tischlerei.example",
        "contact_phone": "0341 000-3000",
    }
    return Details(**given | changes)


def hold(hours: OfficeHours, index: int = 0, held: Appointment | None = None) -> Appointment:
    return booking.hold(
        hours_id=hours.pk, starts_at=start_of(hours, index), held_id=held.pk if held else None
    )


def book(hours: OfficeHours, index: int = 0, **changes: Any) -> Appointment:
    held = hold(hours, index)
    return booking.book(held_id=held.pk, hours_id=hours.pk, details=details(**changes))


def confirm(hours: OfficeHours, index: int = 0, **changes: Any) -> Appointment:
    confirmed, _token = booking.confirm(appointment_id=book(hours, index, **changes).pk)
    return confirmed


def move(appointment: Appointment, hours: OfficeHours, index: int = 0) -> Appointment:
    moved, _token = booking.move(
        appointment_id=appointment.pk, hours_id=hours.pk, starts_at=start_of(hours, index)
    )
    return moved


def cancel_all(hours: OfficeHours, *, actor: Person, reason: str = "Krankheit") -> Settled:
    """The desk calls the day off and moves nobody; it has looked just now."""
    ways = [Way(appointment.pk, None) for appointment in upcoming_in(hours)]
    return cancel_hours(hours_id=hours.pk, ways=ways, reason=reason, actor=actor)


def run_out(appointment: Appointment) -> None:
    """Its hold or its time to be confirmed ended a minute ago; nobody has noticed yet."""
    before = timezone.now() - MINUTE
    field = "held_until" if appointment.state == Appointment.State.HELD else "confirm_by"
    Appointment.objects.filter(pk=appointment.pk).update(**{field: before})


def state_of(appointment: Appointment) -> str:
    return Appointment.objects.values_list("state", flat=True).get(pk=appointment.pk)


def token_in(mail: OutgoingMail) -> str:
    """The secret in a mail's link."""
    url = mail.content.get("confirm_url") or mail.content["manage_url"]
    return str(url.rstrip("/").rpartition("/")[2])


def last_act() -> LogEntry:
    entry = LogEntry.objects.order_by("pk").last()
    assert entry is not None
    return entry
