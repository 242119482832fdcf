"""The filter of an auditor's log."""

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnership.journal import known_acts


def _acts_to_choose() -> list[tuple[str, str | Promise]]:
    return [("", _("Alle Vorgänge")), *known_acts()]


class LogFilter(forms.Form):
    """What is right of it counts, what is wrong says so."""

    faults: ClassVar = {
        "order": _("Der Tag liegt vor dem ersten"),
        "invalid": _("Das Datum ist nicht zu erkennen"),
    }

    vorgang = forms.ChoiceField(label=_("Vorgang"), required=False, choices=_acts_to_choose)
    person = forms.CharField(label=_("Person"), required=False, max_length=120)
    von = forms.DateField(
        label=_("Von"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Geben Sie das Datum wie 24.11.2026 an.")},
    )
    bis = forms.DateField(
        label=_("Bis"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Geben Sie das Datum wie 24.11.2026 an.")},
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        for field in self.fields.values():
            field.is_search = True  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row(Column("vorgang"), Column("person"), Column("von"), Column("bis")))

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        first, last = values.get("von"), values.get("bis")
        if first and last and last < first:
            self.add_error(
                "bis", ValidationError(_("Wählen Sie den ersten Tag oder einen späteren."), code="order")
            )
        return self.cleaned_data

    @property
    def wanted(self) -> dict[str, Any]:
        """The given parts that are right."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
