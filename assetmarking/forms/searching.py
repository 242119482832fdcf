"""Numbers to look up, and how a directorate does so."""

from typing import Any, ClassVar

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assetmarking.matching.keys import is_no_number
from assetmarking.models import Search, SearchSettings
from assetmarking.searching.numbers import LONGEST, MOST_NUMBERS, split_numbers
from partnership.forms.administration.base import EditForm, WorkForm
from partnership.forms.fields import number_field, set_choices
from partnership.forms.layout import WideColumn
from partnership.models import Organisation


class SearchForm(WorkForm, forms.Form):
    """`left_out` stands for no number. Whoever is in post in one directorate is not asked for which."""

    faults: ClassVar = {
        "too_many": gettext_lazy("Das sind zu viele Nummern"),
        "too_long": gettext_lazy("Eine Nummer ist zu lang"),
        "no_number": gettext_lazy("Hier steht keine Nummer"),
    }
    cleaned_data: dict[str, Any]

    numbers = forms.CharField(
        label=gettext_lazy("Nummern oder Codes"),
        help_text=gettext_lazy(
            "Mehrere untereinander, höchstens 200. Trennzeichen und Leerzeichen spielen keine Rolle. "
            "Was nicht zu lesen ist, schreiben Sie als Fragezeichen."
        ),
        max_length=MOST_NUMBERS * (LONGEST + 10),
        widget=forms.Textarea(
            attrs={"rows": 2, "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Geben Sie mindestens eine Nummer ein.")},
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("Zweck"),
        choices=[("", gettext_lazy("Bitte wählen")), *Search.Purpose.choices],
        error_messages={"required": gettext_lazy("Wählen Sie, wofür Sie suchen.")},
    )
    case_number = forms.CharField(
        label=gettext_lazy("Vorgangsnummer"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Geben Sie die Vorgangsnummer an.")},
    )
    make = forms.CharField(
        label=gettext_lazy("Hersteller"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Findet auch Nummern mit zwei Fehlern."),
    )
    organisation = forms.ChoiceField(label=gettext_lazy("Dienststelle"))

    def __init__(self, *args: Any, directorates: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.directorates = {str(one.pk): one for one in directorates}
        self.left_out: list[str] = []
        rows = [Row(WideColumn("numbers"), Column("purpose"), Column("case_number"), Column("make"))]
        if len(directorates) > 1:
            set_choices(self, "organisation", [(str(one.pk), one.name) for one in directorates])
            rows.append(Row(Column("organisation")))
        else:
            del self.fields["organisation"]
        self.helper.layout = Layout(*rows)

    def clean_numbers(self) -> list[str]:
        typed = split_numbers(self.cleaned_data["numbers"])
        self.left_out = [text for text in typed if is_no_number(text)]
        numbers = [text for text in typed if text not in self.left_out]
        if not numbers:
            raise ValidationError(
                _("„%(text)s“ ist keine Nummer. Geben Sie ein, was am Gerät steht.")
                % {"text": self.left_out[0] if self.left_out else ""},
                code="no_number",
            )
        if len(numbers) > MOST_NUMBERS:
            words = {"count": len(numbers), "most": MOST_NUMBERS}
            raise ValidationError(
                _("Das sind %(count)d Nummern. Suchen Sie höchstens %(most)d auf einmal.") % words,
                code="too_many",
            )
        too_long = next((text for text in numbers if len(text) > LONGEST), "")
        if too_long:
            words_long = {"text": too_long[:20], "most": LONGEST}
            raise ValidationError(
                _(
                    "„%(text)s…“ hat mehr als %(most)d Zeichen. Schreiben Sie jede Nummer in eine eigene "
                    "Zeile, oder trennen Sie sie mit einem Semikolon."
                )
                % words_long,
                code="too_long",
            )
        return numbers

    @property
    def directorate(self) -> Organisation:
        key = self.cleaned_data.get("organisation")
        return self.directorates[key] if key else next(iter(self.directorates.values()))


class SearchSettingsForm(EditForm, forms.ModelForm):  # type: ignore[type-arg]
    daily_limit = number_field(
        gettext_lazy("Nummern je Person und Tag"),
        least=1,
        most=5000,
        help_text=gettext_lazy(
            "Wer die Grenze erreicht, kann erst am nächsten Tag weiter suchen. Sie erfahren es."
        ),
    )
    keep_days = number_field(gettext_lazy("Wie viele Tage"), least=1, most=365)
    layout = Layout(
        "daily_limit",
        Fieldset(gettext_lazy("Nachträgliche Treffer"), "keeps_searches", "keep_days", "reason"),
    )

    class Meta:
        model = SearchSettings
        fields: ClassVar = ["daily_limit", "keeps_searches", "keep_days", "reason"]
        help_texts: ClassVar = {
            "keeps_searches": gettext_lazy(
                "Wird später etwas Passendes erfasst oder als gestohlen gemeldet, erfährt es, wer gesucht "
                "hat. Ausgeschaltet, wird Aufbewahrtes sofort gelöscht."
            ),
            "reason": gettext_lazy("Nötig, wenn Abfragen aufbewahrt werden. Das liest auch der Datenschutz."),
        }

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("keeps_searches") and not values.get("reason"):
            self.object("reason", _("Begründen Sie, warum die Abfragen aufbewahrt werden."), code="required")
        return values
