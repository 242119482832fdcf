"""A list of tools that is uploaded, and what its columns are."""

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assetmarking.forms.campaigns import NO_CAMPAIGN, CampaignField
from assetmarking.importing.headings import field_choices
from assetmarking.importing.judging import MOST_MEGABYTES
from partnership.forms.fields import choices_field, set_choices
from partnership.forms.files import MEGABYTE, megabytes_text


class ListForm(forms.Form):
    """Whether it is a list is judged by its content, when it is taken in."""

    faults: ClassVar = {"campaign": NO_CAMPAIGN}

    file = forms.FileField(
        label=gettext_lazy("Ihre Liste"),
        help_text=gettext_lazy("XLSX oder CSV, höchstens 10 MB und 20.000 Zeilen"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        max_length=1000,
        error_messages={
            "required": gettext_lazy("Wählen Sie eine Datei aus."),
            "invalid": gettext_lazy("Wählen Sie eine Datei aus."),
            "missing": gettext_lazy("Wählen Sie eine Datei aus."),
            "empty": gettext_lazy("Die Datei ist leer. Wählen Sie eine andere."),
        },
    )
    campaign = CampaignField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_MEGABYTES * MEGABYTE:
            raise forms.ValidationError(
                _("Die Datei hat %(size)s MB. Verkleinern Sie sie auf höchstens %(most)s MB.")
                % {"size": megabytes_text(file.size), "most": MOST_MEGABYTES},
                code="too_large",
            )
        return file


class ColumnsForm(forms.Form):
    """One select for each column that has a heading."""

    def __init__(self, *args: Any, sheet: dict[str, Any], mapping: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        for number, heading in enumerate(sheet["headings"]):
            if not heading.strip():
                continue
            samples = [row[number] for row in sheet["samples"] if number < len(row) and row[number]]
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=heading,
                required=False,
                choices=field_choices(),
                initial=mapping.get(str(number), ""),
                help_text=_("Zum Beispiel: %(samples)s") % {"samples": "; ".join(samples)} if samples else "",
            )
        _call_none_voluntary(self)

    @property
    def mapping(self) -> dict[str, str]:
        return {name.removeprefix("column_"): field for name, field in self.cleaned_data.items()}


class DuplicatesForm(forms.Form):
    taken = choices_field(gettext_lazy("Diese Zeilen trotzdem übernehmen"), required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "taken", choices)
        _call_none_voluntary(self)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


def _call_none_voluntary(form: forms.Form) -> None:
    """Every column has an answer, and no box is one, too."""
    fields: Any = form.fields.values()
    for field in fields:
        field.is_search = True
