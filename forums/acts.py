"""The names of what happens here: acts for the journal, kinds of mail for the outbox."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "attendance.noted": _("eingelassen"),
    "attendance.undone": _("Einlass zurückgenommen"),
    "registration.walked_in": _("ohne Anmeldung aufgenommen"),
    "registration.let_in": _("von der Warteliste eingelassen"),
    "certificate.issued": _("Bescheinigung ausgestellt"),
    "certificate.revoked": _("Bescheinigung widerrufen"),
    "certificate.in_doubt": _("Anwesenheit nach dem Ausstellen der Bescheinigung zurückgenommen"),
}

MAILS: dict[str, Any] = {
    "certificate_issued": _("Bescheinigung: Link"),
    "certificate_revoked": _("Bescheinigung: Widerruf"),
    "certificate_in_doubt": _("Bescheinigung: Anwesenheit zurückgenommen"),
}
