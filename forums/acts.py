"""The names of what happens here: acts for the journal, kinds of mail for the outbox."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "attendance.noted": _("eingelassen"),
    "attendance.undone": _("Einlass zurückgenommen"),
    "registration.walked_in": _("ohne Anmeldung aufgenommen"),
    "registration.let_in": _("von der Warteliste eingelassen"),
}

MAILS: dict[str, Any] = {}
