"""Whom to invite: one by hand, or a list as people have it."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from forums.inviting.lists import Guest, GuestList, decode, read_list
from forums.models import Role
from partnership.forms.files import file_field
from partnership.forms.lines import LINE_FAULTS, EmailField, OneLine

MOST_MEGABYTES = 1


def _role_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("nehmen teil als"), choices=Role.choices, initial=Role.BUSINESS.value)


def _language_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Sprache der E-Mail"), choices=[("de", _("Deutsch")), ("en", _("Englisch"))], initial="de"
    )


class GuestForm(forms.Form):
    faults = LINE_FAULTS

    name = OneLine(
        label=_("Vor- und Nachname"),
        max_length=120,
        error_messages={"required": _("Geben Sie an, wen Sie einladen.")},
    )
    email = EmailField(
        label=_("E-Mail-Adresse"),
        max_length=254,
        error_messages={"required": _("Geben Sie die Adresse an, an die die Einladung geht.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    firm_name = OneLine(label=_("Firma oder Organisation"), max_length=160, required=False)
    role = _role_field()
    page_language = _language_field()

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Row(Column("name"), Column("email")),
            Row(Column("firm_name"), Column("role"), Column("page_language")),
        )

    def guest(self) -> Guest:
        """Call it on a valid form."""
        return Guest(**{name: self.cleaned_data[name] for name in ("name", "email", "firm_name")})


class GuestListForm(forms.Form):
    """What was pasted and a file's lines are one list."""

    text = forms.CharField(
        label=_("Liste"),
        help_text=_("Eine Person in jeder Zeile: Name; E-Mail; Firma. Auch aus einer Tabelle kopiert."),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )
    file = file_field(_("Oder eine Datei"), ["csv"], most_megabytes=MOST_MEGABYTES, required=False)
    role = _role_field()
    page_language = _language_field()

    def __init__(self, data: Any = None, files: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, files, initial=initial)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("text", "file", Row(Column("role"), Column("page_language")))

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not (values.get("text") or values.get("file")):
            self.add_error("text", _("Fügen Sie eine Liste ein, oder wählen Sie eine Datei."))
        return values

    def read(self) -> GuestList:
        """Call it on a valid form."""
        file = self.cleaned_data["file"]
        lines = [self.cleaned_data["text"], decode(file.read()) if file else ""]
        return read_list("\n".join(part for part in lines if part))
