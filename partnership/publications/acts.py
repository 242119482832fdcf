"""The names of what happens here: acts for the journal, kinds of mail, keys of a log entry's detail."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "brochure.added": _("Broschüre angelegt"),
    "brochure.edition_added": _("neue Fassung einer Broschüre begonnen"),
    "brochure.changed": _("Broschüre geändert"),
    "brochure.proposed": _("Broschüre zur Freigabe vorgelegt"),
    "brochure.partner_released": _("Broschüre freigegeben"),
    "brochure.sent_back": _("Broschüre zur Bearbeitung zurückgegeben"),
    "brochure.released": _("Broschüre veröffentlicht"),
    "brochure.withdrawn": _("Broschüre zurückgezogen"),
}

MAILS = {
    "brochure_to_release": _("Bitte um Freigabe einer Broschüre"),
    "brochure_sent_back": _("Mitteilung, dass eine Broschüre zurückgegeben ist"),
    "brochure_withdrawn": _("Mitteilung, dass eine Broschüre zurückgezogen ist"),
}

DETAILS = {
    "edition": _("Fassung"),
    "chapter": _("Kapitel"),
    "partner": _("Partner"),
}
