"""The names of what happens here, for the journal, the chained log and the outbox."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "theft.reported": _("Diebstahl gemeldet"),
    "theft.extended": _("Diebstahlmeldung ergänzt"),
    "theft.changed": _("Diebstahlmeldung geändert"),
    "theft.withdrawn": _("Diebstahlmeldung zurückgezogen"),
    "theft.confirmed": _("Vorgangsnummer bestätigt"),
    "theft.declined": _("Vorgangsnummer nicht gefunden"),
    "theft.closed": _("Diebstahlmeldung erledigt"),
    "thing.stolen": _("als gestohlen gemeldet"),
    "thing.not_stolen": _("doch nicht gestohlen"),
    "thing.found": _("wiedergefunden"),
    "thing.secured": _("von der Polizei sichergestellt oder gefunden"),
    "thing.returned": _("zurück beim Eigentümer"),
    "list.imported": _("Liste von Geräten eingelesen"),
    "thing.recorded": _("Gerät erfasst"),
    "thing.changed": _("Angaben zum Gerät geändert"),
    "thing.deleted": _("Gerät gelöscht"),
    "thing.lent": _("Gerät verliehen"),
    "thing.came_back": _("Gerät zurückgekommen"),
    "thing.retired": _("Gerät verkauft oder ausgemustert"),
    "thing.retirement_undone": _("Gerät wieder in Gebrauch"),
    "thing.receipt_added": _("Kaufbeleg hinzugefügt"),
    "thing.receipt_removed": _("Kaufbeleg entfernt"),
    "mark.added": _("Kennzeichen hinzugefügt"),
    "labels.ordered": _("Etiketten bestellt"),
    "label.adopted": _("Etikett angebracht"),
    "mark.removed": _("Kennzeichen entfernt"),
    "transfer.offered": _("zur Übernahme angeboten"),
    "transfer.withdrawn": _("Angebot zur Übernahme zurückgezogen"),
    "transfer.declined": _("Übernahme abgelehnt"),
    "transfer.lapsed": _("Angebot zur Übernahme verfallen"),
    "transfer.accepted": _("an eine andere Firma übergeben"),
    "find.begun": _("zu einem Etikett geschrieben"),
    "find.answered": _("Fundmeldung beantwortet"),
    "find.written_again": _("noch einmal zu einem Etikett geschrieben"),
    "find.ended": _("Austausch über einen Fund beendet"),
    "search_settings.changed": _("Einstellung der Fahndung geändert"),
    "pilot.added": _("Machbarkeitsprüfung angelegt"),
    "pilot.changed": _("Machbarkeitsprüfung geändert"),
    "pilot.removed": _("Machbarkeitsprüfung gelöscht"),
    "pilot.decided": _("über die Kennzeichnung entschieden"),
    "pilot.decision_corrected": _("Entscheidung über die Kennzeichnung berichtigt"),
    "campaign.added": _("Kennzeichnungsaktion geplant"),
    "campaign.changed": _("Kennzeichnungsaktion geändert"),
    "campaign.removed": _("Kennzeichnungsaktion gestrichen"),
}
"""Journal: who did what with a thing."""

CHAINED_ACTS: dict[str, Any] = {
    "theft.opened": _("Diebstahlmeldung geöffnet: Firma und Kontakt"),
    "search.made": _("Nummern abgefragt"),
    "search.opened": _("Eigentümer eines Geräts geöffnet"),
    "search.photos_opened": _("Fotos eines Geräts geöffnet"),
    "search.met_later": _("nachträglicher Treffer zu einer Abfrage"),
    "search.exported": _("Ergebnis einer Abfrage heruntergeladen"),
}
"""Chained log: look-ups and openings by police, and exports of them."""

MAILS: dict[str, Any] = {
    "asset_search_hit": _("Nachträglicher Treffer der Fahndung"),
    "asset_theft_reported": _("Bestätigung der Diebstahlmeldung"),
    "asset_theft_confirmed": _("Nachricht, dass die Polizei die Vorgangsnummer bestätigt"),
    "asset_theft_declined": _("Nachricht, dass die Polizei die Vorgangsnummer nicht findet"),
    "asset_theft_secured": _("Nachricht, dass die Polizei ein Gerät hat"),
    "asset_theft_asked": _("Frage, ob ein gestohlenes Gerät wieder da ist"),
    "asset_theft_news": _("Hinweis auf eine Diebstahlmeldung"),
    "asset_transfer_offered": _("Gerät zur Übernahme angeboten"),
    "asset_transfer_withdrawn": _("Übernahme eines Geräts: Angebot zurückgezogen"),
    "asset_transfer_ended": _("Übernahme eines Geräts: Antwort"),
    "asset_transfer_taken": _("Übernahme eines Geräts: Bestätigung"),
    "asset_found": _("Fundmeldung"),
    "asset_found_answer": _("Antwort auf eine Fundmeldung"),
    "asset_found_hint": _("Fundmeldung: Hinweis, wie man antwortet"),
    "asset_search_limit": _("Hinweis auf die Tagesgrenze der Fahndung"),
}

ASKED_FOR: tuple[str, ...] = ()
"""Sent to a blocked address, too: somebody has just typed it and waits at the mailbox."""
