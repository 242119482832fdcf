"""What the crispy-forms template pack templates/kern/ asks of a form: KERN's classes, faults, parts."""

from dataclasses import dataclass

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partnership.forms.fields import MomentInput

register = template.Library()

FAULTS = {
    "required": gettext_lazy("Die Angabe fehlt"),
    "invalid_choice": gettext_lazy("Diese Auswahl gibt es nicht"),
    "invalid": gettext_lazy("Die Schreibweise stimmt nicht"),
    "max_length": gettext_lazy("Die Angabe ist zu lang"),
    "min_value": gettext_lazy("Die Zahl ist zu klein"),
    "max_value": gettext_lazy("Die Zahl ist zu groß"),
    "no_such_time": gettext_lazy("Diese Uhrzeit gibt es an dem Tag nicht"),
    "required_both": gettext_lazy("Die Angabe fehlt"),
    "missing": gettext_lazy("Die Angabe fehlt"),
    "empty": gettext_lazy("Die Datei ist leer"),
    "too_large": gettext_lazy("Die Datei ist zu groß"),
    "wrong_kind": gettext_lazy("Diese Art von Datei lesen wir nicht"),
    "too_many": gettext_lazy("Das sind zu viele auf einmal"),
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

KINDS: dict[str, type[forms.Widget]] = {
    "moment": MomentInput,
    "file": forms.FileInput,
    "list": forms.SelectMultiple,
    "select": forms.Select,
}
MANY = 12
"""More boxes than these stand in columns."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`anchor` is the id of the input to go to."""

    anchor: str
    label: str
    words: str

    @property
    def line(self) -> str:
        """A question keeps its own mark: 'Was ist es? Die Angabe fehlt'."""
        return f"{self.label} {self.words}" if self.label.endswith("?") else f"{self.label}: {self.words}"


@dataclass(frozen=True, slots=True)
class Part:
    """One input of a moment, ready."""

    anchor: str
    label: str
    html: SafeString


@register.filter
def kind_of(field: BoundField) -> str:
    """`hidden`, `check` (one box), `group` (radios or boxes), `input`, or one of `KINDS`."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "group"
    for kind, widgets in KINDS.items():
        if isinstance(widget, widgets):
            return kind
    return "input"


@register.filter
def is_marked_optional(field: BoundField) -> bool:
    """Required is the rule; the fields of a search are neither, and a box is left empty without a word."""
    is_search = getattr(field.field, "is_search", False)
    return not field.field.required and not is_search and kind_of(field) != "check"


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


@register.filter
def has_many(field: BoundField) -> bool:
    """Whether the boxes of a group stand in columns."""
    widget = field.field.widget
    return isinstance(widget, forms.CheckboxSelectMultiple) and len(list(widget.choices)) > MANY


@register.filter
def wants_file_again(field: BoundField) -> bool:
    """A browser sends a file once: where something else was wrong, it has to be chosen again."""
    form = field.form
    return bool(form.is_bound and form.errors and not field.errors and form.files.get(field.html_name))


@register.simple_tag
def moment_parts(field: BoundField) -> list[Part]:
    """The inputs of a moment, each with its own label; only the one that is wrong is marked as wrong."""
    widget = field.field.widget
    wrong = {_part(error) for error in field.form.errors.as_data().get(field.name, [])}
    attrs = field.build_widget_attrs({"id": field.auto_id})
    attrs.pop("aria-invalid", None)
    context = widget.get_context(field.html_name, field.value(), attrs)
    parts = []
    for number, sub in enumerate(context["widget"]["subwidgets"]):
        is_wrong = number in wrong or None in wrong
        classes = "kern-form-input__input" + (" kern-form-input__input--error" if is_wrong else "")
        sub["attrs"] |= {"class": classes} | ({"aria-invalid": "true"} if is_wrong else {})
        html = BoundWidget(widget.widgets[number], sub, field.form.renderer).tag()
        parts.append(Part(sub["attrs"]["id"], str(widget.part_labels[number]), html))
    return parts


@register.simple_tag
def faults_of(form: forms.BaseForm, row: str = "") -> list[Fault]:
    """A line for each field that wants mending, in the order of the form; `row` names one of several."""
    words = FAULTS | getattr(form, "faults", {})
    found = []
    for field in form.visible_fields():
        errors = form.errors.as_data().get(field.name, [])
        for error in errors if kind_of(field) == "moment" else errors[:1]:
            text = words.get(error.code or "") or " ".join(str(m) for m in error.messages)
            label = ", ".join(str(part) for part in (row, field.label, _part_label(field, error)) if part)
            found.append(Fault(_anchor(field, _part(error)), label, str(text)))
    return found


@register.simple_tag
def faults_of_rows(formset: "forms.BaseFormSet[forms.BaseForm]") -> list[Fault]:
    """Those of all rows; what concerns a row as a whole leads to the row."""
    found = []
    for number, form in enumerate(formset.forms, start=1):
        name = row_name(formset, number)
        found += [Fault(row_id(form), name, str(sentence)) for sentence in form.non_field_errors()]
        found += faults_of(form, row=name)
    return found


@register.simple_tag
def row_name(formset: "forms.BaseFormSet[forms.BaseForm]", number: int) -> str:
    """'Raum 2'."""
    return f"{getattr(formset, 'row_name', _('Zeile'))} {number}"


@register.filter
def row_id(form: forms.BaseForm) -> str:
    return f"{form.prefix}-zeile"


@register.simple_tag
def summary_title(faults: list[Fault]) -> str:
    count = len(faults)
    if not count:
        return _("So geht es noch nicht")
    return ngettext("Bitte prüfen Sie eine Angabe", "Bitte prüfen Sie %(number)s Angaben", count) % {
        "number": NUMBERS.get(count, count)
    }


def _classes(field: BoundField, kind: str) -> str:
    names = {"check": "kern-form-check__checkbox", "select": "kern-form-input__select"}
    name = names.get(kind, "kern-form-input__input")
    own = field.field.widget.attrs.get("class", "")
    return " ".join(part for part in (own, name, f"{name}--error" if field.errors else "") if part)


def _anchor(field: BoundField, part: int | None) -> str:
    """A group has no input of its own: its first one. A moment has two: the one that is wrong."""
    kind = kind_of(field)
    if kind in ("group", "moment"):
        return f"{field.auto_id}_{part or 0}"
    return field.id_for_label or field.auto_id


def _part(error: forms.ValidationError) -> int | None:
    """Which input of a moment an error is about; None for the whole."""
    return (getattr(error, "params", None) or {}).get("part")


def _part_label(field: BoundField, error: forms.ValidationError) -> str:
    part = _part(error)
    both = part is None or kind_of(field) != "moment" or error.code == "required_both"
    return "" if both else str(field.field.widget.part_labels[part])
