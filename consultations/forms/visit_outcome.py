"""What an officer notes after a visit."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.models import Appointment

State = Appointment.State


class VisitOutcomeForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Hat der Besuch stattgefunden?"),
        help_text=_("Haben Sie niemanden angetroffen, bleibt die Anfrage bei Ihnen: Vereinbaren Sie neu."),
        choices=[(State.ATTENDED, _("Ja")), (State.MISSED, _("Nein, niemand angetroffen"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Wählen Sie, ob der Besuch stattgefunden hat.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    @property
    def took_place(self) -> bool:
        """Call it on a valid form."""
        return bool(self.cleaned_data["outcome"] == State.ATTENDED)
