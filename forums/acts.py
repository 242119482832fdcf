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
    "registration.made": _("zu einer Veranstaltung angemeldet"),
    "registration.confirmed": _("Anmeldung bestätigt"),
    "registration.changed": _("Programmteile geändert"),
    "registration.cancelled": _("von der Veranstaltung abgemeldet"),
    "registration.expired": _("Anmeldung nicht bestätigt, verfallen"),
    "registration.mail_lost": _("E-Mail zur Anmeldung kam nicht an"),
    "registration.moved_up": _("von der Warteliste nachgerückt"),
    "registration.offered": _("Platz von der Warteliste angeboten"),
    "registration.offer_accepted": _("angebotenen Platz angenommen"),
    "registration.offer_declined": _("angebotenen Platz abgelehnt"),
    "registration.offer_lapsed": _("angebotener Platz ohne Antwort verfallen"),
    "registration.waits_again": _("wieder auf die Warteliste gesetzt"),
    "registration.left_line": _("Warteliste verlassen"),
    "registration.taken_off": _("von der Warteliste genommen"),
    "registration.taken_in": _("aus der Warteliste aufgenommen"),
    "registration.waiting_ended": _("Warteliste mit dem Beginn beendet"),
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
    "event_moved_up": _("Warteliste der Veranstaltung: Platz"),
    "event_offer": _("Warteliste der Veranstaltung: Angebot"),
    "event_offer_lapsed": _("Warteliste der Veranstaltung: Angebot verfallen"),
    "event_waiting_ended": _("Warteliste der Veranstaltung: Ende"),
    "event_waiting_call": _("Warteliste der Veranstaltung: Anruf nötig"),
    "certificate_issued": _("Bescheinigung: Link"),
    "certificate_revoked": _("Bescheinigung: Widerruf"),
    "certificate_in_doubt": _("Bescheinigung: Anwesenheit zurückgenommen"),
}
