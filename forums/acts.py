"""The names of what happens here: acts for the journal, kinds of mail for the outbox."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "material.added": _("Unterlage hinzugefügt"),
    "material.changed": _("Unterlage geändert"),
    "material.removed": _("Unterlage entfernt"),
    "material.told": _("auf Unterlagen hingewiesen"),
    "feedback.questions_changed": _("Fragen zur Rückmeldung geändert"),
    "feedback.switched": _("Rückmeldung an- oder abgeschaltet"),
}

MAILS: dict[str, Any] = {
    "event_materials": _("Hinweis auf Unterlagen"),
    "event_feedback": _("Bitte um Rückmeldung zur Veranstaltung"),
}
