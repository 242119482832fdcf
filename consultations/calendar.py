"""An appointment as a calendar entry: time, place, number; nothing of what was confided."""

from typing import Any

from django.utils.translation import gettext as _

from consultations.models import Appointment
from consultations.whereabouts import visit_of, whereabouts_of
from partnership.calendar_files import build_calendar, calendar_entry

UID_DOMAIN = "termine.sicherheitspartnerschaft"
"""Not the sender's: that may change, and a calendar would no longer know its entry."""


def uid_of(name: str) -> str:
    """`name` is an appointment's number, or what tells another thing apart."""
    return f"{name}@{UID_DOMAIN}"


def title_for_firm(office: str) -> str:
    """`office` is empty where police come to the firm."""
    if office:
        return _("Beratung durch die Polizei, %(office)s") % {"office": office}
    return _("Beratung durch die Polizei, Besuch vor Ort")


def entry_for(appointment: Appointment, *, method: str) -> dict[str, Any]:
    """The UID stays for life; the sequence rises with every move and with the cancellation."""
    place = whereabouts_of(appointment)
    return calendar_entry(
        method=method,
        uid=uid_of(appointment.reference),
        sequence=appointment.calendar_sequence,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        summary=title_for_firm("" if visit_of(appointment) else place.name),
        location=place.address if visit_of(appointment) else place.location,
        description=_(
            "Termin %(reference)s. Zum Verschieben oder Absagen öffnen Sie den Link in unserer E-Mail."
        )
        % {"reference": appointment.reference},
    )


def calendar_file(appointment: Appointment) -> bytes:
    """For download: METHOD PUBLISH, so that a calendar adds it without asking anybody back."""
    method = "CANCEL" if appointment.state == Appointment.State.CANCELLED else "PUBLISH"
    return build_calendar(partnership=appointment.partnership, entry=entry_for(appointment, method=method))
