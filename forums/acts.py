"""The names of what happens here: acts for the journal, kinds of mail for the outbox."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "registration.erased": _("Angaben zur Anmeldung gelöscht"),
    "certificate.erased": _("Inhalt der Bescheinigung gelöscht"),
}

MAILS: dict[str, Any] = {}
