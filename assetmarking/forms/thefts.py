"""What a firm fills in about a theft."""

import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assetmarking.models import StolenThing, TheftReport
from assetmarking.thefts.reporting import Circumstances
from partnership.forms.administration.base import CHOOSE
from partnership.forms.fields import choices_field, date_field, moment_field
from partnership.forms.layout import HintedFieldset
from partnership.forms.lines import LINE_FAULTS, OneLine, PostcodeField
from partnership.times import today

FoundBy = StolenThing.FoundBy


class ThingChoice(forms.Form):
    """Read from the address: `geraet` are the chosen things, `suche` narrows the rest."""

    suche = OneLine(
        label=gettext_lazy("Gerät suchen"),
        help_text=gettext_lazy("Bezeichnung, Hersteller, Modell, Inventarnummer oder Kennzeichen"),
        required=False,
        max_length=60,
    )
    geraet = choices_field(gettext_lazy("Geräte"), required=False)

    def __init__(self, search: str, *, chosen: list[str], choices: list[tuple[str, str]]) -> None:
        super().__init__(initial={"suche": search, "geraet": chosen})
        field: Any = self.fields["geraet"]
        field.choices = choices
        for some in self.fields.values():
            some.is_search = True  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False


def _number_fields() -> dict[str, forms.Field]:
    return {
        "station": OneLine(
            label=gettext_lazy("Dienststelle der Polizei"),
            help_text=gettext_lazy("Wo Sie Anzeige erstattet haben"),
            required=False,
            max_length=120,
        ),
        "case_number": OneLine(
            label=gettext_lazy("Vorgangsnummer"),
            help_text=gettext_lazy("Steht auf der Bestätigung Ihrer Anzeige. Sie können sie nachtragen."),
            required=False,
            max_length=60,
        ),
        "circumstances": forms.CharField(
            label=gettext_lazy("Umstände"),
            help_text=gettext_lazy(
                "Was aufgebrochen wurde, was Sie beobachtet haben. "
                "Auch die Versicherung liest es auf ihrer Liste."
            ),
            required=False,
            max_length=3000,
            widget=forms.Textarea(attrs={"rows": 4}),
        ),
    }


class TheftForm(forms.Form):
    faults = LINE_FAULTS | {
        "future": gettext_lazy("Die Zeit liegt in der Zukunft"),
        "order": gettext_lazy("Die Zeiten passen nicht zueinander"),
    }

    street = OneLine(
        label=gettext_lazy("Straße und Hausnummer"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = PostcodeField(
        label=gettext_lazy("Postleitzahl"),
        error_messages={
            "required": gettext_lazy("Geben Sie die fünf Ziffern der Postleitzahl ein, zum Beispiel 04668.")
        },
    )
    city = OneLine(
        label=gettext_lazy("Ort"),
        max_length=80,
        error_messages={"required": gettext_lazy("Geben Sie an, in welchem Ort es passiert ist.")},
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    gone_after = moment_field(gettext_lazy("Zuletzt gesehen"))
    gone_before = moment_field(gettext_lazy("Diebstahl bemerkt"))

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields |= _number_fields()
        self.helper = _helper(
            HintedFieldset(
                _("Wo?"),
                "street",
                Row(Column("postcode"), Column("city")),
                hint=_(
                    "Der Ort des Diebstahls. Er entscheidet, welche Polizeidienststelle die Meldung liest."
                ),
            ),
            Fieldset(_("Wann?"), "gone_after", "gone_before"),
            Fieldset(
                _("Anzeige bei der Polizei"), Row(Column("station"), Column("case_number")), "circumstances"
            ),
        )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        after: datetime.datetime | None = values.get("gone_after")
        before: datetime.datetime | None = values.get("gone_before")
        now = timezone.now()
        for name, moment in (("gone_after", after), ("gone_before", before)):
            if moment and moment > now:
                sentence = _("Geben Sie eine Zeit an, die vorbei ist.")
                self.add_error(name, ValidationError(sentence, code="future", params={"part": 0}))
        if after and before and before < after:
            sentence = _("Das ist vor „Zuletzt gesehen“. Prüfen Sie beide Zeiten.")
            self.add_error("gone_before", ValidationError(sentence, code="order", params={"part": 0}))
        return values

    @property
    def told(self) -> Circumstances:
        """Call it on a valid form."""
        return Circumstances(**self.cleaned_data)


class NumberForm(forms.Form):
    """What may come later."""

    def __init__(self, data: QueryDict | None = None, *, report: TheftReport) -> None:
        fields = _number_fields()
        super().__init__(data, initial={name: getattr(report, name) for name in fields})
        self.fields |= fields
        if report.state == TheftReport.State.CONFIRMED:
            self.fields["case_number"].disabled = True
            self.fields["case_number"].help_text = _("Die Polizei hat sie bestätigt.")
        self.helper = _helper(Row(Column("station"), Column("case_number")), "circumstances")


class FoundForm(forms.Form):
    faults = {"future": gettext_lazy("Der Tag liegt in der Zukunft")}

    is_back = forms.TypedChoiceField(
        label=gettext_lazy("Wo ist es jetzt?"),
        choices=[
            ("ja", gettext_lazy("Wieder bei uns")),
            ("nein", gettext_lazy("Gefunden, aber noch nicht bei uns")),
        ],
        coerce=lambda value: value == "ja",
        initial="ja",
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    found_by = forms.ChoiceField(
        label=gettext_lazy("Wer hat es gefunden?"),
        choices=FoundBy.choices,
        initial=FoundBy.OWNER.value,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    found_on = date_field(gettext_lazy("Gefunden am"))

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"found_on": today()})
        self.helper = _helper("is_back", "found_by", "found_on")

    def clean_found_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["found_on"]
        if day > today():
            raise ValidationError(_("Wählen Sie heute oder einen früheren Tag."), code="future")
        return day


def _helper(*parts: Any) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Layout(*parts)
    return helper
