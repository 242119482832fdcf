"""The names of what happens here: acts for the journal, kinds of mail, keys of a log entry's detail."""

from django.utils.translation import gettext_lazy as _

from partnership.models import Post

ACTS = {
    "partnership.changed": _("Partnerschaft geändert"),
    "partnership.area_added": _("Gebiet hinzugefügt"),
    "partnership.area_removed": _("Gebiet entfernt"),
    "organisation.added": _("Organisation angelegt"),
    "organisation.changed": _("Organisation geändert"),
    "membership.added": _("Mitgliedschaft begonnen"),
    "membership.ended": _("Mitgliedschaft beendet"),
    "office.added": _("Haus angelegt"),
    "office.changed": _("Haus geändert"),
    "office.closed_down": _("Haus außer Betrieb genommen"),
    "office.opened": _("Haus in Betrieb genommen"),
    "room.added": _("Raum angelegt"),
    "room.changed": _("Raum geändert"),
    "room.removed": _("Raum entfernt"),
    "closure.shortened": _("Schließzeit geändert"),
    "closure.removed": _("Schließzeit entfernt"),
    "person.invited": _("Person eingeladen"),
    "invitation.sent_again": _("Einladung erneut gesendet"),
    "invitation.withdrawn": _("Einladung zurückgezogen"),
    "invitation.accepted": _("Einladung angenommen"),
    "post.added": _("Funktion hinzugefügt"),
    "post.ended": _("Funktion beendet"),
    "post.withdrawn": _("Funktion vor Beginn zurückgenommen"),
    "deputy.named": _("Vertretung benannt"),
    "deputy.ended": _("Vertretung beendet"),
    "person.deactivated": _("Konto gesperrt"),
    "person.reactivated": _("Konto entsperrt"),
}

MAILS = {
    "invitation": _("Einladung"),
    "post_added": _("Mitteilung einer neuen Funktion"),
    "post_ended": _("Mitteilung vom Ende einer Funktion"),
    "deputy_named": _("Mitteilung einer Vertretung"),
}

DETAILS = {
    "fields": _("Felder"),
    "area": _("Gebiet"),
    "room": _("Raum"),
    "role": _("Funktion"),
    "since": _("ab"),
    "first_day": _("erster Tag"),
    "last_day": _("letzter Tag"),
    "until": _("bis"),
    "reason": _("Grund"),
    **dict(Post.Role.choices),
}
