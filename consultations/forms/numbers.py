"""Which months and houses the numbers are of."""

import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.numbers.counting import month_after, months_between, quarter_of
from consultations.numbers.report import month_name
from partnership.forms.fields import choices_field, set_choices
from partnership.models import Office

MOST_MONTHS = 18
MONTHS_BACK = 11


class NumbersFilter(forms.Form):
    """Read from the address. What is left out there is: the last twelve months, all houses."""

    von = forms.ChoiceField(
        label=gettext_lazy("Von"),
        error_messages={"invalid_choice": gettext_lazy("Wählen Sie einen Monat aus der Liste.")},
    )
    bis = forms.ChoiceField(
        label=gettext_lazy("Bis"),
        error_messages={"invalid_choice": gettext_lazy("Wählen Sie einen Monat aus der Liste.")},
    )
    haus = choices_field(
        gettext_lazy("Häuser"), required=False, help_text=gettext_lazy("Ohne Auswahl: alle Häuser")
    )

    faults = {"together": gettext_lazy("Das passt nicht zusammen")}

    def __init__(
        self,
        data: QueryDict,
        *,
        days: tuple[datetime.date, datetime.date],
        houses: list[Office],
        today: datetime.date,
    ) -> None:
        given = data.copy()
        this_month = today.replace(day=1)
        # whole quarters, as only these have topics
        months = months_between(quarter_of(days[0]), max(days[1], today))
        first = max(months[0], month_after(this_month, -MONTHS_BACK))
        for name, month in (("von", first), ("bis", this_month)):
            given[name] = given.get(name) or _key(month)
        super().__init__(given)
        self.houses = {str(house.pk): house for house in houses}
        for name in ("von", "bis"):
            set_choices(self, name, [(_key(month), month_name(month)) for month in reversed(months)])
        set_choices(self, "haus", [(key, house.name) for key, house in self.houses.items()])
        fields: Any = self.fields.values()
        for field in fields:
            field.is_search = True
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row(Column("von"), Column("bis")), "haus")

    def clean(self) -> dict[str, Any]:
        super().clean()
        if "von" in self.cleaned_data and "bis" in self.cleaned_data:
            count = len(months_between(self.first, self.last))
            if count < 1:
                self._object(_("Der letzte Monat liegt vor dem ersten. Wählen Sie einen späteren."))
            elif count > MOST_MONTHS:
                words = {"most": MOST_MONTHS, "count": count}
                self._object(_("Das sind %(count)s Monate. Wählen Sie höchstens %(most)s.") % words)
        return self.cleaned_data

    def _object(self, sentence: str) -> None:
        self.add_error("bis", forms.ValidationError(sentence, code="together"))

    @property
    def first(self) -> datetime.date:
        """The first day of the first month."""
        return datetime.date.fromisoformat(f"{self.cleaned_data['von']}-01")

    @property
    def last(self) -> datetime.date:
        """The last day of the last month."""
        month = datetime.date.fromisoformat(f"{self.cleaned_data['bis']}-01")
        return month_after(month) - datetime.timedelta(days=1)

    @property
    def chosen(self) -> list[Office]:
        keys = self.cleaned_data["haus"] or list(self.houses)
        return [house for key, house in self.houses.items() if key in keys]

    @property
    def address(self) -> str:
        """The same question, for links to the files."""
        values = [("von", self.cleaned_data["von"]), ("bis", self.cleaned_data["bis"])]
        query = QueryDict(mutable=True)
        query.update(dict(values))
        query.setlist("haus", self.cleaned_data["haus"])
        return query.urlencode()


def _key(month: datetime.date) -> str:
    return f"{month:%Y-%m}"
