"""What became of one recommendation, in the firm's words."""

from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.models import Uptake
from consultations.visit_reports.uptake import MOST_PHOTOS, Told
from partnership.forms.fields import date_field
from partnership.forms.own_firm import house_helper
from partnership.forms.photos import photos_field
from partnership.times import today

State = Uptake.State
WANTED = {
    State.DONE: ("done_on", gettext_lazy("Geben Sie an, wann das umgesetzt wurde.")),
    State.PLANNED: ("planned_until", gettext_lazy("Geben Sie an, bis wann Sie das umsetzen wollen.")),
    State.DECLINED: ("reason", gettext_lazy("Geben Sie an, warum Sie das nicht umsetzen.")),
}


class UptakeForm(forms.Form):
    """The day or the reason that the state asks for; what belongs to another state is left aside."""

    faults: dict[str, Any] = {
        "wanted": gettext_lazy("Es fehlt noch etwas"),
        "day": gettext_lazy("Der Tag passt nicht"),
    }

    state = forms.ChoiceField(
        label=gettext_lazy("Was wurde daraus?"),
        choices=State.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Wählen Sie aus, was daraus wurde.")},
    )
    done_on = date_field(gettext_lazy("Umgesetzt am"), required=False)
    planned_until = date_field(gettext_lazy("Geplant bis"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Warum nicht?"),
        help_text=gettext_lazy("Das liest nur die Polizei."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": gettext_lazy("Kürzen Sie den Text auf 500 Zeichen.")},
    )
    photos = photos_field(gettext_lazy("Fotos"), most=MOST_PHOTOS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = house_helper()
        self.helper.layout = Layout(
            "state",
            Div("done_on", "photos", css_class="uptake__done"),
            Div("planned_until", css_class="uptake__planned"),
            Div("reason", css_class="uptake__declined"),
        )
        fields: Any = self.fields.values()
        for field in fields:
            field.is_search = True

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if "state" not in values:
            return values
        name, sentence = WANTED[State(values["state"])]
        if not values.get(name) and name not in self.errors:
            self.add_error(name, ValidationError(sentence, code="wanted"))
        if name == "done_on" and values.get(name) and values[name] > today():
            self.add_error(name, ValidationError(_("Geben Sie einen Tag bis heute an."), code="day"))
        if name == "planned_until" and values.get(name) and values[name] < today():
            self.add_error(name, ValidationError(_("Geben Sie einen Tag ab heute an."), code="day"))
        return values

    @property
    def told(self) -> Told:
        """Call it on a valid form."""
        state = self.cleaned_data["state"]
        name, _sentence = WANTED[State(state)]
        return Told(state=state, **{name: self.cleaned_data[name]})


def told_before(uptake: Uptake | None) -> dict[str, Any]:
    """To begin the form with."""
    if uptake is None:
        return {"done_on": today()}
    return {name: getattr(uptake, name) for name in ("state", "done_on", "planned_until", "reason")}
