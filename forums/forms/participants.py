"""Looking for somebody in the list of participants, and for a firm that calls."""

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from forums.desk.listing import Standing, Wanted
from forums.models import EventPart, Mode, Role
from partnership.forms.search import Search


class ParticipantSearch(Search):
    """`stand` is who takes part, until somebody looks for another or for all."""

    suche = forms.CharField(
        label=_("Name, Firma, Nummer, E-Mail oder Telefon"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    teil = forms.ChoiceField(label=_("Programmteil"), required=False)
    form = forms.ChoiceField(label=_("Form"), required=False, choices=[("", _("alle")), *Mode.choices])
    stand = forms.ChoiceField(label=_("Stand"), required=False, choices=[("", _("alle")), *Standing.choices])
    als = forms.ChoiceField(
        label=_("nimmt teil als"), required=False, choices=[("", _("alle")), *Role.choices]
    )

    def __init__(self, data: QueryDict, *, parts: list[EventPart]) -> None:
        if "stand" not in data:
            data = data.copy()
            data["stand"] = "" if data.get("suche") else Standing.TAKES_PART.value
        super().__init__(
            data, choices={"teil": [("", _("alle")), *((str(part.pk), part.title) for part in parts)]}
        )
        self.helper.layout = Layout(
            "suche", Row(Column("teil"), Column("form"), Column("stand"), Column("als"))
        )

    @property
    def wanted(self) -> Wanted:
        part = self.given("teil")
        return Wanted(
            text=self.given("suche") or "",
            part=int(part) if part else None,
            mode=self.given("form") or "",
            standing=self.given("stand") or "",
            role=self.given("als") or "",
        )

    @property
    def is_filtered(self) -> bool:
        return any(self.given(name) for name in ("teil", "form", "als"))

    @property
    def is_narrowed(self) -> bool:
        """By anything but how they stand."""
        return self.is_filtered or bool(self.given("suche"))


class FirmSearch(Search):
    suche = forms.CharField(
        label=_("Firma, Mitgliedsnummer oder Telefon"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )
