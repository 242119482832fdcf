"""The names of what happens on the ground floor: acts for the journal, kinds of mail for the outbox."""

from django.utils.translation import gettext_lazy as _

ACTS = {
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
    "person.data_downloaded": _("eigene Daten heruntergeladen"),
    "erasure.asked": _("Löschung beantragt"),
    "erasure.withdrawn": _("Löschbegehren zurückgenommen"),
    "erasure.refused": _("Löschung abgelehnt"),
    "erasure.carried_out": _("Daten gelöscht"),
    "erasure.account_erased": _("Konto gelöscht"),
}

MAILS = {
    "password_reset": _("Link für ein neues Passwort"),
    "firm_invitation": _("Einladung in eine Firma"),
    "erasure_asked": _("Bestätigung des Löschbegehrens"),
    "erasure_refused": _("Ablehnung der Löschung"),
    "erasure_part_done": _("Mitteilung der Löschung"),
    "erasure_done": _("Mitteilung, dass das Konto gelöscht ist"),
}
