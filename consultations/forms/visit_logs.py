"""What an officer enters into a visit's log: entries, recommendations, how the report begins and ends."""

from typing import Any, ClassVar

from crispy_forms.layout import Column, Div, Layout, Row
from django import forms
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from consultations.models import ChecklistArea, Finding, VisitReport, Wording
from consultations.visit_reports.text_blocks import NEXT_STEPS, SUMMARY
from consultations.visit_reports.writing import Advice, FreeTitle, Observation
from partnership.forms.administration.base import EditForm, SearchForm, WorkForm
from partnership.forms.photos import photos_field
from partnership.forms.rows import rows_of

State = Finding.State
STATES = (State.IN_ORDER, State.WEAK, State.MISSING, State.NOT_APPLICABLE, State.NOT_CHECKED)
MARK = "consultations/visits/includes/_state_mark.html"
TOO_LONG = {"max_length": _("Kürzen Sie das auf %(limit_value)d Zeichen.")}


class EntryForm(WorkForm, forms.Form):
    layout = Layout(
        "state",
        Div("severity", css_class="severity only-flaws"),
        "place",
        "note",
        Div("camera", css_class="from-camera"),
        "photos",
    )

    state = forms.ChoiceField(
        label=_("Zustand"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Wählen Sie einen Zustand.")},
    )
    severity = forms.TypedChoiceField(
        label=_("Schwere"),
        choices=Finding.Severity.choices,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    place = forms.CharField(
        label=_("Wo"),
        help_text=_("Zum Beispiel: Hoftür"),
        required=False,
        max_length=80,
        error_messages=TOO_LONG,
    )
    note = forms.CharField(
        label=_("Notiz"),
        help_text=_("Liest später auch der Betrieb."),
        required=False,
        max_length=2000,
        error_messages=TOO_LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    camera = photos_field(_("Foto aufnehmen"), most=1, with_camera=True)
    photos = photos_field(_("Fotos auswählen"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state: Any = self.fields["state"]
        state.choices = [(value.value, _with_mark(value)) for value in STATES]
        _without_marks(self)

    @property
    def uploads(self) -> list[Any]:
        return [*self.cleaned_data["camera"], *self.cleaned_data["photos"]]

    @property
    def is_flaw(self) -> bool:
        """Call it on a valid form."""
        return self.cleaned_data["state"] in Finding.FLAWS

    def observed(self, advice: list[Advice]) -> Observation:
        fields = ("state", "severity", "place", "note")
        return Observation(**{name: self.cleaned_data[name] for name in fields}, advice=advice)


class FreeEntryForm(EntryForm):
    layout = Layout("title", "area", *EntryForm.layout.fields)

    title = forms.CharField(
        label=_("Was"), help_text=_("Zum Beispiel: Rolltor"), max_length=120, error_messages=TOO_LONG
    )
    area = forms.ModelChoiceField(
        label=_("Bereich"), queryset=ChecklistArea.objects.none(), required=False, empty_label=_("keiner")
    )

    def __init__(self, *args: Any, report: VisitReport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area: Any = self.fields["area"]
        area.queryset = ChecklistArea.objects.filter(checklist=report.checklist_id)
        _without_marks(self)

    @property
    def called(self) -> FreeTitle:
        area = self.cleaned_data["area"]
        return FreeTitle(title=self.cleaned_data["title"], area_id=area.pk if area else None)


class RecommendationForm(WorkForm, forms.Form):
    """`source`: 'w5' of the text library, 'r12' that is in the report already, '' in own words."""

    layout = Layout("source", "chosen", "text", Row(Column("priority"), Column("standard")))

    source = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    chosen = forms.BooleanField(label=_("In den Bericht aufnehmen"), required=False)
    text = forms.CharField(
        label=_("Empfehlung"),
        required=False,
        max_length=600,
        error_messages=TOO_LONG,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    priority = forms.TypedChoiceField(
        label=_("Dringlichkeit"),
        choices=Wording.Priority.choices,
        coerce=int,
        initial=Wording.Priority.MEDIUM,
    )
    standard = forms.CharField(
        label=_("Norm oder Regel"), required=False, max_length=120, error_messages=TOO_LONG
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _without_marks(self)
        self.in_own_words = not self["source"].value()
        if self.in_own_words:
            del self.fields["chosen"]
            self.helper.layout = Layout("source", "text", Row(Column("priority"), Column("standard")))

    def clean(self) -> dict[str, Any]:
        super().clean()
        if (
            self.cleaned_data.get("chosen")
            and not self.cleaned_data.get("text")
            and "text" not in self.errors
        ):
            self.add_error("text", _("Schreiben Sie die Empfehlung, oder nehmen Sie den Haken weg."))
        return self.cleaned_data

    @property
    def advice(self) -> Advice | None:
        """What goes into the report; None for what was only offered."""
        given = self.cleaned_data
        if not given.get("text") or not (self.in_own_words or given["chosen"]):
            return None
        kind, key = given["source"][:1], given["source"][1:]
        number = int(key) if key.isascii() and key.isdecimal() else None
        return Advice(
            text=given["text"],
            priority=given["priority"],
            standard=given["standard"],
            wording_id=number if kind == "w" else None,
            recommendation_id=number if kind == "r" else None,
        )


RecommendationRows = rows_of(RecommendationForm, row_name=_("Empfehlung"), extra=0, most=10, can_remove=False)
RecommendationRows.another_label = _("Eigene Empfehlung ergänzen")


class TextsForm(EditForm, forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = VisitReport
        fields: ClassVar[list[str]] = [SUMMARY, NEXT_STEPS]
        widgets: ClassVar[dict[str, Any]] = {
            SUMMARY: forms.Textarea(attrs={"rows": 7}),
            NEXT_STEPS: forms.Textarea(attrs={"rows": 6}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            SUMMARY: _("Steht auf der ersten Seite, nach der Anrede und ihrem Komma."),
            NEXT_STEPS: _("Steht nach den Empfehlungen."),
        }


class ItemSearch(SearchForm, forms.Form):
    suche = forms.CharField(label=_("Prüfpunkt suchen"), required=False, max_length=60)


def noted_entry(finding: Finding | None) -> dict[str, Any]:
    """To begin the form with."""
    if finding is None:
        return {}
    fields = ("state", "severity", "place", "note", "title", "area")
    return {name: getattr(finding, name) for name in fields}


def offered_advice(finding: Finding | None, wordings: list[Wording]) -> list[dict[str, Any]]:
    """What is in the report, then what the library has besides. A single wording is chosen beforehand as long
    as nothing is called a flaw, since most flaws want it."""
    kept = list(finding.recommendations.all()) if finding else []
    taken = {row.wording_id for row in kept}
    is_flaw = finding is not None and finding.state in Finding.FLAWS
    chosen = len(wordings) == 1 and not is_flaw
    return [
        *(_initial(row, f"r{row.pk}", chosen=True) for row in kept),
        *(_initial(row, f"w{row.pk}", chosen=chosen) for row in wordings if row.pk not in taken),
    ]


def _initial(row: Any, source: str, *, chosen: bool) -> dict[str, Any]:
    words = {"text": row.text, "priority": row.priority, "standard": row.standard}
    return {"source": source, "chosen": chosen} | words


def _without_marks(form: forms.BaseForm) -> None:
    """Nobody fills it in for the first time: what is left out is plain without a word at every field."""
    fields: Any = form.fields.values()
    for field in fields:
        field.is_search = True


def _with_mark(state: Finding.State) -> str:
    mark = render_to_string(MARK, {"state": state.value})
    return format_html('<span class="state-choice">{} {}</span>', state.label, mark)
