"""Material: a file, a brochure or a page elsewhere, and for whom it is."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.validators import URLValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.materials.judging import MOST_MEGABYTES, judge_file
from forums.models import Material
from partnership.forms.administration.base import WorkForm
from partnership.forms.fields import set_choices
from partnership.forms.lines import OneLine
from partnership.judged_files import FileRefused
from partnership.models import Brochure, BrochureEdition

Audience = Material.Audience
ACCEPT = ".pdf,.png,.jpg,.jpeg,.webp,.pptx,.odp,.docx,.xlsx"


class MaterialFileField(forms.FileField):
    """Judged by its content; what a browser says of it is what its name ends in."""

    def to_python(self, data: Any) -> Any:
        upload: Any = super().to_python(data)
        if upload is not None:
            try:
                judge_file(upload)
            except FileRefused as refused:
                raise forms.ValidationError(refused.sentence, code=refused.code) from None
        return upload


def title_field(*, required: bool = True, help_text: Any = "") -> OneLine:
    return OneLine(label=gettext_lazy("Titel"), max_length=160, required=required, help_text=help_text)


def audience_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Für wen"),
        choices=[
            (Audience.PARTICIPANTS, gettext_lazy("nur für alle mit einem Platz")),
            (Audience.PUBLIC, gettext_lazy("öffentlich, auf der Seite der Veranstaltung und im Archiv")),
        ],
        initial=Audience.PARTICIPANTS,
        widget=forms.RadioSelect,
    )


def rights_field() -> forms.BooleanField:
    return forms.BooleanField(
        label=gettext_lazy("Die Rechte sind geklärt"),
        required=False,
        help_text=gettext_lazy(
            "Nur nötig, wenn die Datei öffentlich wird: Wer sie gemacht hat, ist einverstanden, und wer "
            "darin zu sehen oder genannt ist, auch."
        ),
    )


class WithRights(WorkForm):
    """A file becomes public only after somebody has said that its rights are clear."""

    cleaned_data: dict[str, Any]

    def clean(self) -> dict[str, Any]:
        super().clean()
        is_public = self.cleaned_data.get("audience") == Audience.PUBLIC
        if is_public and not self.cleaned_data.get("rights_are_clear"):
            missing = forms.ValidationError(
                _("Klären Sie die Rechte, und bestätigen Sie es hier."), code="required"
            )
            self.add_error("rights_are_clear", missing)
        return self.cleaned_data


class FileForm(WithRights, forms.Form):
    faults = WorkForm.faults | {
        "runs": gettext_lazy("Die Datei startet ein Programm"),
        "macros": gettext_lazy("Die Datei enthält Makros"),
        "protected": gettext_lazy("Die Datei ist geschützt"),
    }
    title = title_field()
    file = MaterialFileField(
        label=gettext_lazy("Datei"),
        max_length=200,
        help_text=format_lazy(
            gettext_lazy(
                "PDF, ein Bild (PNG, JPEG, WebP) oder ein Dokument ohne Makros (PPTX, ODP, DOCX, XLSX), "
                "höchstens {most} MB. Bilder speichern wir neu, ohne Angaben zu Ort und Gerät."
            ),
            most=MOST_MEGABYTES,
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={
            "required": gettext_lazy("Wählen Sie eine Datei aus."),
            "invalid": gettext_lazy("Wählen Sie eine Datei aus."),
            "missing": gettext_lazy("Wählen Sie eine Datei aus."),
            "empty": gettext_lazy("Die Datei ist leer. Wählen Sie eine andere."),
            "max_length": gettext_lazy("Der Name der Datei ist zu lang. Kürzen Sie ihn auf 200 Zeichen."),
        },
    )
    audience = audience_field()
    rights_are_clear = rights_field()
    layout = Layout("title", "file", "audience", "rights_are_clear")


class BrochureForm(WorkForm, forms.Form):
    brochure = forms.ChoiceField(label=gettext_lazy("Broschüre"))
    title = title_field(
        required=False, help_text=gettext_lazy("Ohne Angabe steht der Titel der Broschüre da.")
    )
    audience = audience_field()
    layout = Layout("brochure", "title", "audience")

    def __init__(self, *args: Any, editions: list[BrochureEdition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.editions = {str(edition.brochure_id): edition for edition in editions}
        names = [(key, edition.title) for key, edition in self.editions.items()]
        set_choices(self, "brochure", [("", _("Bitte wählen")), *names])

    @property
    def brochure_chosen(self) -> Brochure:
        return self.editions[self.cleaned_data["brochure"]].brochure

    @property
    def title_chosen(self) -> str:
        return self.cleaned_data["title"] or self.editions[self.cleaned_data["brochure"]].title


class PageForm(WorkForm, forms.Form):
    title = title_field()
    url = forms.URLField(
        label=gettext_lazy("Adresse"),
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=gettext_lazy("Zum Beispiel https://www.polizei-beratung.de/"),
        error_messages={"invalid": gettext_lazy("Kopieren Sie die Adresse aus dem Browser, mit https://.")},
    )
    audience = audience_field()
    layout = Layout("title", "url", "audience")


class ChangeForm(WorkForm, forms.Form):
    title = title_field()
    audience = audience_field()
    layout = Layout("title", "audience")


class ChangeFileForm(WithRights, forms.Form):
    title = title_field()
    audience = audience_field()
    rights_are_clear = rights_field()
    layout = Layout("title", "audience", "rights_are_clear")
