"""Fields for one line of text: names, e-mail addresses, telephone numbers, postcodes."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

POSTCODE = re.compile(r"^[0-9]{5}$")
FEWEST_DIGITS = 5
LINE_FAULTS = {
    "no_at_sign": _("Das @-Zeichen fehlt"),
    "spelling": _("Die Schreibweise stimmt nicht"),
    "phone": _("Die Vorwahl fehlt"),
    "postcode": _("Es sind keine fünf Ziffern"),
}
"""For a form's `faults`: what the summary says of these fields."""


class OneLine(forms.CharField):
    """Text without line breaks, which do not belong into names and not into a mail's head."""

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


class EmailField(OneLine):
    widget = forms.EmailInput

    def validate(self, value: str) -> None:
        super().validate(value)
        if not value:
            return
        if "@" not in value:
            raise ValidationError(
                _("Ergänzen Sie das @-Zeichen, zum Beispiel name@beispiel.de."), code="no_at_sign"
            )
        try:
            validate_email(value)
        except ValidationError:
            raise ValidationError(
                _("Prüfen Sie die Schreibweise, zum Beispiel name@beispiel.de."), code="spelling"
            ) from None


class PhoneField(OneLine):
    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"})
        super().__init__(max_length=40, widget=widget, **options)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and len(re.sub(r"[^0-9]", "", value)) < FEWEST_DIGITS:
            raise ValidationError(
                _("Geben Sie die Nummer mit Vorwahl an, zum Beispiel 0341 123456."), code="phone"
            )


class PostcodeField(OneLine):
    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(
            attrs={"autocomplete": "postal-code", "inputmode": "numeric", "class": "kern-input--postcode"}
        )
        super().__init__(max_length=10, widget=widget, **options)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not POSTCODE.match(value):
            raise ValidationError(
                _("Geben Sie die fünf Ziffern der Postleitzahl ein, zum Beispiel 04668."), code="postcode"
            )
