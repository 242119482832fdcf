"""Times for a visit: those proposed, one of the officer's own, and what a firm says to them."""

import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.visits.offering import MOST_TIMES
from consultations.visits.planning_page import DayChoices
from partnership.forms.fields import choices_field, moment_field, number_field, set_choices
from partnership.forms.lines import OneLine
from partnership.forms.own_firm import leave_unmarked
from partnership.models import Person

INSISTS = gettext_lazy("Die Fahrt ist knapper als geschätzt, es geht trotzdem")


class ProposedTimesForm(forms.Form):
    """A group of boxes for each day."""

    faults = {"count": gettext_lazy("Zu viele oder zu wenige Zeiten")}

    def __init__(self, data: QueryDict | None = None, *, days: list[DayChoices]) -> None:
        super().__init__(data)
        self.days = days
        for day in days:
            field = choices_field(day.title, day.choices, required=False, help_text=day.reason)
            field.error_messages["invalid_choice"] = _("Diese Zeit passt inzwischen nicht mehr.")
            self.fields[day.name] = field
        leave_unmarked(self)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(*(day.name for day in days))

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if self.days and not self.errors and not 1 <= len(self.chosen) <= self.most:
            sentence = (
                _("Wählen Sie genau eine Zeit aus.")
                if self.most == 1
                else _("Wählen Sie eine bis drei Zeiten aus.")
            )
            self.add_error(self.days[0].name, ValidationError(sentence, code="count"))
        return values

    @property
    def most(self) -> int:
        """Several only to be offered."""
        return MOST_TIMES if self.data.get("vorgang") == "anbieten" else 1

    @property
    def chosen(self) -> list[datetime.datetime]:
        values = [value for day in self.days for value in self.cleaned_data.get(day.name, [])]
        return [datetime.datetime.fromisoformat(value) for value in values]


class OwnTimeForm(forms.Form):
    when = moment_field(gettext_lazy("Beginn"))
    minutes = number_field(gettext_lazy("Dauer in Minuten"), least=15, most=300)
    insists = forms.BooleanField(label=INSISTS, required=False)

    def __init__(self, data: QueryDict | None = None, *, minutes: int, is_move: bool = False) -> None:
        super().__init__(data, initial={"minutes": minutes})
        if is_move:
            del self.fields["minutes"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        names = ["when"] if is_move else ["when", "minutes"]
        self.helper.layout = Layout(*names, "insists")

    @property
    def chosen(self) -> list[datetime.datetime]:
        return [self.cleaned_data["when"]]


class CancelVisitForm(forms.Form):
    reason = OneLine(
        label=gettext_lazy("Grund"),
        help_text=gettext_lazy("Er steht in der E-Mail an die Firma."),
        max_length=200,
        error_messages={"required": gettext_lazy("Nennen Sie der Firma den Grund.")},
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("reason")


class HandOverVisitForm(forms.Form):
    officer = forms.ChoiceField(
        label=gettext_lazy("Wer"),
        error_messages={"required": gettext_lazy("Wählen Sie, wer den Besuch übernimmt.")},
    )
    reason = OneLine(label=gettext_lazy("Warum"), max_length=200, required=False)
    insists = forms.BooleanField(label=INSISTS, required=False)

    def __init__(self, data: QueryDict | None = None, *, officers: list[Person]) -> None:
        super().__init__(data)
        self.officers = {str(person.pk): person for person in officers}
        people = [(key, str(person)) for key, person in self.officers.items()]
        set_choices(self, "officer", [("", _("Bitte wählen")), *people])
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row(Column("officer"), Column("reason")), "insists")

    @property
    def chosen(self) -> Person:
        return self.officers[self.cleaned_data["officer"]]


class NoTimeSuitsForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("Wann geht es bei Ihnen?"),
        help_text=gettext_lazy("Zum Beispiel: nur montags, erst nach dem 15. Das liest nur die Polizei."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": gettext_lazy("Schreiben Sie höchstens 300 Zeichen.")},
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("words")
        leave_unmarked(self)
