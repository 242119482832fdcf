"""The parts of a checklist's draft, and signing off."""

from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.models import ChecklistArea, ChecklistItem, ProtectionClass, Wording
from partnership.forms.administration.base import EditForm, WorkForm
from partnership.forms.fields import choices_field

Choices = list[tuple[str, str]]


class AreaForm(EditForm, forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = ChecklistArea
        fields = ["title", "sentence"]


class ItemForm(EditForm, forms.ModelForm):  # type: ignore[type-arg]
    layout = Layout(Row(Column("code"), Column("area")), "look_at", "reason", "standard")

    class Meta:
        model = ChecklistItem
        fields = ["code", "area", "look_at", "reason", "standard"]
        widgets = {"look_at": forms.Textarea(attrs={"rows": 2}), "reason": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "code": _("Ein Buchstabe und eine Zahl, zum Beispiel T4"),
            "look_at": _("Ein Satz, der stimmt, wenn alles in Ordnung ist"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area: Any = self.fields["area"]
        area.queryset = ChecklistArea.objects.filter(checklist=self.instance.checklist_id)
        area.empty_label = None


class WordingForm(EditForm, forms.ModelForm):  # type: ignore[type-arg]
    layout = Layout("text", Row(Column("priority"), Column("standard")))

    class Meta:
        model = Wording
        fields = ["text", "priority", "standard"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"text": _("So steht es später im Bericht an die Firma.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        priority: Any = self.fields["priority"]
        priority.choices = Wording.Priority.choices


class ClassForm(EditForm, forms.ModelForm):  # type: ignore[type-arg]
    layout = Layout(Row(Column("standard"), Column("name")), "words")

    class Meta:
        model = ProtectionClass
        fields = ["standard", "name", "words"]
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}


class SignOffForm(WorkForm, forms.Form):
    """A group of boxes for each area, and one for the classes. A box names what was read, and its version."""

    def __init__(self, *args: Any, groups: list[tuple[str, Choices]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, (title, choices) in enumerate(groups):
            self.fields[f"g{number}"] = choices_field(title, choices, required=False)
        fields: Any = self.fields.values()
        for field in fields:
            field.is_search = True  # no group is asked for by itself, so none is called voluntary
            field.error_messages["invalid_choice"] = _("Davon hat sich inzwischen etwas geändert.")

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors and not self.chosen:
            first = next(iter(self.fields), None)
            self.add_error(first, _("Wählen Sie aus, was Sie geprüft haben."))
        return self.cleaned_data

    @property
    def chosen(self) -> list[str]:
        return [value for values in self.cleaned_data.values() for value in values]
