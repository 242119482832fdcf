"""The filter of requests for visits, and what officers fill in to pass one on."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.models import VisitMatter
from partnership.forms.fields import set_choices
from partnership.forms.lines import OneLine
from partnership.forms.search import Search
from partnership.models import Organisation, Person

AGES = {"5": gettext_lazy("mindestens 5 Arbeitstage"), "10": gettext_lazy("mindestens 10 Arbeitstage")}


class RequestFilter(Search):
    """`gebiet` is the official key of a municipality or district, `wer` the tab that is open."""

    gebiet = forms.ChoiceField(label=gettext_lazy("Ort oder Landkreis"), required=False)
    anlass = forms.ChoiceField(
        label=gettext_lazy("Anlass"),
        required=False,
        choices=[("", gettext_lazy("jeder Anlass")), *VisitMatter.Reason.choices],
    )
    alter = forms.ChoiceField(
        label=gettext_lazy("Alter"),
        required=False,
        choices=[("", gettext_lazy("jedes Alter")), *AGES.items()],
    )
    wer = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, places: list[tuple[str, str]]) -> None:
        super().__init__(data, choices={"gebiet": [("", _("alle Orte")), *places]})

    @property
    def is_narrowed(self) -> bool:
        """By anything but the tab."""
        return any(self.given(name) for name in ("gebiet", "anlass", "alter"))


class ReasonForm(forms.Form):
    reason = OneLine(
        label=gettext_lazy("Grund"),
        max_length=300,
        error_messages={"required": gettext_lazy("Nennen Sie den Grund.")},
    )

    def __init__(self, data: QueryDict | None = None, *, hint: str = "") -> None:
        super().__init__(data)
        self.fields["reason"].help_text = hint
        self.helper = FormHelper()
        self.helper.form_tag = False


class HandOverForm(forms.Form):
    """`notes`: key of a colleague -> what to know of them, as that they are away."""

    to = forms.ChoiceField(
        label=gettext_lazy("An wen?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Wählen Sie, wer die Anfrage bekommt.")},
    )
    reason = OneLine(
        label=gettext_lazy("Hinweis"),
        help_text=gettext_lazy("Steht auch in der E-Mail. Nennen Sie keine Schwachstellen des Betriebs."),
        required=False,
        max_length=300,
    )

    def __init__(self, data: Any = None, *, colleagues: list[Person], notes: dict[int, str]) -> None:
        super().__init__(data)
        self.people = {str(person.pk): person for person in colleagues}
        names = {
            person.pk: ", ".join(filter(None, (str(person), notes.get(person.pk)))) for person in colleagues
        }
        set_choices(self, "to", [(key, names[person.pk]) for key, person in self.people.items()])
        self.helper = FormHelper()
        self.helper.form_tag = False

    @property
    def chosen(self) -> Person:
        """Call it on a valid form."""
        return self.people[self.cleaned_data["to"]]


class DirectorateForm(ReasonForm):
    police = forms.ChoiceField(
        label=gettext_lazy("An welche Dienststelle?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Wählen Sie die Dienststelle.")},
    )
    field_order = ("police", "reason")

    def __init__(self, data: Any = None, *, directorates: list[Organisation]) -> None:
        super().__init__(data, hint=_("Die andere Dienststelle liest ihn, die Firma nicht."))
        self.directorates = {str(police.pk): police for police in directorates}
        set_choices(self, "police", [(key, police.name) for key, police in self.directorates.items()])

    @property
    def chosen(self) -> Organisation:
        """Call it on a valid form."""
        return self.directorates[self.cleaned_data["police"]]
