"""What the forms of the administration share."""

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

MISSING = _("Füllen Sie dieses Feld aus.")
CHOOSE = _("Wählen Sie aus der Liste.")


class WorkForm(forms.BaseForm):
    """In the house's words: a missing answer says what to do. `layout` is crispy's."""

    layout: ClassVar[Layout | None] = None
    faults: ClassVar[dict[str, Any]] = {"together": _("Das passt nicht zusammen")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            choices = isinstance(field, forms.ChoiceField)
            if str(field.error_messages.get("required", "")) == str(
                forms.Field.default_error_messages["required"]
            ):
                field.error_messages["required"] = CHOOSE if choices else MISSING
            if choices:
                field.error_messages["invalid_choice"] = CHOOSE
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = _(
                    "Prüfen Sie die Schreibweise, zum Beispiel name@beispiel.de."
                )
        self.helper = FormHelper()
        self.helper.form_tag = False
        if self.layout is not None:
            self.helper.layout = self.layout

    def object(self, name: str, sentence: str, *, code: str = "together") -> None:
        self.add_error(name, forms.ValidationError(sentence, code=code))


class SearchForm(forms.BaseForm):
    """Read from the address; what is not understood is left out."""

    layout: ClassVar[Layout | None] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields.values()
        for field in fields:
            field.is_search = True
        self.helper = FormHelper()
        self.helper.form_tag = False
        if self.layout is not None:
            self.helper.layout = self.layout

    def given(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name) or None

    @property
    def is_set(self) -> bool:
        self.is_valid()
        return any(self.cleaned_data.values())


class EditForm(WorkForm):
    """Of a row that has a version. `values` is what a domain function takes; the form saves nothing."""

    instance: Any
    cleaned_data: dict[str, Any]

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
