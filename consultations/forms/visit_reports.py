"""Forms around a report: release, who may read it, correction, comparing the digest, typing the code."""

import datetime
from typing import Any

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.visit_reports.releasing import Recipient
from consultations.visit_reports.sharing import LONGEST
from partnership.forms.administration.base import SearchForm
from partnership.forms.fields import date_field
from partnership.forms.layout import HintedFieldset
from partnership.forms.lines import LINE_FAULTS, EmailField, OneLine
from partnership.forms.own_firm import house_helper
from partnership.times import today

SUGGESTED = datetime.timedelta(days=30)
NO_NAME = gettext_lazy("Geben Sie den Vor- und Nachnamen an.")


class ReportSearch(SearchForm, forms.Form):
    """What else narrows the list goes along."""

    suche = forms.CharField(label=gettext_lazy("Firma oder Nummer"), required=False, max_length=80)
    stand = forms.CharField(required=False, widget=forms.HiddenInput)
    eigene = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        for name in ("stand", "eigene"):
            if name not in data:
                del self.fields[name]


def name_field(help_text: Any = "") -> OneLine:
    return OneLine(
        label=gettext_lazy("Vor- und Nachname"),
        help_text=help_text,
        max_length=120,
        error_messages={"required": NO_NAME},
    )


def email_field(help_text: Any) -> EmailField:
    return EmailField(
        label=gettext_lazy("E-Mail-Adresse"),
        help_text=help_text,
        max_length=254,
        error_messages={
            "required": gettext_lazy("Geben Sie die E-Mail-Adresse an, zum Beispiel name@beispiel.de."),
            "max_length": gettext_lazy("Geben Sie eine Adresse mit höchstens 254 Zeichen an."),
        },
    )


def changed_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Was sich geändert hat"),
        help_text=gettext_lazy("Das steht oben im Bericht; die Firma liest es zuerst."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("Sagen Sie der Firma, was sich geändert hat."),
            "max_length": gettext_lazy("Kürzen Sie den Text auf 500 Zeichen."),
        },
    )


class RecipientForm(forms.Form):
    """Name and address of somebody whom the officer has met on site."""

    faults = LINE_FAULTS | {"not_confirmed": gettext_lazy("Die Bestätigung fehlt")}

    name = name_field()
    email = email_field(gettext_lazy("Dorthin geht der Code zum Lesen."))
    is_confirmed = forms.BooleanField(
        label=gettext_lazy("Vor Ort bestätigt: Ich kenne die Person und habe die Adresse mit ihr geprüft."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = house_helper()

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("email") and not values.get("is_confirmed"):
            sentence = _("Wer ohne Konto liest, muss vor Ort bestätigt sein. Haken Sie das an.")
            self.add_error("is_confirmed", ValidationError(sentence, code="not_confirmed"))
        return values

    @property
    def recipient(self) -> Recipient:
        """Call it on a valid form."""
        return Recipient(name=self.cleaned_data["name"], email=self.cleaned_data["email"])


class ReleaseForm(RecipientForm):
    """A recipient only if wanted; what has changed only in a correction."""

    faults = RecipientForm.faults | {"no_name": gettext_lazy("Der Name fehlt")}

    corrects_what = changed_field()
    despite_lacks = forms.BooleanField(
        label=gettext_lazy("Trotzdem freigeben: Was fehlt, bleibt offen."), required=False
    )

    def __init__(self, *args: Any, is_correction: bool, has_lacks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_correction:
            del self.fields["corrects_what"]
        if not has_lacks:
            del self.fields["despite_lacks"]
        self.fields["name"].required = self.fields["email"].required = False
        parts: list[Any] = ["corrects_what"] if is_correction else []
        parts.append(
            HintedFieldset(
                _("Noch jemand liest den Bericht, ohne Konto"),
                Row(Column("name"), Column("email")),
                "is_confirmed",
                hint=_("Nur wenn gewünscht: Die Person bekommt einen Link und vor jedem Lesen einen Code."),
            )
        )
        if has_lacks:
            parts.append(Fieldset(_("Es fehlt noch etwas"), "despite_lacks"))
        self.helper.layout = Layout(*parts)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("email") and not values.get("name"):
            self.add_error("name", ValidationError(NO_NAME, code="no_name"))
        return values

    @property
    def recipients(self) -> list[Recipient]:
        """Call it on a valid form."""
        return [self.recipient] if self.cleaned_data["email"] else []


class CorrectionForm(forms.Form):
    corrects_what = changed_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = house_helper()


class DigestForm(forms.Form):
    digest = OneLine(
        label=gettext_lazy("Prüfsumme"),
        help_text=gettext_lazy("64 Zeichen, unten auf jeder Seite des Berichts; Leerzeichen sind egal."),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Geben Sie die Prüfsumme ein, die auf dem Bericht steht."),
            "max_length": gettext_lazy("Das sind mehr Zeichen, als eine Prüfsumme hat."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = house_helper()


class ShareForm(forms.Form):
    """To whom the firm opens its report, and until when."""

    faults = LINE_FAULTS | {"until": gettext_lazy("Der Tag liegt außerhalb von 90 Tagen")}

    name = name_field(gettext_lazy("Mit Unternehmen, zum Beispiel „Kim Muster, Versicherung“"))
    email = email_field(gettext_lazy("Dorthin gehen der Link und vor dem Lesen ein Code."))
    until = date_field(
        gettext_lazy("Lesbar bis"), help_text=gettext_lazy("Höchstens 90 Tage; Sie können es früher beenden.")
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"until": (today() + SUGGESTED).isoformat()})
        self.helper = house_helper()

    def clean_until(self) -> datetime.date:
        until: datetime.date = self.cleaned_data["until"]
        if not today() <= until <= today() + LONGEST:
            sentence = _("Wählen Sie einen Tag ab heute, höchstens 90 Tage voraus.")
            raise ValidationError(sentence, code="until")
        return until
