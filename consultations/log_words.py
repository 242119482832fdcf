"""What numbers, keys and codes of our log entries are called."""

from django.utils.translation import gettext_lazy as _

from consultations.models import Appointment, PhoneTask, VisitRequest

REFERENCES = {Appointment: "reference", VisitRequest: "reference"}

DETAILS = {
    "from": _("von"),
    "to": _("auf"),
    "by": _("durch"),
    "again": _("wieder"),
    "result": _("Ergebnis"),
    "edition": _("Fassung"),
    "part": _("Teil"),
    **dict(Appointment.CancelledBy.choices),
    **dict(PhoneTask.Reason.choices),
    **dict(PhoneTask.Result.choices),
}
