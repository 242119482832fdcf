"""What we tell somebody about the own appointments. The officer's note is police's and not in it."""

from django.utils.translation import gettext_lazy as _

from consultations.erasing import appointments_about
from consultations.models import Appointment, Concern
from consultations.whereabouts import PLACE, whereabouts_of
from partnership.models import Person
from partnership.own_data import Row, Section

LABELS = {
    "reference": _("Terminnummer"),
    "starts": _("Beginn"),
    "ends": _("Ende"),
    "office": _("Ort"),
    "address": _("Anschrift"),
    "state": _("Stand"),
    "firm": _("Firma"),
    "chamber": _("Kammer"),
    "membership_number": _("Mitgliedsnummer"),
    "name": _("Vor- und Nachname"),
    "email": _("E-Mail-Adresse"),
    "phone": _("Telefon"),
    "topic": _("Thema"),
    "language": _("Sprache des Gesprächs"),
    "note": _("Worum geht es?"),
    "need": _("Unterstützung"),
    "next_step": _("Nächster Schritt"),
    "cancel_reason": _("Grund der Absage"),
}


def about_appointments(person: Person) -> Section:
    """What a booking confides is in it once the booking is the person's own."""
    found = appointments_about(person).select_related(*PLACE, "chamber", "concern")
    rows = [_row(appointment, person) for appointment in found.order_by("period", "pk")]
    return Section(key="appointments", order=10, title=_("Ihre Termine"), labels=LABELS, rows=rows)


def _row(appointment: Appointment, person: Person) -> Row:
    row: Row = {
        "reference": appointment.reference,
        "starts": appointment.starts_at,
        "ends": appointment.ends_at,
        "office": whereabouts_of(appointment).name,
        "address": whereabouts_of(appointment).address,
        "state": appointment.get_state_display(),
        "firm": appointment.firm_name,
        "chamber": appointment.chamber.name if appointment.chamber else "",
        "membership_number": appointment.membership_number,
        "name": appointment.contact_name,
        "email": appointment.contact_email,
        "phone": appointment.contact_phone,
        "cancel_reason": appointment.cancel_reason,
    }
    concern: Concern | None = getattr(appointment, "concern", None)
    if concern and appointment.person_id == person.pk:
        row |= {
            "topic": concern.get_topic_display() if concern.topic else "",
            "language": concern.get_language_display(),
            "note": concern.note,
            "need": concern.accessibility_need,
            "next_step": concern.get_next_step_display() if concern.next_step else "",
        }
    return row
