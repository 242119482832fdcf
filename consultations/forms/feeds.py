from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _


class AddressForm(forms.Form):
    """Nothing is sent: a field is what people know how to copy from."""

    address = forms.CharField(
        label=_("Adresse"),
        help_text=_("Markieren Sie sie ganz und kopieren Sie sie."),
        widget=forms.Textarea(attrs={"rows": 3, "readonly": True, "spellcheck": "false"}),
    )

    def __init__(self, address: str) -> None:
        super().__init__(initial={"address": address})
        self.helper = FormHelper()
        self.helper.form_tag = False
