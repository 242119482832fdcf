"""A line of the education plan."""

from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from forums.forms.series import Organisers, offer_organisations
from forums.models import Subject, TrainingGoal
from partnership.forms.administration.base import EditForm
from partnership.forms.fields import number_field
from partnership.models import Organisation, Partnership


class GoalForm(EditForm, forms.ModelForm):  # type: ignore[type-arg]
    year = number_field(_("Jahr"), least=2000, most=2100)
    subject = forms.ChoiceField(label=_("Thema"), choices=[("", _("Bitte wählen")), *Subject.choices])
    events_planned = number_field(_("Wie viele Veranstaltungen?"), least=1, most=500)
    people_planned = number_field(_("Wie viele Teilnahmen?"), least=0, most=100_000)
    layout = Layout(
        Row(Column("year"), Column("subject")),
        "title",
        "for_whom",
        Row(Column("events_planned"), Column("people_planned")),
        "note",
    )

    class Meta:
        model = TrainingGoal
        fields = [
            *("year", "title", "subject", "for_whom", "events_planned", "people_planned", "note"),
        ]

    def clean(self) -> dict[str, Any]:
        """Not Django's, which would ask the database about every constraint."""
        return self.cleaned_data


class NewGoalForm(GoalForm):
    organisation = forms.ChoiceField(label=_("Organisation"))
    layout = Layout("organisation", *GoalForm.layout)

    def __init__(self, *args: Any, organisations: Organisers, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = offer_organisations(self, "organisation", organisations)

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    @property
    def organisation_chosen(self) -> tuple[Partnership, Organisation]:
        return self.organisations[self.cleaned_data["organisation"]]
