"""Houses with their rooms and closing days."""

from typing import Any

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partnership.forms.administration.base import EditForm, WorkForm
from partnership.forms.fields import date_field
from partnership.forms.lines import OneLine
from partnership.forms.rows import rows_of
from partnership.models import Office
from partnership.places import centre_of_postcode


def degrees_field(label: Any, *, most: int, example: str) -> forms.FloatField:
    words = _("Geben Sie Grad mit Punkt oder Komma an, zum Beispiel %(example)s.") % {"example": example}
    return forms.FloatField(
        label=label,
        required=False,
        min_value=-most,
        max_value=most,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), words),
    )


class OfficeForm(EditForm, forms.ModelForm):  # type: ignore[type-arg]
    """Without coordinates the house stands in the centre of its municipality."""

    latitude = degrees_field(_("Geografische Breite"), most=90, example="51,3434")
    longitude = degrees_field(_("Geografische Länge"), most=180, example="12,3707")
    faults = {
        "postcode": _("Die Schreibweise stimmt nicht"),
        "no_place": _("Die Angabe fehlt"),
        "together": _("Das passt nicht zusammen"),
    }
    layout = Layout(
        Fieldset(_("Das Haus"), Row(Column("name"), Column("kind"))),
        Fieldset(
            _("Anschrift"),
            Row(Column("building"), Column("street")),
            Row(Column("postcode"), Column("city")),
            Row(Column("latitude"), Column("longitude")),
        ),
        Fieldset(_("So erreicht man das Haus"), Row(Column("phone"), Column("email"))),
        Fieldset(_("Weg und Zugang"), "step_free", "access_note", "by_train", "by_car"),
    )

    class Meta:
        model = Office
        fields = [
            *("name", "kind", "building", "street", "postcode", "city", "latitude", "longitude"),
            *("phone", "email", "step_free", "access_note", "by_train", "by_car"),
        ]
        widgets = {
            "postcode": forms.TextInput(attrs={"inputmode": "numeric", "class": "kern-input--postcode"}),
            "access_note": forms.TextInput(),
        }
        help_texts = {
            "name": _("So steht es auf allen Seiten und in E-Mails."),
            "phone": _("Firmen rufen hier an, wenn etwas dazwischenkommt."),
            "step_free": _("Ohne Stufen oder mit Aufzug bis in den Beratungsraum"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [("", _("Bitte wählen")), *Office.Kind.choices]
        self.fields["latitude"].help_text = _("Leer: die Mitte der Gemeinde zur Postleitzahl")

    def clean_postcode(self) -> str:
        postcode = str(self.cleaned_data["postcode"]).strip()
        if not (postcode.isascii() and postcode.isdigit() and len(postcode) == 5):
            raise ValidationError(_("Geben Sie fünf Ziffern an, zum Beispiel 04668."), code="postcode")
        return postcode

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        has = [values.get(name) is not None for name in ("latitude", "longitude")]
        if {"latitude", "longitude"} & set(self.errors):
            return values
        if any(has) and not all(has):
            name = "longitude" if has[0] else "latitude"
            self.add_error(name, ValidationError(_("Geben Sie beide Werte an oder keinen."), code="no_place"))
        elif not any(has) and (postcode := values.get("postcode")):
            if centre := centre_of_postcode(postcode):
                values["latitude"], values["longitude"] = centre
            else:
                sentence = _("Zu dieser Postleitzahl kennt das Portal keine Gemeinde. Geben Sie die Lage an.")
                self.add_error("latitude", ValidationError(sentence, code="no_place"))
        return values


class RoomForm(WorkForm, forms.Form):
    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = OneLine(label=_("Name"), max_length=80)
    step_free = forms.BooleanField(label=_("stufenlos erreichbar"), required=False)


_Rooms = rows_of(RoomForm, row_name=_("Raum"), most=60)


class RoomRows(_Rooms):  # type: ignore[misc,valid-type]
    """All rooms of a house and one empty row."""

    another_label = _("Weiterer Raum")

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Raum entfernen")


class ClosureForm(WorkForm, forms.Form):
    starts = date_field(_("von"))
    ends = date_field(_("bis"), help_text=_("Letzter geschlossener Tag"))
    reason = OneLine(label=_("Grund"), max_length=120, help_text=_("Steht auf der Seite des Hauses."))
    layout = Layout(Row(Column("starts"), Column("ends")), "reason")
