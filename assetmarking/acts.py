"""The names of what happens here, for the journal, the chained log and the outbox."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "find.begun": _("zu einem Etikett geschrieben"),
    "find.answered": _("Fundmeldung beantwortet"),
    "find.written_again": _("noch einmal zu einem Etikett geschrieben"),
    "find.ended": _("Austausch über einen Fund beendet"),
}
"""Journal: who did what with a thing."""

CHAINED_ACTS: dict[str, Any] = {}
"""Chained log: look-ups and openings by police, and exports of them."""

MAILS: dict[str, Any] = {
    "asset_found": _("Fundmeldung"),
    "asset_found_answer": _("Antwort auf eine Fundmeldung"),
    "asset_found_hint": _("Fundmeldung: Hinweis, wie man antwortet"),
}

ASKED_FOR: tuple[str, ...] = ()
"""Sent to a blocked address, too: somebody has just typed it and waits at the mailbox."""
