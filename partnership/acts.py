"""The names of what happens on the ground floor: acts for the journal, kinds of mail for the outbox."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "photo.added": _("Foto hinzugefügt"),
    "photo.removed": _("Foto entfernt"),
    "account.registered": _("Konto eingerichtet"),
    "account.renamed": _("Name geändert"),
    "account.address_changed": _("E-Mail-Adresse geändert"),
    "account.password_changed": _("Passwort geändert"),
    "account.password_set": _("Passwort festgelegt"),
    "account.app_added": _("Authenticator-App eingerichtet"),
    "account.app_removed": _("Authenticator-App entfernt"),
    "account.passkey_added": _("Passkey hinzugefügt"),
    "account.passkey_removed": _("Passkey entfernt"),
    "account.codes_renewed": _("neue Wiederherstellungscodes erzeugt"),
    "account.sessions_ended": _("Sitzungen beendet"),
    "second_factor_reset.asked": _("Zurücksetzen eines zweiten Faktors beantragt"),
    "second_factor_reset.confirmed": _("zweiter Faktor zurückgesetzt"),
    "second_factor_reset.withdrawn": _("Antrag auf Zurücksetzen zurückgezogen"),
    "firm.created": _("Firma angelegt"),
    "firm.changed": _("Angaben zur Firma geändert"),
    "firm.site_added": _("Standort angelegt"),
    "firm.site_changed": _("Standort geändert"),
    "firm.site_removed": _("Standort entfernt"),
    "firm.contact_invited": _("Ansprechperson eingeladen"),
    "firm.invitation_withdrawn": _("Einladung zurückgezogen"),
    "firm.contact_confirmed": _("Einladung angenommen"),
    "firm.contact_changed": _("Telefonnummer geändert"),
    "firm.contact_removed": _("Ansprechperson entfernt"),
    "firm.contact_left": _("Firma verlassen"),
    "feed.made": _("Kalenderadresse erzeugt"),
    "feed.renewed": _("Kalenderadresse erneuert"),
    "feed.ended": _("Kalenderadresse beendet"),
    "person.data_downloaded": _("eigene Daten heruntergeladen"),
    "outbox.tried_now": _("wartende E-Mails sofort versucht"),
    "address.blocked": _("E-Mail-Adresse gesperrt"),
    "address.lifted": _("E-Mail-Adresse freigegeben"),
    "address.proven": _("E-Mail-Adresse empfängt wieder"),
    "erasure.asked": _("Löschung beantragt"),
    "erasure.withdrawn": _("Löschbegehren zurückgenommen"),
    "erasure.refused": _("Löschung abgelehnt"),
    "erasure.carried_out": _("Daten gelöscht"),
    "erasure.account_erased": _("Konto gelöscht"),
    "hold.placed": _("Aufbewahrung angelegt"),
    "hold.ended": _("Aufbewahrung aufgehoben"),
}

MAILS = {
    "password_reset": _("Link für ein neues Passwort"),
    "sign_in_code": _("Code zum Anmelden"),
    "account_register": _("Link zum Einrichten eines Kontos"),
    "account_exists": _("Hinweis auf ein vorhandenes Konto"),
    "account_changed": _("Hinweis auf eine Änderung am Konto"),
    "address_confirm": _("Bitte um Bestätigung einer neuen Adresse"),
    "address_changed": _("Hinweis auf eine neue Adresse"),
    "second_factor_reset_asked": _("Hinweis auf einen Antrag, den zweiten Faktor zurückzusetzen"),
    "second_factor_reset_confirm": _("Bitte, das Zurücksetzen zu bestätigen"),
    "second_factor_reset": _("Mitteilung, dass der zweite Faktor zurückgesetzt ist"),
    "reply_forwarded": _("Antwort zum Weiterbearbeiten"),
    "firm_invitation": _("Einladung in eine Firma"),
    "erasure_asked": _("Bestätigung des Löschbegehrens"),
    "erasure_refused": _("Ablehnung der Löschung"),
    "erasure_part_done": _("Mitteilung der Löschung"),
    "erasure_done": _("Mitteilung, dass das Konto gelöscht ist"),
}

ASKED_FOR = (
    *("password_reset", "sign_in_code", "account_register", "account_exists", "address_confirm"),
    *("invitation", "firm_invitation"),
)
"""Mails that somebody waits for who has just typed the address: they are sent to a blocked one, too."""

DETAILS = {
    "calendar": _("Kalender"),
    "mails": _("E-Mails"),
    "person": _("Person Nr."),
    "asked_by": _("beantragt von Person Nr."),
}
