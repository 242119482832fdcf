"""A firm's own visit: another time, or none."""

import datetime
from collections.abc import Sequence

from crispy_forms.helper import FormHelper
from django import forms
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from partnership.times import long_period

NO_LONGER = _("Diese Zeit gibt es nicht mehr. Wählen Sie eine andere.")


class OtherTimeForm(forms.Form):
    """`times`: those that fit the officer's days."""

    zeit = forms.ChoiceField(
        label=_("Neue Zeit"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Wählen Sie eine Zeit."), "invalid_choice": NO_LONGER},
    )

    def __init__(self, data: QueryDict | None = None, *, times: Sequence[DateTimeTZRange]) -> None:
        super().__init__(data)
        field = self.fields["zeit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(time.lower.isoformat(), long_period(time.lower, time.upper)) for time in times]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @property
    def chosen(self) -> datetime.datetime:
        """Call it on a valid form."""
        return datetime.datetime.fromisoformat(self.cleaned_data["zeit"])


class CancelOwnVisitForm(forms.Form):
    needs_no_visit = forms.ChoiceField(
        label=_("Wie soll es weitergehen?"),
        choices=[
            ("", _("Bitte bieten Sie uns eine andere Zeit an")),
            ("1", _("Wir brauchen keinen Besuch mehr")),
        ],
        widget=forms.RadioSelect,
        required=False,
        initial="",
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
