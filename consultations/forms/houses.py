from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.models import Office


class HousesForm(forms.Form):
    """Which houses to look at side by side."""

    def __init__(self, *, offices: list[Office], chosen: list[Office]) -> None:
        super().__init__(initial={"haus": [str(office.pk) for office in chosen]})
        field: Any = forms.MultipleChoiceField(
            label=_("Häuser"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(str(office.pk), office.name) for office in offices],
        )
        field.is_search = True
        self.fields["haus"] = field
        self.helper = FormHelper()
        self.helper.form_tag = False
