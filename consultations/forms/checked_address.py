"""The address at which a firm reads its mails."""

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _


class CheckedAddressForm(forms.Form):
    faults = {"invalid": _("Die E-Mail-Adresse ist nicht vollständig")}

    email = forms.EmailField(
        label=_("E-Mail-Adresse der Firma"),
        help_text=_("Lassen Sie sich die Adresse am Telefon buchstabieren."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Geben Sie die E-Mail-Adresse an."),
            "invalid": _("Schreiben Sie die Adresse mit @ und Endung, zum Beispiel name@firma.de."),
        },
    )

    def __init__(self, data: QueryDict | None = None, *, email: str = "") -> None:
        super().__init__(data, initial={"email": email})
        self.helper = FormHelper()
        self.helper.form_tag = False
