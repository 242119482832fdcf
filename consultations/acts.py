"""The names of what happens here: acts for the journal, kinds of mail for the outbox."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "hours.planned": _("Sprechtag angelegt"),
    "hours.agreed": _("Sprechtag zugestimmt"),
    "hours.publication_requested": _("Zustimmung erbeten"),
    "hours.published": _("Sprechtag veröffentlicht"),
    "hours.changed": _("Sprechtag geändert"),
    "hours.cancelled": _("Sprechtag abgesagt"),
    "series.planned": _("Reihe angelegt"),
    "series.prolonged": _("Reihe verlängert"),
    "series.changed": _("Reihe geändert"),
    "series.cancelled": _("Reihe abgesagt"),
    "appointment.booked": _("Termin gebucht"),
    "appointment.booked_for_caller": _("am Telefon gebucht"),
    "appointment.walked_in": _("ohne Anmeldung gebucht"),
    "appointment.confirmed": _("Termin bestätigt"),
    "appointment.moved": _("Termin verschoben"),
    "appointment.cancelled": _("Termin abgesagt"),
    "appointment.expired": _("nicht bestätigt, Zeit wieder frei"),
    "appointment.attended": _("Gespräch geführt"),
    "appointment.missed": _("nicht erschienen"),
    "appointment.claimed": _("Termin ins Konto übernommen"),
    "appointment.erased": _("Angaben zur Firma gelöscht"),
    "appointment.concern_erased": _("Anliegen gelöscht"),
    "phone_task.opened": _("Anruf vorgemerkt"),
    "phone_task.not_reached": _("Anruf ohne Antwort"),
    "phone_task.done": _("Anruf erledigt"),
    "closure.entered": _("Haus geschlossen"),
}

MAILS = {
    "booking_confirm": _("Bitte um Bestätigung"),
    "booking_confirmed": _("Terminbestätigung"),
    "booking_moved": _("Mitteilung der neuen Zeit"),
    "booking_cancelled": _("Bestätigung der Absage"),
    "hours_to_agree": _("Bitte um Zustimmung zum Sprechtag"),
    "hours_cancelled": _("Absage des Sprechtags"),
    "office_closed": _("Mitteilung der Schließzeit"),
    "hours_changed": _("Mitteilung der Änderung"),
    "hours_released": _("Mitteilung: nicht mehr eingeplant"),
    "series_to_agree": _("Bitte um Zustimmung zur Reihe"),
    "series_cancelled": _("Absage mehrerer Sprechtage"),
}
