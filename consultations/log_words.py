"""What numbers, keys and codes of our log entries are called."""

from django.utils.translation import gettext_lazy as _

from consultations.models import Appointment

REFERENCES = {Appointment: "reference"}

DETAILS = {
    "from": _("von"),
    "to": _("auf"),
    "by": _("durch"),
    **dict(Appointment.CancelledBy.choices),
}
