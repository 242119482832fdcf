"""The filter of thefts, and what officers fill in."""

import datetime

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assetmarking.models import StolenThing, TheftReport
from partnership.forms.administration.base import CHOOSE
from partnership.forms.fields import date_field
from partnership.forms.lines import OneLine
from partnership.forms.search import Search
from partnership.times import MONTHS, today

FoundBy = StolenThing.FoundBy
STATES = {
    "": gettext_lazy("alle"),
    "offen": gettext_lazy("Vorgangsnummer zu bestätigen"),
    **dict(TheftReport.State.choices),
}
MONTHS_BACK = 24


class TheftSearch(Search):
    """`monat` is when it was reported, as 2026-11."""

    stand = forms.ChoiceField(label=gettext_lazy("Stand"), required=False, choices=list(STATES.items()))
    monat = forms.ChoiceField(label=gettext_lazy("Gemeldet im"), required=False)
    ort = OneLine(label=gettext_lazy("Ort oder Postleitzahl"), required=False, max_length=80)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, choices={"monat": [("", _("jeder Monat")), *_months()]})
        self.helper.layout = Layout("stand", "monat", "ort")


class ConfirmForm(forms.Form):
    case_number = OneLine(
        label=gettext_lazy("Vorgangsnummer"),
        max_length=60,
        error_messages={"required": gettext_lazy("Geben Sie die Vorgangsnummer an.")},
    )
    reason = OneLine(
        label=gettext_lazy("Grund der Berichtigung"),
        help_text=gettext_lazy("Nur wenn Sie die Nummer ändern. Die Firma liest ihn."),
        required=False,
        max_length=300,
    )

    def __init__(self, data: QueryDict | None = None, *, report: TheftReport) -> None:
        super().__init__(data, initial={"case_number": report.case_number})
        self.told = report.case_number
        self.helper = _helper()

    def clean(self) -> None:
        values = self.cleaned_data
        number = values.get("case_number")
        if number and number != self.told and not values.get("reason"):
            self.add_error("reason", _("Nennen Sie den Grund, wenn Sie die Vorgangsnummer berichtigen."))


class DeclineForm(forms.Form):
    reason = OneLine(
        label=gettext_lazy("Hinweis an die Firma"),
        help_text=gettext_lazy("Zum Beispiel: Diese Nummer gehört zu einem anderen Vorgang."),
        max_length=300,
        error_messages={"required": gettext_lazy("Schreiben Sie der Firma, was nicht stimmt.")},
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.helper = _helper()


class SecuredForm(forms.Form):
    found_by = forms.ChoiceField(
        label=gettext_lazy("Wie gefunden?"),
        choices=[(kind.value, kind.label) for kind in (FoundBy.POLICE_SEARCH, FoundBy.POLICE)],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Wählen Sie, wie das Gerät gefunden wurde."),
            "invalid_choice": CHOOSE,
        },
    )
    found_on = date_field(gettext_lazy("Am"))

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"found_on": today()})
        self.helper = _helper()

    def clean_found_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["found_on"]
        if day > today():
            raise ValidationError(_("Wählen Sie heute oder einen früheren Tag."))
        return day


def _helper() -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    return helper


def _months() -> list[tuple[str, str]]:
    day = today()
    last = day.year * 12 + day.month - 1
    pairs = [divmod(last - back, 12) for back in range(MONTHS_BACK)]
    return [(f"{year}-{month + 1:02d}", f"{MONTHS['de'][month]} {year}") for year, month in pairs]
