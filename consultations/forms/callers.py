"""What the desk fills in with somebody on the telephone."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from consultations.forms.public import DetailsForm
from consultations.models import OfficeHours
from partnership.models import Organisation


class CallerForm(DetailsForm):
    """The details of a booking; here a telephone number will do in place of an e-mail address."""

    must_be_reachable = True
    faults = DetailsForm.faults | {"no_contact": _("E-Mail oder Telefon fehlt")}

    def __init__(self, *args: Any, hours: OfficeHours, chambers: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, hours=hours, chambers=chambers, **kwargs)
        self.fields["contact_email"].required = False
        self.fields["contact_email"].help_text = _("Dorthin geht die Bestätigung mit Kalenderdatei.")
        self.fields["contact_phone"].help_text = ""
        self.fields["note"].help_text = _(
            "Das liest nur die Polizei. Nach dem Speichern sehen Sie es nicht mehr. "
            "Bitte keine Schwachstellen nennen."
        )
        self.helper.form_show_errors = True

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        named = {"contact_email", "contact_phone"} & set(self.errors)
        if self.must_be_reachable and not (
            named or values.get("contact_email") or values.get("contact_phone")
        ):
            sentence = _("Fragen Sie nach einer Telefonnummer oder einer E-Mail-Adresse.")
            self.add_error("contact_phone", ValidationError(sentence, code="no_contact"))
        return values


class WalkInForm(CallerForm):
    """Whoever stands at the counter need not be reachable."""

    must_be_reachable = False
