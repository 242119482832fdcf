"""When an officer is away. Why is no field."""

import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.models import Absence
from partnership.forms.fields import date_field, set_choices, time_field
from partnership.models import Person
from partnership.times import at_wall_time, berlin, berlin_day, today

ONE_DAY = datetime.timedelta(days=1)
MIDNIGHT = datetime.time()
FEW = 6
"""Up to so many people are radio buttons."""


def end_of(day: datetime.date) -> datetime.datetime:
    return at_wall_time(day + ONE_DAY, MIDNIGHT)


class AbsenceForm(forms.Form):
    """Whole days, or clock times on the first and the last. `officers`: whom a lead can enter."""

    officer = forms.ChoiceField(
        label=gettext_lazy("Wer"),
        error_messages={"required": gettext_lazy("Wählen Sie, wer abwesend ist.")},
    )
    first_day = date_field(gettext_lazy("Erster Tag"))
    last_day = date_field(gettext_lazy("Letzter Tag"))
    from_clock = time_field(
        gettext_lazy("ab"), required=False, help_text=gettext_lazy("leer: ganzer erster Tag")
    )
    until_clock = time_field(
        gettext_lazy("bis"), required=False, help_text=gettext_lazy("leer: ganzer letzter Tag")
    )

    faults = {
        "order": gettext_lazy("Das Ende liegt vor dem Beginn"),
        "past": gettext_lazy("Der Tag ist schon vorbei"),
    }

    def __init__(self, data: QueryDict | None = None, *, officers: list[Person], reader: Person) -> None:
        super().__init__(data)
        self.officers = {str(person.pk): person for person in officers}
        self.reader = reader
        if officers:
            people = [(key, str(person)) for key, person in self.officers.items()]
            set_choices(self, "officer", [("", _("Bitte wählen")), *people])
        else:
            del self.fields["officer"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        days = (
            Row(Column("first_day"), Column("from_clock")),
            Row(Column("last_day"), Column("until_clock")),
        )
        self.helper.layout = Layout(*(["officer"] if officers else []), *days)

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        first, last = values.get("first_day"), values.get("last_day")
        if first and last and last < today():
            self._object("last_day", "past", _("Dieser Tag ist schon vorbei. Wählen Sie einen späteren."))
        elif first and last and last < first:
            self._object("last_day", "order", _("Der letzte Tag liegt vor dem ersten."))
        elif first and last and not self.errors and self.ends_at <= self.starts_at:
            self._object("until_clock", "order", _("Das Ende liegt vor dem Beginn. Wählen Sie es später."))
        return values

    @property
    def chosen(self) -> Person:
        return self.officers.get(self.cleaned_data.get("officer", ""), self.reader)

    @property
    def starts_at(self) -> datetime.datetime:
        return at_wall_time(self.cleaned_data["first_day"], self.cleaned_data.get("from_clock") or MIDNIGHT)

    @property
    def ends_at(self) -> datetime.datetime:
        clock = self.cleaned_data.get("until_clock")
        last = self.cleaned_data["last_day"]
        return at_wall_time(last, clock) if clock else end_of(last)

    def _object(self, name: str, code: str, sentence: str) -> None:
        self.add_error(name, forms.ValidationError(sentence, code=code))


class TodayForm(forms.Form):
    """From now on. `people`: key and words of those who can be chosen; none for the reader's own report.

    A desk knows of today only.
    """

    officer = forms.ChoiceField(
        label=gettext_lazy("Wer fehlt"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Wählen Sie, wer fehlt.")},
    )
    last_day = date_field(
        gettext_lazy("Bis einschließlich"),
        help_text=gettext_lazy("Wenn Sie es noch nicht wissen: heute. Verlängern geht jederzeit."),
    )

    faults = {"past": gettext_lazy("Der Tag ist schon vorbei")}

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        people: list[tuple[str, str]] | None,
        chosen: str = "",
        is_only_today: bool,
    ) -> None:
        super().__init__(data, initial={"officer": chosen, "last_day": today()})
        if people is None:
            del self.fields["officer"]
        else:
            if len(people) > FEW:
                self.fields["officer"].widget = forms.Select()
                people = [("", _("Bitte wählen")), *people]
            set_choices(self, "officer", people)
        if is_only_today:
            del self.fields["last_day"]
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_last_day(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["last_day"]
        if day < today():
            raise forms.ValidationError(_("Wählen Sie heute oder einen späteren Tag."), code="past")
        return day

    @property
    def until(self) -> datetime.date:
        return self.cleaned_data.get("last_day") or today()


class EndForm(forms.Form):
    """A new end of an absence."""

    last_day = date_field(gettext_lazy("Abwesend bis einschließlich"))
    until_clock = time_field(
        gettext_lazy("bis"), required=False, help_text=gettext_lazy("leer: ganzer letzter Tag")
    )

    def __init__(self, data: QueryDict | None = None, *, absence: Absence) -> None:
        ends = berlin(absence.ends_at)
        is_whole = ends.time() == MIDNIGHT
        super().__init__(
            data,
            initial={
                "last_day": berlin_day(absence.ends_at - datetime.timedelta(minutes=1)),
                "until_clock": None if is_whole else ends.time(),
            },
        )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row(Column("last_day"), Column("until_clock")))

    @property
    def ends_at(self) -> datetime.datetime:
        clock = self.cleaned_data.get("until_clock")
        last = self.cleaned_data["last_day"]
        return at_wall_time(last, clock) if clock else end_of(last)
