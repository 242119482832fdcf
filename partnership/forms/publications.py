"""Editions of brochures, their chapters and partners."""

from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.forms.administration.base import EditForm, WorkForm
from partnership.forms.administration.organisations import offer_partnerships
from partnership.forms.fields import set_choices
from partnership.forms.photos import photos_field
from partnership.models import (
    BrochureChapter,
    BrochureEdition,
    BrochurePartner,
    Organisation,
    Partnership,
)


class EditionForm(EditForm, forms.ModelForm):  # type: ignore[type-arg]
    layout = Layout("title", "subtitle")

    class Meta:
        model = BrochureEdition
        fields = ["title", "subtitle"]


class NewBrochureForm(EditionForm):
    partnership = forms.ChoiceField(label=_("Partnerschaft"))
    layout = Layout("title", "subtitle", "partnership")

    def __init__(self, *args: Any, partnerships: list[Partnership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partnerships = {str(partnership.pk): partnership for partnership in partnerships}
        offer_partnerships(self, self.partnerships)

    @property
    def partnership_chosen(self) -> Partnership:
        return self.partnerships[self.cleaned_data["partnership"]]


class ChapterForm(EditForm, forms.ModelForm):  # type: ignore[type-arg]
    layout = Layout(Row(Column("title"), Column("picture")), "text", "standards")

    class Meta:
        model = BrochureChapter
        fields = ["title", "text", "picture", "standards"]
        widgets = {"text": forms.Textarea(attrs={"rows": 18}), "standards": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "text": _(
                "Absätze trennt eine leere Zeile. „## “ beginnt eine Zwischenüberschrift, „- “ einen Punkt "
                "einer Liste, **zwei Sterne** machen fett."
            ),
            "standards": _(
                "Je Zeile eine Norm und was sie heißt: „DIN EN 1627, RC 2: hält drei Minuten stand.“"
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pictures = [("", _("keine Zeichnung")), *BrochureChapter.Picture.choices]
        set_choices(self, "picture", pictures)  # type: ignore[arg-type]


class PartnerForm(EditForm, forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = BrochurePartner
        fields = ["contact"]
        help_texts = {
            "contact": _("Wie Betriebe die Organisation erreichen: Stelle, Telefon, Adresse. Keine Namen.")
        }


class NewPartnerForm(PartnerForm):
    organisation = forms.ChoiceField(label=_("Organisation"))
    layout = Layout("organisation", "contact")

    def __init__(self, *args: Any, members: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(member.pk): member for member in members}
        names = [(key, member.name) for key, member in self.members.items()]
        set_choices(self, "organisation", [("", _("Bitte wählen")), *names])  # type: ignore[arg-type]

    @property
    def organisation_chosen(self) -> Organisation:
        return self.members[self.cleaned_data["organisation"]]


class OwnPictureForm(WorkForm, forms.Form):
    photo = photos_field(
        _("Bild"),
        most=1,
        help_text=_(
            "Nur Bilder, die Sie verwenden dürfen. Personen und Kennzeichen dürfen nicht zu erkennen sein."
        ),
    )
    alternative = forms.CharField(
        label=_("Was ist zu sehen?"),
        max_length=200,
        help_text=_("Ein Satz für alle, die das Bild nicht sehen. Er wird vorgelesen."),
    )

    def __init__(self, *args: Any, has_picture: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photo"].required = not has_picture

    @property
    def upload(self) -> Any:
        """None where only the words are changed."""
        return next(iter(self.cleaned_data["photo"]), None)


class WithdrawForm(WorkForm, forms.Form):
    reason = forms.CharField(
        label=_("Warum?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Steht öffentlich auf der Seite der Broschüre und in der E-Mail an die Partner."),
    )


class SendBackForm(WorkForm, forms.Form):
    reason = forms.CharField(
        label=_("Was soll anders werden?"), max_length=500, widget=forms.Textarea(attrs={"rows": 5})
    )


class NotedReleaseForm(WorkForm, forms.Form):
    note = forms.CharField(
        label=_("Wer hat zugestimmt?"),
        max_length=200,
        help_text=_("Amt oder Funktion, wann und wie, zum Beispiel „Ordnungsamt, am 24.11. per E-Mail“."),
    )
