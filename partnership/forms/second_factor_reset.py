"""Whose second factor is lost, and why it may be taken away."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from partnership.forms.accounts import HouseForm
from partnership.models import Person


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Person) -> str:
        return f"{obj.name}, {obj.email}" if obj.name else obj.email


class AskForResetForm(HouseForm):
    person = PersonChoice(
        label=_("Wessen zweiter Faktor fehlt?"),
        queryset=Person.objects.none(),
        empty_label=_("Bitte wählen"),
        error_messages={
            "required": _("Wählen Sie die Person aus, die Sie darum gebeten hat."),
            "invalid_choice": _("Wählen Sie eine Person aus der Liste."),
        },
    )
    reason = forms.CharField(
        label=_("Grund"),
        help_text=_("Was ist verloren gegangen, und woran haben Sie die Person erkannt?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Geben Sie den Grund an. Er steht im Antrag und wird aufbewahrt.")},
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = people
