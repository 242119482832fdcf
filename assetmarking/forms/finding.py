"""The code of a label, and what people write about it."""

from typing import Any, ClassVar

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.forms.administration.base import WorkForm

CODE_ATTRS = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class CodeForm(WorkForm, forms.Form):
    code = forms.CharField(
        label=_("Code auf dem Etikett"),
        help_text=_("Acht Zeichen, zum Beispiel K7MQ-2HXD. Striche und Großschreibung sind egal."),
        max_length=40,
        error_messages={"required": _("Geben Sie den Code ein, der auf dem Etikett steht.")},
        widget=forms.TextInput(attrs=CODE_ATTRS),
    )
    layout = Layout("code")


class MessageForm(WorkForm, forms.Form):
    text = forms.CharField(
        label=_("Ihre Nachricht"),
        max_length=2000,
        error_messages={"required": _("Schreiben Sie, was Sie mitteilen möchten.")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    faults: ClassVar[dict[str, Any]] = {"max_length": _("Die Nachricht ist zu lang")}
    layout = Layout("text")


class FindForm(MessageForm):
    email = forms.EmailField(
        label=_("Ihre E-Mail-Adresse"),
        required=False,
        help_text=_("Nur wenn Sie eine Antwort möchten. Der Betrieb erfährt die Adresse nicht."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    layout = Layout("text", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = _(
            "Zum Beispiel, wo es liegt. Was Sie hier schreiben, liest der Betrieb, auch Namen und "
            "Telefonnummern."
        )
