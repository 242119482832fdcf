from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.models import Ease, Helped

MISSING = {"required": _("Wählen Sie eine Antwort."), "invalid_choice": _("Wählen Sie eine Antwort.")}


class SatisfactionForm(forms.Form):
    helped = forms.TypedChoiceField(
        label=_("Hat Ihnen das Gespräch geholfen?"),
        choices=Helped,
        coerce=lambda value: Helped(int(value)),
        widget=forms.RadioSelect,
        error_messages=MISSING,
    )
    ease = forms.TypedChoiceField(
        label=_("Wie einfach war es, den Termin zu bekommen?"),
        choices=Ease,
        coerce=lambda value: Ease(int(value)),
        widget=forms.RadioSelect,
        error_messages=MISSING,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
