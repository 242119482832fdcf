"""The names of what happens here: acts for the journal, kinds of mail for the outbox."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "registration.made": _("zu einer Veranstaltung angemeldet"),
    "registration.confirmed": _("Anmeldung bestätigt"),
    "registration.changed": _("Programmteile geändert"),
    "registration.cancelled": _("von der Veranstaltung abgemeldet"),
    "registration.expired": _("Anmeldung nicht bestätigt, verfallen"),
    "registration.mail_lost": _("E-Mail zur Anmeldung kam nicht an"),
}

MAILS: dict[str, Any] = {
    "event_confirm": _("Bitte um Bestätigung der Anmeldung"),
    "event_known": _("Hinweis auf eine Anmeldung, die es schon gibt"),
    "event_registered": _("Bestätigung der Anmeldung"),
    "event_changed": _("geänderte Anmeldung"),
    "event_cancelled": _("Bestätigung der Abmeldung"),
    "event_moved": _("Änderung der Veranstaltung"),
    "event_called_off": _("Absage der Veranstaltung"),
    "event_reminder": _("Erinnerung an die Veranstaltung"),
    "event_declined": _("Hinweis, wie man sich abmeldet"),
}
