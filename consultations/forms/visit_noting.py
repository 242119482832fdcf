"""What an officer fills in to make a request for a visit of a talk or a call."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.forms.visit_asking import (
    CallerRequestForm,
    PlaceForm,
    WishesForm,
    wishes_fieldset,
)
from consultations.models import Appointment
from consultations.visits.asking import Confided, Entry
from partnership.forms.lines import OneLine, PhoneField
from partnership.models import Organisation, Site

ONLY_POLICE = gettext_lazy("Das liest nur die Polizei.")


def _takes_field() -> forms.BooleanField:
    return forms.BooleanField(label=gettext_lazy("Ich übernehme die Anfrage"), required=False, initial=True)


class AfterTalkForm(WishesForm, PlaceForm):
    """Firm and contact are those of the talk; only a missing number is asked for."""

    faults = PlaceForm.faults | WishesForm.faults | {"no_contact": gettext_lazy("Das Telefon fehlt")}

    contact_phone = PhoneField(label=gettext_lazy("Telefon"), required=False)
    on_site_name = OneLine(
        label=gettext_lazy("Ansprechperson vor Ort"),
        help_text=gettext_lazy("Falls jemand anderes vor Ort ist"),
        required=False,
        max_length=120,
    )
    on_site_phone = PhoneField(label=gettext_lazy("Telefon vor Ort"), required=False)
    access_note = OneLine(label=gettext_lazy("Hinweis zum Zugang"), required=False, max_length=200)
    note = forms.CharField(
        label=gettext_lazy("Worum geht es?"),
        help_text=ONLY_POLICE,
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    accessibility_need = OneLine(label=gettext_lazy("Unterstützung"), required=False, max_length=200)
    takes = _takes_field()

    def __init__(self, data: Any = None, *, talk: Appointment) -> None:
        super().__init__(data, initial=_known_of(talk))
        self.talk = talk
        self.fields["reason"].help_text = ONLY_POLICE
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset(
                _("Wo"),
                "street",
                Row(Column("postcode"), Column("city")),
                "premises",
                "contact_phone",
                Row(Column("on_site_name"), Column("on_site_phone")),
                "access_note",
            ),
            Fieldset(
                _("Worum es geht"),
                "reason",
                Row(Column("happened_on"), Column("case_number")),
                "note",
                "accessibility_need",
            ),
            wishes_fieldset(),
            "takes",
        )

    def clean_contact_phone(self) -> str:
        phone: str = self.cleaned_data["contact_phone"]
        if not phone and not self.talk.contact_email:
            sentence = _("Diese Firma hat keine E-Mail-Adresse. Geben Sie eine Telefonnummer an.")
            raise ValidationError(sentence, code="no_contact")
        return phone

    @property
    def entry(self) -> Entry:
        """Call it on a valid form."""
        values = self.cleaned_data
        given = ("street", "postcode", "city", "premises", "contact_phone")
        confided = ("reason", "happened_on", "case_number", "note", "accessibility_need")
        return Entry(
            partnership=self.talk.partnership,
            firm_name=self.talk.firm_name,
            wishes=self.wishes,
            confided=Confided(**{name: values[name] for name in confided}),
            **{name: values[name] for name in (*given, "on_site_name", "on_site_phone", "access_note")},
        )


class OfficersCallerForm(CallerRequestForm):
    """As the desk's, and whoever enters it reads it back."""

    takes = _takes_field()

    def __init__(self, data: Any = None, *, chambers: list[Organisation]) -> None:
        super().__init__(data, chambers=chambers)
        for name in ("reason", "note"):
            self.fields[name].help_text = ONLY_POLICE
        self.fields["contact_email"].help_text = _("Für Zeiten zur Auswahl; ohne Adresse rufen Sie an.")
        self.helper.layout.append("takes")


def _known_of(talk: Appointment) -> dict[str, Any]:
    """The firm's first site, and the number that it gave."""
    known: dict[str, Any] = {"contact_phone": talk.contact_phone}
    site = Site.objects.filter(firm=talk.firm_id).order_by("pk").first() if talk.firm_id else None
    if site:
        known |= {"street": site.street, "postcode": site.postcode, "city": site.city}
    return known
