"""Rows of a form that repeat: rooms of a house, opening hours, contacts.

    RoomRows = rows_of(RoomForm, row_name=gettext_lazy("Raum"))

In the view, before looking whether it is valid: `if rows.wants_another_row: with_another_row(rows)` and
show it again. `{% crispy rows %}` gives each row a legend ("Raum 2"), and below the last one a button
"Weitere Zeile", which works without JavaScript. A page with a form and rows hides the summaries of both
(`helper.form_show_errors = False`) and includes `kern/errors_with_rows.html`.
"""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _


class Rows:
    """Mixed into a formset class, before Django's; `rows_of` does so for plain ones."""

    row_name: Any = _("Zeile")
    another_label: Any = _("Weitere Zeile")
    prefix: str
    data: Any
    is_bound: bool

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = FormHelper()
        self.helper.form_tag = False

    @property
    def another_name(self) -> str:
        """What the button "Weitere Zeile" sends."""
        return f"{self.prefix}-weitere"

    @property
    def wants_another_row(self) -> bool:
        return self.is_bound and self.another_name in self.data

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)  # type: ignore[misc]  # the formset it is mixed into
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Zeile entfernen")


def rows_of(
    form: type[forms.BaseForm],
    *,
    row_name: Any,
    extra: int = 1,
    most: int = 20,
    can_remove: bool = True,
    base: Any = forms.BaseFormSet,
) -> Any:
    """A formset class with `extra` empty rows, and a box in each row to remove it."""
    rows = type("RowsOfForm", (Rows, base), {"row_name": row_name})
    return forms.formset_factory(
        form,
        formset=rows,
        extra=extra,
        max_num=most,
        absolute_max=most,
        validate_max=True,
        can_delete=can_remove,
    )


def with_another_row(rows: Any) -> None:
    """One empty row more; everything typed stays, and nothing is called wrong before it is sent off."""
    count = rows.total_form_count()
    if count < rows.max_num:
        rows.data = rows.data.copy()
        rows.data[f"{rows.prefix}-TOTAL_FORMS"] = str(count + 1)
    for remembered in ("forms", "management_form"):
        rows.__dict__.pop(remembered, None)
    without_faults(rows)


def without_faults(rows: Any) -> None:
    """What is typed, as it is: nothing is called wrong before it is sent off."""
    for form in rows.forms:
        form._errors = forms.utils.ErrorDict()
        form.cleaned_data = {}
    rows._errors = [form._errors for form in rows.forms]
    rows._non_form_errors = forms.utils.ErrorList()
