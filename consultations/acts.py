"""The names of what happens here: acts for the journal, kinds of mail for the outbox."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "hours.planned": _("Sprechtag angelegt"),
    "hours.agreed": _("Sprechtag zugestimmt"),
    "hours.publication_requested": _("Zustimmung erbeten"),
    "hours.published": _("Sprechtag veröffentlicht"),
    "hours.cancelled": _("Sprechtag abgesagt"),
    "appointment.booked": _("Termin gebucht"),
    "appointment.booked_for_caller": _("am Telefon gebucht"),
    "appointment.confirmed": _("Termin bestätigt"),
    "appointment.moved": _("Termin verschoben"),
    "appointment.cancelled": _("Termin abgesagt"),
    "appointment.expired": _("nicht bestätigt, Zeit wieder frei"),
    "appointment.attended": _("Gespräch geführt"),
    "appointment.missed": _("nicht erschienen"),
    "absence.planned": _("Abwesenheit eingetragen"),
    "absence.reported": _("Abwesenheit gemeldet"),
    "absence.changed": _("Abwesenheit geändert"),
    "absence.withdrawn": _("Abwesenheit zurückgenommen"),
    "hours.officer_missing": _("ohne Beamtin oder Beamten"),
    "hours.officer_back": _("Beamtin oder Beamter wieder da"),
    "hours.deputy_put": _("Vertretung eingesetzt"),
    "hours.deputy_asked": _("Vertretung angefragt"),
    "hours.deputy_declined": _("Vertretung abgelehnt"),
    "hours.deputy_released": _("Anfrage zur Vertretung zurückgenommen"),
    "hours.left_empty": _("ohne Vertretung gelassen"),
    "phone_task.opened": _("Anruf vorgemerkt"),
}

MAILS = {
    "booking_confirm": _("Bitte um Bestätigung"),
    "booking_confirmed": _("Terminbestätigung"),
    "booking_moved": _("Mitteilung der neuen Zeit"),
    "booking_cancelled": _("Bestätigung der Absage"),
    "hours_to_agree": _("Bitte um Zustimmung zum Sprechtag"),
    "hours_cancelled": _("Absage des Sprechtags"),
    "officer_missing": _("Mitteilung: ohne Beamtin oder Beamten"),
    "deputy_asked": _("Bitte um Vertretung"),
    "deputy_put": _("Mitteilung der Vertretung"),
    "deputy_answered": _("Antwort zur Vertretung"),
    "deputy_released": _("Ende der Anfrage zur Vertretung"),
}
