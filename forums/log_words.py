"""What numbers and keys of our log entries are called."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from forums.models import Certificate, Event, Registration

REFERENCES: dict[Any, str] = {Event: "reference", Registration: "reference", Certificate: "number"}

DETAILS: dict[str, Any] = {
    "like": _("wie"),
    "reference": _("Nummer"),
    "title": _("Titel"),
    "year": _("Jahr"),
    "registrations": _("Anmeldungen"),
    "part": _("Programmteil"),
    "instead": _("stattdessen"),
    "mode": _("Form"),
    "half_day": _("Tageshälfte"),
    "parts": _("Programmteile"),
    "beyond": _("über die Plätze hinaus, weil"),
    "count": _("Anzahl"),
    "person": _("selbst"),
    "event": _("Veranstaltung abgesagt"),
}
