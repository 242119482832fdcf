"""The names of what happens here: acts for the journal, kinds of mail for the outbox."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "event.added": _("Veranstaltung angelegt"),
    "event.changed": _("Veranstaltung geändert"),
    "event.programme_changed": _("Programm geändert"),
    "event.part_struck": _("Programmteil gestrichen"),
    "event.announced": _("Veranstaltung angekündigt"),
    "event.cancelled": _("Veranstaltung abgesagt"),
    "event.held": _("Veranstaltung hat stattgefunden"),
    "event.closed": _("Veranstaltung abgeschlossen"),
    "event.deleted": _("Entwurf gelöscht"),
    "registration.erased": _("Angaben zur Anmeldung gelöscht"),
    "certificate.erased": _("Inhalt der Bescheinigung gelöscht"),
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
    "registration.entered": _("am Telefon aufgenommen"),
    "registration.let_in_beyond": _("über die Plätze hinaus aufgenommen"),
    "registration.sent_again": _("Bestätigung noch einmal gesendet"),
    "registration.address_corrected": _("E-Mail-Adresse der Anmeldung berichtigt"),
    "event.participants_exported": _("Liste der Teilnehmenden heruntergeladen"),
    "event.guests_listed": _("Einladungsliste ergänzt"),
    "event_invitation.sent": _("zu einer Veranstaltung eingeladen"),
    "event_invitation.declined": _("Einladung zu einer Veranstaltung abgesagt"),
    "event_invitation.removed": _("von der Einladungsliste genommen"),
    "event_invitation.mail_lost": _("E-Mail mit der Einladung kam nicht an"),
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
    "event_invitation": _("Einladung zu einer Veranstaltung"),
}

BY_PARTICIPANTS = (
    *("registration.made", "registration.confirmed", "registration.changed", "registration.cancelled"),
    *("registration.offer_accepted", "registration.offer_declined", "registration.left_line"),
    "registration.waits_again",
)
"""What those who take part do behind a mail's link, without signing in."""
