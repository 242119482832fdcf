"""Looking up a certificate, comparing a name with it, and taking one back."""

from typing import Any, ClassVar

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from forums.certificates.numbers import numbers_meant
from partnership.forms.administration.base import WorkForm

CODE_ATTRS = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class NumberForm(WorkForm, forms.Form):
    number = forms.CharField(
        label=_("Nummer der Bescheinigung"),
        help_text=_("Sie beginnt mit T und steht neben dem QR-Code. Striche und Großschreibung sind egal."),
        max_length=40,
        error_messages={"required": _("Geben Sie die Nummer ein, zum Beispiel T-2026-7KMP-X4RS.")},
        widget=forms.TextInput(attrs=CODE_ATTRS),
    )
    faults: ClassVar[dict[str, Any]] = {"no_number": _("Das ist keine vollständige Nummer")}
    layout = Layout("number")

    def clean_number(self) -> str:
        """As it was most likely meant."""
        meant = numbers_meant(self.cleaned_data["number"])
        if not meant:
            raise ValidationError(
                _("Nach T und dem Jahr kommen acht Zeichen, zum Beispiel T-2026-7KMP-X4RS."),
                code="no_number",
            )
        return meant[0]


class NameForm(WorkForm, forms.Form):
    name = forms.CharField(
        label=_("Name, wie er auf der Bescheinigung steht"),
        max_length=120,
        error_messages={"required": _("Geben Sie Vor- und Nachnamen ein.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    layout = Layout("name")


class ReasonForm(WorkForm, forms.Form):
    """Why a certificate ends. Whoever holds it reads this."""

    reason = forms.CharField(
        label=_("Grund"),
        help_text=_(
            "Steht in der E-Mail an die Person und auf dieser Seite, nicht beim öffentlichen Prüfen."
        ),
        max_length=300,
        error_messages={"required": _("Sagen Sie, warum die Bescheinigung nicht mehr gilt.")},
    )
    layout = Layout("reason")
