"""Closing a house: first the days, then where each booking goes and why."""

import datetime
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.displaced import Displaced
from consultations.forms.displaced import DisplacedForm
from partnership.forms.fields import date_field
from partnership.forms.lines import OneLine
from partnership.times import today


class ClosingDaysForm(forms.Form):
    """Read from the address. `refusal` of the days comes from the domain."""

    faults: ClassVar = {"order": gettext_lazy("Die Tage passen nicht zusammen")}

    von = date_field(
        gettext_lazy("Erster geschlossener Tag"), help_text=gettext_lazy("Heute heißt: ab sofort.")
    )
    bis = date_field(gettext_lazy("Letzter geschlossener Tag"))

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"von": today(), "bis": today()})
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row(Column("von"), Column("bis")))

    @property
    def days(self) -> tuple[datetime.date, datetime.date]:
        """Call it on a valid form."""
        return self.cleaned_data["von"], self.cleaned_data["bis"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if {"von", "bis"} <= values.keys() and values["bis"] < values["von"]:
            sentence = _("Das Ende liegt vor dem Beginn. Wählen Sie einen späteren Tag.")
            self.add_error("bis", ValidationError(sentence, code="order"))
        return self.cleaned_data

    def refuse(self, sentence: str) -> None:
        self.add_error("von", ValidationError(sentence, code="order"))


class ClosingForm(DisplacedForm):
    def __init__(
        self, data: QueryDict | None = None, *, displaced: list[Displaced], names_firms: bool
    ) -> None:
        hint = _(
            "Zum Beispiel „Wasserschaden“. Er steht auf der öffentlichen Seite des Hauses und in den E-Mails."
        )
        super().__init__(data, hint=hint, displaced=displaced, names_firms=names_firms)
        self.fields["reason"] = OneLine(
            label=_("Grund"),
            help_text=hint,
            max_length=120,
            error_messages={"required": _("Nennen Sie den Grund. Firmen und Besucher lesen ihn.")},
        )
