"""Why something is kept, and until when."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.forms.accounts import HouseForm
from partnership.forms.fields import date_field
from partnership.forms.lines import OneLine


class HoldForm(HouseForm):
    reason = OneLine(
        label=_("Grund"),
        help_text=_(
            "Zum Beispiel „Widerspruch, Aktenzeichen 12/26“. Kein Anliegen und keine Schwachstellen."
        ),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Nennen Sie den Grund. Ihn liest auch die Datenschutzbeauftragte.")},
    )
    until = date_field(
        _("Aufbewahren bis"), help_text=_("Danach löscht das Portal, was fällig ist. Höchstens drei Jahre.")
    )
