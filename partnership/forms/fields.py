"""Fields for days, clock times and numbers, with sentences that say how to write them."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

Words = Any
"""A text, lazy or not."""


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


def number_field(label: Words, *, least: int, most: int, **options: Any) -> forms.IntegerField:
    sentence = format_lazy(_("Geben Sie eine ganze Zahl von {least} bis {most} an."), least=least, most=most)
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence),
        **options,
    )


def set_choices(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    """Choices that are known only when the form is made."""
    field: Any = form.fields[name]
    field.choices = choices
