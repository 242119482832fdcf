"""What crispy's `Layout`, `Fieldset`, `Row` and `Column` lack."""

from typing import Any

from crispy_forms.layout import Column, Fieldset


class HintedFieldset(Fieldset):  # type: ignore[misc]
    """A fieldset with a sentence under its legend."""

    def __init__(self, legend: Any, *fields: Any, hint: Any, **options: Any) -> None:
        super().__init__(legend, *fields, **options)
        self.hint = hint


class WideColumn(Column):  # type: ignore[misc]
    """Twice as wide as its neighbours in the row; on a phone they all stack."""

    css_class = "form-row__wide"
