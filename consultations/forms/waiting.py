"""What somebody fills in to wait for a time, on the public page or with the desk on the telephone."""

import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.models import Waiting
from consultations.waiting.line import MOST_MONTHS, Entry
from partnership.forms.fields import choices_field, date_field, set_choices
from partnership.forms.layout import HintedFieldset
from partnership.forms.lines import LINE_FAULTS, EmailField, OneLine, PhoneField
from partnership.models import Office, Partnership
from partnership.times import WEEKDAYS, a_month_after, current_language, today

WORKING_WEEK = 5
MONTHS = {
    "1": gettext_lazy("einen Monat"),
    "2": gettext_lazy("zwei Monate"),
    "3": gettext_lazy("drei Monate"),
}


class WaitForm(forms.Form):
    """`ort` is the key of the house."""

    faults = LINE_FAULTS | {"order": gettext_lazy("Die Tage passen nicht zusammen")}

    ort = forms.ChoiceField(
        label=gettext_lazy("Haus"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Wählen Sie das Haus, in das Sie kommen möchten.")
        ),
    )
    weekdays = choices_field(gettext_lazy("Wochentage"), required=False)
    part_of_day = forms.ChoiceField(
        label=gettext_lazy("Tageszeit"), choices=Waiting.PartOfDay.choices, widget=forms.RadioSelect
    )
    not_before = date_field(gettext_lazy("Frühester Tag"), required=False)
    not_after = date_field(gettext_lazy("Spätester Tag"), required=False)
    months = forms.ChoiceField(
        label=gettext_lazy("Wie lange möchten Sie warten?"),
        choices=list(MONTHS.items()),
        widget=forms.RadioSelect,
    )
    firm_name = OneLine(
        label=gettext_lazy("Firma"),
        max_length=160,
        error_messages={"required": gettext_lazy("Geben Sie den Namen Ihres Betriebs an.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    contact_name = OneLine(
        label=gettext_lazy("Vor- und Nachname"),
        max_length=120,
        error_messages={"required": gettext_lazy("Geben Sie an, mit wem die Polizei spricht.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact_email = EmailField(
        label=gettext_lazy("E-Mail-Adresse"),
        help_text=gettext_lazy("Dorthin senden wir Angebote, höchstens drei Nachrichten in sieben Tagen."),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Geben Sie Ihre E-Mail-Adresse an, zum Beispiel name@beispiel.de."),
            "max_length": gettext_lazy("Geben Sie eine Adresse mit höchstens 254 Zeichen an."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    contact_phone = PhoneField(
        label=gettext_lazy("Telefon"), help_text=gettext_lazy("Nur für Rückfragen"), required=False
    )

    def __init__(
        self, data: QueryDict | None = None, *, offices: list[Office], initial: dict[str, str] | None = None
    ) -> None:
        given = {"part_of_day": Waiting.PartOfDay.ANY.value, "months": str(MOST_MONTHS)}
        super().__init__(data, initial=given | (initial or {}))
        self.offices = {str(office.pk): office for office in offices}
        names = [(key, office.name) for key, office in self.offices.items()]
        set_choices(self, "ort", [("", _("Bitte wählen")), *names])
        days = WEEKDAYS[current_language()][:WORKING_WEEK]
        set_choices(self, "weekdays", [(str(number), name) for number, name in enumerate(days)])
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset(_("Wo"), "ort"),
            HintedFieldset(
                _("Wann es Ihnen passt"),
                "weekdays",
                "part_of_day",
                Row(Column("not_before"), Column("not_after")),
                "months",
                hint=_(
                    "Was Sie offen lassen, ist uns egal: Je weniger Sie festlegen, desto eher sind Sie dran."
                ),
            ),
            Fieldset(
                _("So erreichen wir Sie"), "firm_name", "contact_name", "contact_email", "contact_phone"
            ),
        )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        first = max(values.get("not_before") or today(), today())
        if values.get("not_after") and values["not_after"] < first:
            sentence = _("Dieser Tag liegt vor dem frühesten. Wählen Sie einen späteren.")
            self.add_error("not_after", ValidationError(sentence, code="order"))
        return values

    def entry(self, *, partnership: Partnership, page_language: str) -> Entry:
        """Call it on a valid form."""
        values = self.cleaned_data
        return Entry(
            partnership=partnership,
            office=self.offices[values["ort"]],
            page_language=page_language,
            weekdays=[int(number) for number in values["weekdays"]],
            waits_until=_months_ahead(int(values["months"])),
            **{
                name: values[name]
                for name in (
                    *("firm_name", "contact_name", "contact_email", "contact_phone"),
                    *("part_of_day", "not_before", "not_after"),
                )
            },
        )


class CallerWaitForm(WaitForm):
    """With somebody on the telephone a number will do in place of an e-mail address."""

    faults = WaitForm.faults | {"no_contact": gettext_lazy("E-Mail oder Telefon fehlt")}

    def __init__(
        self, data: QueryDict | None = None, *, offices: list[Office], initial: dict[str, str] | None = None
    ) -> None:
        super().__init__(data, offices=offices, initial=initial)
        self.fields["contact_email"].required = False
        self.fields["contact_email"].help_text = _("Für Angebote; ohne Adresse rufen Sie an.")
        self.fields["contact_phone"].help_text = _("Mit Vorwahl")

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        named = {"contact_email", "contact_phone"} & set(self.errors)
        if not (named or values.get("contact_email") or values.get("contact_phone")):
            sentence = _("Fragen Sie nach einer Telefonnummer oder einer E-Mail-Adresse.")
            self.add_error("contact_phone", ValidationError(sentence, code="no_contact"))
        return values


def _months_ahead(count: int) -> datetime.date:
    day = today()
    for _number in range(count):
        day = a_month_after(day)
    return day
