"""What the desk fills in with somebody on the telephone."""

from typing import Any

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from consultations.forms.public import ContactForm, DetailsForm


class ByTelephone(ContactForm):
    """What a desk enters for somebody else; here a telephone number will do in place of an e-mail address."""

    must_be_reachable = True
    faults = ContactForm.faults | {"no_contact": _("E-Mail oder Telefon fehlt")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact_email"].required = False
        self.fields["contact_phone"].help_text = _("Für Rückfragen, mit Vorwahl")
        self.fields["note"].help_text = _(
            "Das liest nur die Polizei. Nach dem Speichern sehen Sie es nicht mehr. "
            "Bitte keine Schwachstellen nennen."
        )
        self.fields["chamber"].label = _("Kammer")
        self.fields["firm_name"].help_text = ""
        self.fields["accessibility_need"].label = _("Unterstützung")

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        named = {"contact_email", "contact_phone"} & set(self.errors)
        if self.must_be_reachable and not (
            named or values.get("contact_email") or values.get("contact_phone")
        ):
            sentence = _("Fragen Sie nach einer Telefonnummer oder einer E-Mail-Adresse.")
            self.add_error("contact_phone", ValidationError(sentence, code="no_contact"))
        return values


class CallerForm(ByTelephone, DetailsForm):
    """The details of a booking."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact_email"].help_text = _("Für Bestätigung und Kalenderdatei")
        self.helper.form_show_errors = True
        talk = ["topic", "language"] if "language" in self.fields else ["topic"]
        self.helper.layout = Layout(
            Fieldset(_("Kontakt"), "contact_name", Row(Column("contact_phone"), Column("contact_email"))),
            Fieldset(_("Betrieb"), Row(Column("firm_name"), Column("membership_number")), "chamber"),
            Fieldset(_("Zum Gespräch"), Row(*map(Column, talk)), "note", "accessibility_need"),
        )


class WalkInForm(CallerForm):
    """Whoever stands at the counter need not be reachable."""

    must_be_reachable = False
