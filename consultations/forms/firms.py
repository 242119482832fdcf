"""What the desk fills in about firms: search, correction, which of two stays."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partnership.firm_merging import Values
from partnership.forms.fields import set_choices
from partnership.forms.lines import OneLine
from partnership.models import Firm

TYPING = {
    "hx-get": reverse_lazy("appointments:firm_hits"),
    "hx-trigger": "input changed delay:250ms",
    "hx-target": "#treffer",
    "hx-include": "closest form",
    "hx-sync": "this:replace",
}
"""Asks while one types. Without JavaScript the button does the same."""


class FirmSearch(forms.Form):
    suche = forms.CharField(
        label=_("Firma, Mitgliedsnummer oder Telefon"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, text: str, *, label: Any = "", autofocus: bool = False) -> None:
        super().__init__({"suche": text})
        field: Any = self.fields["suche"]
        field.is_search = True
        field.label = label or field.label
        field.widget.attrs |= TYPING
        if autofocus:
            field.widget.attrs["autofocus"] = True


class FirmForm(forms.Form):
    """The desk's correction."""

    name = OneLine(
        label=_("Firma"),
        max_length=160,
        error_messages={"required": _("Geben Sie den Namen der Firma an.")},
    )
    membership_number = OneLine(label=_("Mitgliedsnummer"), required=False, max_length=40)
    phone = OneLine(
        label=_("Telefon"), required=False, max_length=40, widget=forms.TextInput(attrs={"type": "tel"})
    )

    def __init__(self, data: QueryDict | None = None, *, firm: Firm) -> None:
        super().__init__(data, initial={name: getattr(firm, name) for name in self.base_fields})
        self.helper = FormHelper()
        self.helper.form_tag = False


class MergeForm(forms.Form):
    """Which of two rows stays, and for what differs, whose value. The two go by their keys."""

    stays = forms.ChoiceField(
        label=_("Welche Firma bleibt?"),
        widget=forms.RadioSelect,
        help_text=_("Die andere geht in ihr auf: Termine, Ansprechpersonen und Betriebsstätten ziehen um."),
        error_messages={"required": _("Wählen Sie die Firma, die bleibt.")},
    )

    def __init__(
        self, data: QueryDict | None = None, *, firms: tuple[Firm, Firm], preferred: Firm | None = None
    ) -> None:
        super().__init__(data)
        self.firms = {str(firm.pk): firm for firm in firms}
        first, second = firms
        names = (
            [first.name, second.name]
            if first.name != second.name
            else [
                _now("%(name)s (links)") % {"name": first.name},
                _now("%(name)s (rechts)") % {"name": second.name},
            ]
        )
        set_choices(self, "stays", list(zip(self.firms, names, strict=True)))
        best = preferred or first
        self.initial["stays"] = str(best.pk)
        for name, label, words in compared(first, second):
            if words[0] == words[1]:
                continue
            field = forms.ChoiceField(
                label=label,
                widget=forms.RadioSelect,
                choices=[
                    (key, word or _("keine Angabe")) for key, word in zip(self.firms, words, strict=True)
                ],
                error_messages={"required": _("Wählen Sie eine der beiden Angaben.")},
            )
            self.fields[name] = field
            given = [key for key, word in zip(self.firms, words, strict=True) if word]
            self.initial[name] = str(best.pk) if str(best.pk) in given else given[0]
        self.helper = FormHelper()
        self.helper.form_tag = False

    @property
    def heir(self) -> Firm:
        return self.firms[self.cleaned_data["stays"]]

    @property
    def merged(self) -> Firm:
        return next(firm for firm in self.firms.values() if firm != self.heir)

    def values(self) -> Values:
        """Call it on a valid form."""
        return Values(
            name=self._whose("name").name,
            chamber=self._whose("chamber").chamber,
            membership_number=self._whose("membership_number").membership_number,
            phone=self._whose("phone").phone,
        )

    def _whose(self, name: str) -> Firm:
        return self.firms.get(self.cleaned_data.get(name, ""), self.heir)


def compared(first: Firm, second: Firm) -> list[tuple[str, Any, tuple[str, str]]]:
    """Field, label, and the value of each."""
    return [
        ("name", _("Name"), (first.name, second.name)),
        ("chamber", _("Kammer"), (_chamber(first), _chamber(second))),
        ("membership_number", _("Mitgliedsnummer"), (first.membership_number, second.membership_number)),
        ("phone", _("Telefon"), (first.phone, second.phone)),
    ]


def _chamber(firm: Firm) -> str:
    return firm.chamber.name if firm.chamber else ""
