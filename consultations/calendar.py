"""An appointment as a calendar entry: time, place, number; nothing of what was confided."""

from typing import Any

from django.utils.translation import gettext as _

from consultations.models import Appointment
from partnership.calendar_files import build_calendar, calendar_entry
from partnership.models import Office

UID_DOMAIN = "termine.sicherheitspartnerschaft"
"""Not the sender's: that may change, and a calendar would no longer know its entry."""


def uid_of(name: str) -> str:
    """`name` is an appointment's number, or what tells another thing apart."""
    return f"{name}@{UID_DOMAIN}"


def location_of(office: Office, room: str) -> str:
    return ", ".join(part for part in (office.name, room, office.address) if part)


def entry_for(appointment: Appointment, *, method: str) -> dict[str, Any]:
    """The UID stays for life; the sequence rises with every move and with the cancellation."""
    assert appointment.lane is not None
    hours = appointment.lane.hours
    return calendar_entry(
        method=method,
        uid=uid_of(appointment.reference),
        sequence=appointment.calendar_sequence,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        summary=_("Beratung durch die Polizei, %(office)s") % {"office": hours.office.name},
        location=location_of(hours.office, hours.room.name if hours.room else ""),
        description=_(
            "Termin %(reference)s. Zum Verschieben oder Absagen öffnen Sie den Link in unserer E-Mail."
        )
        % {"reference": appointment.reference},
    )


def calendar_file(appointment: Appointment) -> bytes:
    """For download: METHOD PUBLISH, so that a calendar adds it without asking anybody back."""
    method = "CANCEL" if appointment.state == Appointment.State.CANCELLED else "PUBLISH"
    return build_calendar(partnership=appointment.partnership, entry=entry_for(appointment, method=method))
