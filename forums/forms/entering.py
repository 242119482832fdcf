"""What a desk fills in for somebody: on the telephone, and when something changes."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.desk.entering import WhenFull
from forums.forms.registering import PartsForm
from forums.models import Role
from forums.registering.registering import Entry
from partnership.forms.layout import HintedFieldset
from partnership.forms.lines import LINE_FAULTS, EmailField, OneLine, PhoneField

PEOPLE = ("name", "role", "email", "phone", "firm_name")
NEEDS = ("catering", "accessibility")


class DeskPartsForm(PartsForm):
    """The programme, in words about somebody else."""

    def parts_legend(self) -> str:
        return _("Programm")

    def not_words(self) -> str:
        return _("nimmt nicht teil")

    def own_words(self, *, is_waiting: bool) -> str:
        return _("wartet") if is_waiting else _("hat einen Platz")

    def full_words(self) -> str:
        return _("kein Platz frei")


class EnteringForm(DeskPartsForm):
    """Somebody on the telephone: an address is not needed, and the person may be asked for twice."""

    faults = LINE_FAULTS | {
        "no_contact": gettext_lazy("E-Mail oder Telefon fehlt"),
        "no_reason": gettext_lazy("Der Grund fehlt"),
    }

    name = OneLine(
        label=gettext_lazy("Vor- und Nachname"),
        max_length=120,
        error_messages={"required": gettext_lazy("Fragen Sie, wer teilnimmt.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("nimmt teil als"), choices=Role.choices, initial=Role.BUSINESS.value
    )
    firm_name = OneLine(label=gettext_lazy("Firma oder Organisation"), max_length=160, required=False)
    phone = PhoneField(
        label=gettext_lazy("Telefon"), required=False, help_text=gettext_lazy("Für Rückfragen, mit Vorwahl")
    )
    email = EmailField(
        label=gettext_lazy("E-Mail-Adresse"),
        max_length=254,
        required=False,
        help_text=gettext_lazy("Für Bestätigung, Kalenderdatei und Ticket"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    catering = OneLine(label=gettext_lazy("Wünsche zum Essen"), max_length=200, required=False)
    accessibility = OneLine(label=gettext_lazy("Unterstützung"), max_length=200, required=False)
    when_full = forms.ChoiceField(
        label=gettext_lazy("Was dann geschehen soll"),
        choices=WhenFull.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    reason = OneLine(
        label=gettext_lazy("Grund, trotzdem aufzunehmen"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Zum Beispiel: zusätzlicher Stuhl. Er bleibt bei der Anmeldung stehen."),
    )
    is_somebody_else = forms.BooleanField(
        label=gettext_lazy("Das ist jemand anderes, bitte eintragen"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.event.asks_catering:
            del self.fields["catering"]
        self.helper.layout.insert(
            0,
            Fieldset(
                _("Wer teilnimmt"),
                "name",
                Row(Column("phone"), Column("email")),
                Row(Column("firm_name"), Column("role")),
            ),
        )
        needs = (name for name in NEEDS if name in self.fields)
        self.helper.layout.append(Fieldset(_("Für den Tag"), *needs))
        if any(not places.free for part in self.parts for places in part.places.all()):
            self.ask_when_full()

    def ask_when_full(self) -> None:
        """Once: a place may have gone while somebody typed."""
        if not any(getattr(part, "hint", "") for part in self.helper.layout):
            hint = _("Oder wählen Sie oben einen anderen Teil.")
            self.helper.layout.append(
                HintedFieldset(_("Wenn kein Platz frei ist"), "when_full", "reason", hint=hint)
            )

    def ask_who_it_is(self) -> None:
        self.helper.layout.append("is_somebody_else")

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        named = {"email", "phone"} & set(self.errors)
        if not (named or values.get("email") or values.get("phone")):
            sentence = _("Fragen Sie nach einer Telefonnummer oder einer E-Mail-Adresse.")
            self.add_error("phone", ValidationError(sentence, code="no_contact"))
        if values.get("when_full") == WhenFull.BEYOND and not values.get("reason"):
            sentence = _("Nennen Sie den Grund, aus dem Sie über die Plätze hinaus aufnehmen.")
            self.add_error("reason", ValidationError(sentence, code="no_reason"))
        return values

    def entry(self) -> Entry:
        """Call it on a valid form."""
        values = self.cleaned_data
        given = {name: values[name] for name in (*PEOPLE, *NEEDS) if name in values}
        return Entry(event=self.event, parts=self.wanted, **given)


class CancelForm(forms.Form):
    """Whoever calls knows already; a mail goes out all the same, unless the desk says no."""

    with_colleagues = forms.BooleanField(
        label=gettext_lazy("Auch alle abmelden, die mit angemeldet wurden"), required=False
    )
    is_told = forms.BooleanField(
        label=gettext_lazy("Bestätigung per E-Mail senden"), required=False, initial=True
    )

    def __init__(self, data: Any = None, *, has_colleagues: bool, has_address: bool) -> None:
        super().__init__(data)
        if not has_colleagues:
            del self.fields["with_colleagues"]
        if not has_address:
            del self.fields["is_told"]
        self.helper = FormHelper()
        self.helper.form_tag = False


class AddressForm(forms.Form):
    faults = LINE_FAULTS

    email = EmailField(
        label=gettext_lazy("E-Mail-Adresse"),
        max_length=254,
        help_text=gettext_lazy("Lassen Sie sich die Adresse am Telefon buchstabieren."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Geben Sie die E-Mail-Adresse an.")},
    )

    def __init__(self, data: Any = None, *, email: str = "") -> None:
        super().__init__(data, initial={"email": email})
        self.helper = FormHelper()
        self.helper.form_tag = False
