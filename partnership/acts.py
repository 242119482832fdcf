"""The names of what happens on the ground floor: acts for the journal, kinds of mail for the outbox."""

from django.utils.translation import gettext_lazy as _

ACTS = {
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
}

DETAILS = {"person": _("Person Nr."), "asked_by": _("beantragt von Person Nr.")}
