"""What an officer notes after a talk."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.models import Appointment, Concern

State = Appointment.State


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Hat das Gespräch stattgefunden?"),
        choices=[(State.ATTENDED, _("Ja, wahrgenommen")), (State.MISSED, _("Nein, nicht erschienen"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Wählen Sie, ob das Gespräch stattgefunden hat.")},
    )
    next_step = forms.ChoiceField(
        label=_("Nächster Schritt"),
        help_text=_("Nach einem Gespräch sieht ihn auch die Firma, wenn sie sich anmeldet."),
        choices=[("", _("noch offen")), *Concern.NextStep.choices],
        required=False,
    )
    officer_note = forms.CharField(
        label=_("Kurze Notiz"),
        help_text=_("Das liest nur die Polizei, weder die Kammer noch die Firma."),
        required=False,
        max_length=2000,
        error_messages={"max_length": _("Kürzen Sie die Notiz auf 2000 Zeichen.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    @property
    def chosen(self) -> Appointment.State:
        """Call it on a valid form."""
        return State(self.cleaned_data["outcome"])

    @property
    def leads_to_visit(self) -> bool:
        """Call it on a valid form."""
        wants_visit = self.cleaned_data["next_step"] == Concern.NextStep.VISIT
        return wants_visit and self.chosen == State.ATTENDED
