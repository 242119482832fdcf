"""Questions after an event: answering them, and setting them."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.feedback.answering import MOST_LETTERS, Answer
from forums.feedback.questions import MARKS, MOST, YES_NO, words_of
from forums.models import FeedbackQuestion
from partnership.forms.administration.base import CHOOSE, MISSING
from partnership.forms.fields import number_field
from partnership.forms.layout import WideColumn
from partnership.forms.lines import OneLine
from partnership.forms.own_firm import house_helper, leave_unmarked
from partnership.forms.rows import rows_of

Form = FeedbackQuestion.Form
CHOICES: dict[str, dict[Any, Any]] = {Form.MARK: dict(MARKS), Form.YES_NO: dict(YES_NO)}


class FeedbackForm(forms.Form):
    """Each question may be left out, but not all of them."""

    def __init__(self, *args: Any, questions: list[FeedbackQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[str(question.key)] = _field_of(question)
        leave_unmarked(self)
        self.helper = house_helper()

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors and not self.answers:
            raise forms.ValidationError(_("Beantworten Sie mindestens eine Frage."), code="required")
        return self.cleaned_data

    @property
    def answers(self) -> dict[str, Answer]:
        return {key: value for key, value in self.cleaned_data.items() if value not in (None, "")}


def _field_of(question: FeedbackQuestion) -> forms.Field:
    if question.form == Form.TEXT:
        return forms.CharField(
            label=words_of(question),
            help_text=gettext_lazy("Bitte nennen Sie keine Personen."),
            required=False,
            max_length=MOST_LETTERS,
            widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={"max_length": gettext_lazy("Kürzen Sie den Text auf 1000 Zeichen.")},
        )
    choices = CHOICES[question.form]
    by_value = {str(number): value for number, value in enumerate(choices, start=1)}
    return forms.TypedChoiceField(
        label=words_of(question),
        choices=[(number, choices[value]) for number, value in by_value.items()],
        coerce=by_value.__getitem__,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Wählen Sie eine Antwort.")},
    )


class QuestionForm(forms.Form):
    text = OneLine(label=gettext_lazy("Wortlaut"), max_length=200, error_messages={"required": MISSING})
    form = forms.ChoiceField(
        label=gettext_lazy("Antwort"),
        choices=Form.choices,
        initial=Form.MARK,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    position = number_field(gettext_lazy("Stelle"), least=1, most=MOST, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row(WideColumn("text"), Column("form"), Column("position")))


QuestionRows = rows_of(QuestionForm, row_name=gettext_lazy("Frage"), extra=0, most=MOST)


def questions_in(rows: Any) -> list[tuple[str, str]]:
    """Words and form, by the place that each is given; what has none stands at the end."""
    given = [
        row.cleaned_data
        for row in rows.forms
        if row.cleaned_data.get("text") and not row.cleaned_data.get("DELETE")
    ]
    given.sort(key=lambda values: values["position"] or MOST + 1)
    return [(values["text"], values["form"]) for values in given]
