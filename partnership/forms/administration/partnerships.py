"""The partnership's particulars and texts, and the search for areas."""

from typing import Any

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.forms.administration.base import EditForm, SearchForm
from partnership.forms.fields import number_field
from partnership.models import Partnership


class PartnershipForm(EditForm, forms.ModelForm):  # type: ignore[type-arg]
    change_deadline_hours = number_field(
        _("Verschieben und Absagen bis"), least=0, most=336, help_text=_("Stunden vor dem Termin")
    )
    layout = Layout(
        Fieldset(
            _("Name und Auftritt"), Row(Column("name"), Column("short_name")), "region_line", "partners_line"
        ),
        Fieldset(_("So erreicht man Sie"), Row(Column("email"), Column("phone")), "phone_hours"),
        Fieldset(_("E-Mails an Firmen"), Row(Column("sender_name"), Column("sender_email"))),
        Fieldset(_("Fristen"), "change_deadline_hours"),
        Fieldset(_("Nach dem Gespräch"), "asks_satisfaction"),
    )

    class Meta:
        model = Partnership
        fields = [
            *("name", "short_name", "region_line", "partners_line", "email", "phone", "phone_hours"),
            *("sender_name", "sender_email", "change_deadline_hours", "asks_satisfaction"),
        ]
        help_texts = {
            "region_line": _("Steht auf der Startseite, zum Beispiel „Für Betriebe in Leipzig“."),
            "partners_line": _("Steht über jeder Seite und unter jeder E-Mail."),
            "short_name": _("Steht im Titel jeder Seite."),
        }


class TextsForm(EditForm, forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Partnership
        fields = ["imprint", "privacy_notice"]
        widgets = {
            "imprint": forms.Textarea(attrs={"rows": 16}),
            "privacy_notice": forms.Textarea(attrs={"rows": 16}),
        }
        help_texts = {
            "imprint": _(
                "Absätze trennt eine leere Zeile. Eine kurze Zeile für sich, ohne Ziffern und Satzzeichen, "
                "wird zur Überschrift."
            ),
            "privacy_notice": _(
                "Wer verantwortlich ist, Datenschutzbeauftragte, Dienstleister. Was bei der Buchung "
                "verarbeitet wird, beschreibt das Portal selbst darunter."
            ),
        }


class AreaSearch(SearchForm, forms.Form):
    suche = forms.CharField(
        label=_("Gebiet suchen: Name, Postleitzahl oder Gemeindeschlüssel"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    @property
    def text(self) -> str:
        text: Any = self.given("suche")
        return (text or "").strip()
