"""Searches: forms that are read from the address."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict

from partnership.forms.fields import set_choices


class Search(forms.Form):
    """What is not understood is left out, and said at its field. `choices`: known only when it is made."""

    def __init__(self, data: QueryDict, *, choices: dict[str, list[tuple[str, Any]]] | None = None) -> None:
        super().__init__(data)
        for name, pairs in (choices or {}).items():
            set_choices(self, name, pairs)
        fields: Any = self.fields.values()
        for field in fields:
            field.is_search = True
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.is_valid()

    def given(self, name: str) -> Any:
        """The value of a field, None where nothing sensible is in it."""
        return self.cleaned_data.get(name) or None

    @property
    def is_set(self) -> bool:
        """Whether anything is searched for."""
        return any(self.cleaned_data.values())
