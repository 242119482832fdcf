from typing import Any, ClassVar

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assetmarking.checking.asking import is_label
from assetmarking.forms.finding import CODE_ATTRS
from assetmarking.matching.keys import is_no_number
from partnership.forms.administration.base import WorkForm


class CheckForm(WorkForm, forms.Form):
    number = forms.CharField(
        label=_("Seriennummer oder Identifizierungsnummer"),
        help_text=_(
            "So, wie sie auf dem Typenschild steht. Striche, Leerzeichen und Großschreibung sind egal."
        ),
        min_length=4,
        max_length=60,
        error_messages={
            "required": _("Geben Sie die Nummer ein, die auf dem Gerät steht."),
            "min_length": _("Geben Sie die ganze Nummer ein, mindestens vier Zeichen."),
        },
        widget=forms.TextInput(attrs=CODE_ATTRS),
    )
    make = forms.CharField(
        label=_("Hersteller"),
        required=False,
        help_text=_("Wenn Sie ihn kennen: Verschiedene Hersteller vergeben manchmal dieselbe Nummer."),
        max_length=80,
    )
    faults: ClassVar[dict[str, Any]] = {
        "no_number": _("Das ist keine Nummer"),
        "label": _("Etiketten lassen sich hier nicht prüfen"),
        "min_length": _("Die Nummer ist zu kurz"),
    }
    layout = Layout("number", "make")

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"]
        if is_no_number(number):
            raise ValidationError(
                _("Geben Sie die Nummer ein, die der Hersteller angebracht hat."), code="no_number"
            )
        if is_label(number):
            raise ValidationError(
                _(
                    "Das ist der Code eines Etiketts dieses Portals. Er sagt nichts darüber, ob etwas "
                    "gestohlen ist. Geben Sie die Nummer des Herstellers ein."
                ),
                code="label",
            )
        return number
