"""What the public fills in: the filter of times, and the details of a booking."""

import datetime
import re
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consultations.models import Language, OfficeHours, Topic
from consultations.placing import Details
from partnership.forms.lines import LINE_FAULTS, EmailField, OneLine, PhoneField
from partnership.models import Organisation
from partnership.times import long_day

POSTCODE = re.compile(r"^[0-9]{5}$")
Choices = list[tuple[str, str | Promise]]


def is_postcode(text: str) -> bool:
    return bool(POSTCODE.match(text))


def offer_choices(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _pairs(field: forms.ChoiceField) -> Choices:
    return list(field.choices)  # type: ignore[arg-type]


class TimesFilter(forms.Form):
    """`fuer` is the postcode that the offered offices were chosen for: another one chooses anew."""

    plz = forms.CharField(
        label=_("Postleitzahl Ihres Betriebs"),
        required=False,
        max_length=10,
        widget=forms.TextInput(
            attrs={"autocomplete": "postal-code", "inputmode": "numeric", "class": "kern-input--postcode"}
        ),
    )
    ort = forms.MultipleChoiceField(
        label=_("Orte in der Nähe"), required=False, widget=forms.CheckboxSelectMultiple
    )
    thema = forms.ChoiceField(label=_("Thema"), required=False)
    sprache = forms.ChoiceField(label=_("Sprache des Gesprächs"), required=False)
    fuer = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, offices: Choices) -> None:
        super().__init__(data)
        offer_choices(self, "ort", offices)
        offer_choices(self, "thema", [("", _("Alle Themen")), *Topic.choices])
        offer_choices(self, "sprache", [("", _("Alle Sprachen")), *Language.choices])
        self.helper = FormHelper()
        self.helper.form_tag = False
        for field in self.fields.values():
            field.is_search = True  # type: ignore[attr-defined]

    def clean_plz(self) -> str:
        postcode: str = self.cleaned_data["plz"]
        if postcode and not is_postcode(postcode):
            raise ValidationError(
                _("Geben Sie die fünf Ziffern der Postleitzahl ein, zum Beispiel 04668."), code="postcode"
            )
        return postcode


class ContactForm(forms.Form):
    """Who asks, what the firm confides, and what it needs; pages to check show it again."""

    faults = LINE_FAULTS

    firm_name = OneLine(
        label=_("Firma"),
        help_text=_("Wie im Handelsregister oder in der Handwerksrolle"),
        max_length=160,
        error_messages={"required": _("Geben Sie den Namen Ihres Betriebs an.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    chamber = forms.ChoiceField(label=_("Ihre Kammer"), required=False, widget=forms.RadioSelect)
    membership_number = OneLine(label=_("Mitgliedsnummer"), required=False, max_length=40)
    contact_name = OneLine(
        label=_("Vor- und Nachname"),
        max_length=120,
        error_messages={"required": _("Geben Sie an, mit wem die Polizei spricht.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact_email = EmailField(
        label=_("E-Mail-Adresse"),
        help_text=_("Dorthin senden wir den Link zur Bestätigung."),
        max_length=254,
        error_messages={
            "required": _("Geben Sie Ihre E-Mail-Adresse an, zum Beispiel name@beispiel.de."),
            "max_length": _("Geben Sie eine Adresse mit höchstens 254 Zeichen an."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    contact_phone = PhoneField(
        label=_("Telefon"),
        help_text=_("Nur für Rückfragen zu diesem Termin"),
        required=False,
    )
    note = forms.CharField(
        label=_("Worum geht es?"),
        help_text=_(
            "Das liest nur die Polizei, nicht die Kammer. "
            "Bitte keine Schwachstellen nennen: Darüber sprechen Sie beim Termin."
        ),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    accessibility_need = OneLine(
        label=_("Benötigen Sie Unterstützung?"),
        help_text=_("Zum Beispiel stufenloser Zugang oder Gebärdensprache"),
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, chambers: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chambers = {str(chamber.pk): chamber for chamber in chambers}
        names = [(key, chamber.name) for key, chamber in self.chambers.items()]
        offer_choices(self, "chamber", [*names, ("", _("Weiß ich nicht"))])

    @property
    def summary(self) -> list[dict[str, str]]:
        """Label and value of everything that was given, as the page to check shows it."""
        return summary_of(self, also=("chamber",))


def summary_of(form: forms.Form, *, also: tuple[str, ...] = ()) -> list[dict[str, str]]:
    """Of a valid form; `also` names fields that are shown although nothing was chosen."""
    rows = []
    for name, value in form.cleaned_data.items():
        field = form.fields[name]
        if value or name in also:
            rows.append({"name": name, "label": str(field.label), "value": _in_words(field, value)})
    return rows


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.MultipleChoiceField):
        return ", ".join(str(label) for key, label in _pairs(field) if key in value)
    if isinstance(field, forms.ChoiceField):
        return str(dict(_pairs(field)).get(value, ""))
    if isinstance(field, forms.BooleanField):
        return gettext("ja")
    return long_day(value) if isinstance(value, datetime.date) else str(value)


class DetailsForm(ContactForm):
    """`hours`: those of the time that is held."""

    topic = forms.ChoiceField(label=_("Thema"), required=False)
    language = forms.ChoiceField(label=_("Sprache des Gesprächs"), required=False)
    field_order = [
        *("firm_name", "chamber", "membership_number", "contact_name", "contact_email", "contact_phone"),
        *("topic", "language", "note", "accessibility_need"),
    ]

    def __init__(self, *args: Any, hours: OfficeHours, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = hours.languages
        topics = [choice for choice in Topic.choices if choice[0] in hours.topics]
        offer_choices(self, "topic", [("", _("Bitte wählen")), *topics])
        offer_choices(self, "language", [c for c in Language.choices if c[0] in hours.languages])
        if len(hours.languages) == 1:
            del self.fields["language"]
        self.helper = _details_helper(list(self.fields))

    def details(self, *, page_language: str) -> Details:
        """Call it on a valid form."""
        values = self.cleaned_data
        return Details(
            **{name: values[name] for name in self.cleaned_data if name not in ("chamber", "language")},
            chamber=self.chambers.get(values["chamber"]),
            language=values.get("language") or self.languages[0],
            page_language=page_language,
        )

    @property
    def typed(self) -> dict[str, str]:
        """What was typed, right or wrong, cut to what the fields take, for the session."""
        return {name: self.data.get(name, "")[:2000] for name in DetailsForm.base_fields}


def _details_helper(present: list[str]) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.form_show_errors = False  # the page shows them above the held time
    talk = [name for name in ("topic", "language", "note", "accessibility_need") if name in present]
    helper.layout = Layout(
        Fieldset(_("Ihr Betrieb"), "firm_name", "chamber", "membership_number"),
        Fieldset(_("So erreichen wir Sie"), "contact_name", "contact_email", "contact_phone"),
        Fieldset(_("Zum Gespräch"), *talk),
    )
    return helper
