"""What the crispy-forms template pack `kern` asks of a form: KERN's classes, faults for the summary."""

from dataclasses import dataclass

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

register = template.Library()

FAULTS = {
    "required": gettext_lazy("Die Angabe fehlt"),
    "invalid_choice": gettext_lazy("Diese Auswahl gibt es nicht"),
    "invalid": gettext_lazy("Die Schreibweise stimmt nicht"),
    "max_length": gettext_lazy("Die Angabe ist zu lang"),
    "min_value": gettext_lazy("Die Zahl ist zu klein"),
    "max_value": gettext_lazy("Die Zahl ist zu groß"),
}
"""The summary names the fault, by the error's code; the field says what to do. `form.faults` adds to them."""

NUMBERS = {
    2: gettext_lazy("zwei"),
    3: gettext_lazy("drei"),
    4: gettext_lazy("vier"),
    5: gettext_lazy("fünf"),
    6: gettext_lazy("sechs"),
    7: gettext_lazy("sieben"),
    8: gettext_lazy("acht"),
    9: gettext_lazy("neun"),
    10: gettext_lazy("zehn"),
    11: gettext_lazy("elf"),
    12: gettext_lazy("zwölf"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """`anchor` is the id of the input to go to."""

    anchor: str
    label: str
    words: str


@register.filter
def kind_of(field: BoundField) -> str:
    """`hidden`, `check` (one box), `group` (radios or boxes), `select` or `input`."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "group"
    return "select" if isinstance(widget, forms.Select) else "input"


@register.filter
def is_marked_optional(field: BoundField) -> bool:
    """Required is the rule; the fields of a search are neither."""
    return not field.field.required and not getattr(field.field, "is_search", False)


@register.filter
def has_optional(form: forms.BaseForm) -> bool:
    return any(is_marked_optional(field) for field in form.visible_fields())


@register.simple_tag
def kern_widget(field: BoundField) -> SafeString:
    """The field's widget with KERN's classes; what its HTML says of hint and error comes from Django."""
    return field.as_widget(attrs={"class": _classes(field, kind_of(field))})


@register.simple_tag
def kern_option(option: BoundWidget, field: BoundField) -> SafeString:
    """One radio or box of a group."""
    name = "checkbox" if isinstance(field.field.widget, forms.CheckboxSelectMultiple) else "radio"
    classes = f"kern-form-check__{name}" + (f" kern-form-check__{name}--error" if field.errors else "")
    option.data["attrs"]["class"] = classes
    return option.tag()


@register.simple_tag
def faults_of(form: forms.BaseForm) -> list[Fault]:
    """A line for each field that wants mending, in the order of the form."""
    words = FAULTS | getattr(form, "faults", {})
    found = []
    for field in form.visible_fields():
        for error in form.errors.as_data().get(field.name, [])[:1]:
            text = words.get(error.code or "") or " ".join(str(m) for m in error.messages)
            found.append(Fault(_anchor(field), str(field.label), str(text)))
    return found


@register.simple_tag
def summary_title(faults: list[Fault]) -> str:
    count = len(faults)
    if not count:
        return _("So geht es noch nicht")
    return ngettext("Bitte prüfen Sie eine Angabe", "Bitte prüfen Sie %(number)s Angaben", count) % {
        "number": NUMBERS.get(count, count)
    }


def _classes(field: BoundField, kind: str) -> str:
    name = {"check": "kern-form-check__checkbox", "select": "kern-form-input__select"}.get(
        kind, "kern-form-input__input"
    )
    own = field.field.widget.attrs.get("class", "")
    return " ".join(part for part in (own, name, f"{name}--error" if field.errors else "") if part)


def _anchor(field: BoundField) -> str:
    """A group has no input of its own: its first one."""
    return f"{field.auto_id}_0" if kind_of(field) == "group" else field.id_for_label or field.auto_id
