"""Name and e-mail address of whoever is signed in."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.forms.accounts import EMAIL_WORDS, HouseForm, Words


class NameForm(HouseForm):
    name = forms.CharField(
        label=_("Vor- und Nachname"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Geben Sie Ihren Vor- und Nachnamen an.")},
    )


class AddressForm(HouseForm):
    faults: ClassVar[Words] = {"same_address": _("Sie ist nicht neu")}

    email = forms.EmailField(
        label=_("Neue E-Mail-Adresse"),
        help_text=_("Wir senden einen Link dorthin. Erst wenn Sie ihn öffnen, gilt die neue Adresse."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages=EMAIL_WORDS,
    )
