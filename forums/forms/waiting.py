"""What the desk says when it decides about somebody who waits."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.forms.lines import OneLine


class TakeInForm(forms.Form):
    """Whoever is next and gets a free place needs no reason."""

    reason = OneLine(label=gettext_lazy("Grund"), max_length=200)
    is_beyond = forms.BooleanField(
        label=gettext_lazy("Über die Plätze hinaus aufnehmen"),
        help_text=gettext_lazy("Es ist kein Platz frei. Prüfen Sie, ob der Raum einen mehr hergibt."),
        required=False,
    )

    faults = {"full": gettext_lazy("Es ist kein Platz frei")}

    def __init__(self, data: QueryDict | None = None, *, is_next: bool, is_full: bool) -> None:
        super().__init__(data)
        self.is_full = is_full
        reason = self.fields["reason"]
        reason.required = is_full or not is_next
        reason.help_text = _("Er bleibt hier vermerkt; die Person liest ihn nicht.")
        reason.error_messages["required"] = _(
            "Sagen Sie, warum diese Person vor anderen einen Platz bekommt."
        )
        if not is_full:
            del self.fields["is_beyond"]
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if self.is_full and not values.get("is_beyond"):
            sentence = _("Bestätigen Sie, dass Sie über die Plätze hinaus aufnehmen.")
            self.add_error("is_beyond", ValidationError(sentence, code="full"))
        return values


class TakeOffForm(forms.Form):
    reason = OneLine(
        label=gettext_lazy("Grund"),
        max_length=200,
        help_text=gettext_lazy("Er steht in der E-Mail an diese Person."),
        error_messages={"required": gettext_lazy("Nennen Sie den Grund. Er steht in der E-Mail.")},
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.helper = FormHelper()
        self.helper.form_tag = False
