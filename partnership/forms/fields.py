"""Fields for days, clock times, moments, numbers and choices, with sentences that say how to write them.

`files.py` has the field for files, `rows.py` the rows that repeat, `layout.py` what groups them.
"""

import datetime
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from partnership.times import at_wall_time, berlin

Words = Any
"""A text, lazy or not."""
Choices = list[tuple[Any, Any]]


def date_field(label: Words, *, required: bool = True, help_text: Words = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": _("Geben Sie einen Tag an."),
            "invalid": _("Schreiben Sie den Tag so: 24.11.2026."),
        },
    )


def time_field(label: Words, *, required: bool = True, help_text: Words = "") -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=required,
        help_text=help_text,
        input_formats=["%H:%M", "%H:%M:%S", "%H.%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={
            "required": _("Geben Sie eine Uhrzeit an."),
            "invalid": _("Schreiben Sie die Uhrzeit so: 9:30."),
        },
    )


class MomentInput(forms.MultiWidget):
    """Day and clock time of Berlin, each an input of its own; `part_labels` name them."""

    def __init__(self, day: forms.DateField, clock: forms.TimeField) -> None:
        super().__init__([day.widget, clock.widget])
        self.part_labels = [day.label, clock.label]

    def decompress(self, value: datetime.datetime | None) -> list[Any]:
        if value is None:
            return [None, None]
        local = berlin(value)
        return [local.date(), local.time().replace(second=0, microsecond=0)]


class MomentField(forms.MultiValueField):
    """An aware moment, from a day and a clock time of Berlin; in the doubled autumn hour, the first.

    An error names the input it is about in `params["part"]`: 0 is the day, 1 the clock time.
    """

    def __init__(self, *, required: bool = True, **options: Any) -> None:
        day, clock = date_field(_("Tag")), time_field(_("Uhrzeit"))
        super().__init__(
            (day, clock),
            widget=MomentInput(day, clock),
            required=required,
            require_all_fields=False,
            **options,
        )

    def clean(self, value: Any) -> datetime.datetime | None:
        given = [part or None for part in value or (None, None)]
        if not any(given):
            if self.required:
                raise self._fault(0, "required_both", _("Geben Sie Tag und Uhrzeit an."))
            return None
        parts, faults = [], []
        for number, (field, text) in enumerate(zip(self.fields, given, strict=True)):
            try:
                parts.append(field.clean(text))
            except forms.ValidationError as error:
                faults.append(self._fault(number, error.error_list[0].code or "", error.messages[0]))
        if faults:
            raise forms.ValidationError(faults)
        return self.compress(parts)

    def compress(self, data_list: Any) -> datetime.datetime:
        day, clock = data_list
        moment = at_wall_time(day, clock)
        if moment.astimezone(datetime.UTC).astimezone(moment.tzinfo).time() != clock:
            raise self._fault(
                1,
                "no_such_time",
                _("An diesem Tag wird die Uhr vorgestellt. Wählen Sie eine Zeit ab 3:00 Uhr."),
            )
        return moment

    @staticmethod
    def _fault(part: int, code: str, sentence: Words) -> forms.ValidationError:
        return forms.ValidationError(sentence, code=code, params={"part": part})


def moment_field(label: Words, *, required: bool = True, help_text: Words = "") -> MomentField:
    """A day and a clock time that belong together."""
    return MomentField(label=label, required=required, help_text=help_text)


def number_field(label: Words, *, least: int, most: int, **options: Any) -> forms.IntegerField:
    sentence = format_lazy(_("Geben Sie eine ganze Zahl von {least} bis {most} an."), least=least, most=most)
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence),
        **options,
    )


def choices_field(
    label: Words,
    choices: Any = (),
    *,
    required: bool = True,
    help_text: Words = "",
    is_list: bool = False,
) -> forms.MultipleChoiceField:
    """Any number of choices, as boxes. `is_list`: the browser's list, for more than anybody reads through."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=required,
        help_text=help_text,
        widget=forms.SelectMultiple if is_list else forms.CheckboxSelectMultiple,
        error_messages={"required": _("Wählen Sie mindestens einen Eintrag aus.")},
    )


def set_choices(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    """Choices that are known only when the form is made."""
    field: Any = form.fields[name]
    field.choices = choices
