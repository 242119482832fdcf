"""The names of what happens to firms, for the journal."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "firm.entered": _("Firma von der Kammer angelegt"),
    "firm.corrected": _("Firma von der Kammer berichtigt"),
    "firm.merged": _("Firmen zusammengeführt"),
    "firm.merge_undone": _("Zusammenführung rückgängig gemacht"),
    "firm.no_duplicate": _("Firmen als verschieden vermerkt"),
}
DETAILS = {"fields": _("Angaben")}
