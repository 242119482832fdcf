"""Forming and reading the owner's code. Nothing of it is stored."""

from typing import Any, ClassVar

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assetmarking.codes.ein import areas_with_plate, form_ein, readings_of
from partnership.forms.administration.base import WorkForm
from partnership.forms.fields import number_field
from partnership.forms.lines import OneLine
from partnership.models import Area
from partnership.times import today

FIRST_YEAR = 1990
DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


def _characters(pattern: str, sentence: Any) -> list[RegexValidator]:
    return [RegexValidator(pattern, sentence)]


class FormEinForm(WorkForm, forms.Form):
    area = forms.ModelChoiceField(
        label=gettext_lazy("Gemeinde"), queryset=Area.objects.none(), empty_label=gettext_lazy("Bitte wählen")
    )
    street = OneLine(
        label=gettext_lazy("Straßenschlüssel"),
        help_text=gettext_lazy("Bis zu fünf Ziffern. Ihre Stadt- oder Gemeindeverwaltung nennt ihn Ihnen."),
        validators=_characters(r"^\d{1,5}$", gettext_lazy("Geben Sie bis zu fünf Ziffern an.")),
        widget=forms.TextInput(attrs=DIGITS),
    )
    house = OneLine(
        label=gettext_lazy("Hausnummer"),
        help_text=gettext_lazy("Nur die Zahl, ohne Buchstaben"),
        validators=_characters(r"^\d{1,3}$", gettext_lazy("Geben Sie bis zu drei Ziffern an.")),
        widget=forms.TextInput(attrs=DIGITS),
    )
    initials = OneLine(
        label=gettext_lazy("Initialen"),
        help_text=gettext_lazy(
            "Erster Buchstabe von Vor- und Nachname der Person, der der Betrieb gehört, Umlaute als A, O, U"
        ),
        validators=_characters(r"^[A-Za-z]{2}$", gettext_lazy("Geben Sie zwei Buchstaben an.")),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    layout = Layout("area", Row(Column("street"), Column("house")), Row(Column("initials"), Column("year")))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        year = today().year
        self.fields["year"] = number_field(
            gettext_lazy("Jahr der Kennzeichnung"), least=FIRST_YEAR, most=year, initial=year
        )
        self.fields["area"].queryset = areas_with_plate()  # type: ignore[attr-defined]

    @property
    def code(self) -> str:
        return form_ein(**self.cleaned_data)


class ReadEinForm(WorkForm, forms.Form):
    code = OneLine(
        label=gettext_lazy("EIN, wie sie auf dem Gerät steht"),
        help_text=gettext_lazy("Mit oder ohne Leerzeichen"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    faults: ClassVar[dict[str, Any]] = {"unknown": gettext_lazy("Diesen Aufbau kennt das Portal nicht")}
    layout = Layout("code")

    def clean_code(self) -> str:
        """Only what cannot be explained at all is said so; as a mark it is welcome all the same."""
        code: str = self.cleaned_data["code"]
        if not readings_of(code):
            sentence = _(
                "Erfassen Sie sie trotzdem so, wie sie dasteht: gefunden wird sie auch ohne Deutung."
            )
            raise forms.ValidationError(sentence, code="unknown")
        return code
