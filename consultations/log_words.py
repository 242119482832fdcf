"""What numbers, keys and codes of our log entries are called."""

from django.utils.translation import gettext_lazy as _

from consultations.models import Appointment, PhoneTask, ReportOpening, ReportReader, VisitRequest

REFERENCES = {Appointment: "reference", VisitRequest: "reference"}

DETAILS = {
    "from": _("von"),
    "to": _("auf"),
    "by": _("durch"),
    "again": _("wieder"),
    "result": _("Ergebnis"),
    "edition": _("Fassung"),
    "part": _("Teil"),
    "number": _("Zeichen"),
    "digest": _("Prüfsumme"),
    "medium": _("Wie"),
    "reader": _("Wer"),
    "opening": _("Öffnung Nr."),
    "police": _("Polizei"),
    **dict(Appointment.CancelledBy.choices),
    **dict(PhoneTask.Reason.choices),
    **dict(PhoneTask.Result.choices),
    **dict(ReportOpening.Medium.choices),
    **dict(ReportReader.Kind.choices),
}
