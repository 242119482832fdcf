"""At the door: a ticket's number, whom the list shows, who comes without a ticket or a place."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from forums.models import Mode, Role
from partnership.forms.fields import choices_field, set_choices
from partnership.forms.lines import OneLine
from partnership.forms.search import Search

Choices = list[tuple[str, Any]]


class TicketForm(forms.Form):
    nummer = OneLine(
        label=_("Nummer des Tickets"),
        max_length=300,
        help_text=_("Groß oder klein, mit oder ohne Leerzeichen"),
        error_messages={"required": _("Geben Sie die Nummer ein, die unter dem QR-Code steht.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    faults = {"unknown": _("Zu dieser Nummer gibt es kein Ticket")}

    def __init__(self, data: QueryDict | None = None, *, is_first: bool = False) -> None:
        """`is_first`: whoever has just typed one types the next."""
        super().__init__(data)
        if is_first:
            self.fields["nummer"].widget.attrs["autofocus"] = True
        self.helper = FormHelper()
        self.helper.form_tag = False

    def say_unknown(self) -> None:
        sentence = _("Prüfen Sie die Nummer, oder suchen Sie unten nach dem Namen.")
        self.add_error("nummer", ValidationError(sentence, code="unknown"))


class DoorSearch(Search):
    suche = forms.CharField(
        label=_("Name oder Firma"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    halbtag = forms.ChoiceField(label=_("Tageshälfte"), required=False)
    teil = forms.ChoiceField(label=_("Programmteil"), required=False)
    teilnahme = forms.ChoiceField(label=_("Teilnahme"), required=False, choices=Mode.choices)

    def __init__(self, data: QueryDict, *, halves: Choices, parts: Choices, is_online: bool) -> None:
        choices = {"halbtag": halves, "teil": [("", _("alle Teile")), *parts]}
        super().__init__(data, choices=choices)
        if not is_online:
            del self.fields["teilnahme"]


class WalkInForm(forms.Form):
    name = OneLine(
        label=_("Vor- und Nachname"),
        max_length=120,
        error_messages={"required": _("Geben Sie den Namen an. Er steht in der Liste.")},
    )
    firm_name = OneLine(label=_("Firma oder Organisation"), max_length=160, required=False)
    role = forms.ChoiceField(label=_("Nimmt teil als"), choices=Role.choices, initial=Role.BUSINESS)
    parts = choices_field(_("Programmteile"), required=False)
    reason = OneLine(
        label=_("Grund, falls ein Teil voll ist"),
        max_length=200,
        required=False,
        help_text=_("Zum Beispiel: „Drei Angemeldete sind nicht gekommen.“"),
    )
    faults = {"full": _("Kein Platz mehr frei")}

    def __init__(self, data: QueryDict | None = None, *, parts: Choices, all_fit: bool) -> None:
        super().__init__(data)
        if parts:
            set_choices(self, "parts", parts)
        else:
            del self.fields["parts"]
        if all_fit:
            del self.fields["reason"]
        self.helper = FormHelper()
        self.helper.form_tag = False

    def say_full(self, sentence: str) -> None:
        self.add_error("reason", ValidationError(sentence, code="full"))


class LetInForm(forms.Form):
    """`booking` is of those who wait; a reason is asked for where no place is free."""

    reason = OneLine(
        label=_("Grund"),
        max_length=200,
        help_text=_("Zum Beispiel: „Drei Angemeldete sind nicht gekommen.“"),
        error_messages={"required": _("Nennen Sie den Grund. Er wird festgehalten.")},
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.helper = FormHelper()
        self.helper.form_tag = False
