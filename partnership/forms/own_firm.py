"""What somebody enters about the own firm: name, sites, colleagues, telephone."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.firms import FirmDetails, SiteDetails
from partnership.forms.fields import set_choices
from partnership.forms.lines import LINE_FAULTS, EmailField, OneLine, PhoneField, PostcodeField
from partnership.models import Organisation


def house_helper() -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    return helper


def leave_unmarked(form: forms.Form) -> None:
    """Where nothing is required, no field is marked as free to leave out."""
    for field in form.fields.values():
        field.is_search = True  # type: ignore[attr-defined]


class FirmFields(forms.Form):
    faults = LINE_FAULTS

    name = OneLine(
        label=_("Firma"),
        help_text=_("Wie im Handelsregister oder in der Handwerksrolle"),
        max_length=160,
        error_messages={"required": _("Geben Sie den Namen Ihres Betriebs an.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    chamber = forms.ChoiceField(label=_("Ihre Kammer"), required=False, widget=forms.RadioSelect)
    membership_number = OneLine(label=_("Mitgliedsnummer"), required=False, max_length=40)

    def __init__(self, *args: Any, chambers: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chambers = {str(chamber.pk): chamber for chamber in chambers}
        names = [(key, chamber.name) for key, chamber in self.chambers.items()]
        set_choices(self, "chamber", [*names, ("", _("Weiß ich nicht"))])
        self.helper = house_helper()

    @property
    def firm(self) -> FirmDetails:
        """Call it on a valid form."""
        values = self.cleaned_data
        return FirmDetails(
            name=values["name"],
            chamber=self.chambers.get(values["chamber"]),
            membership_number=values["membership_number"],
        )


class SiteFields(forms.Form):
    faults = LINE_FAULTS

    street = OneLine(
        label=_("Straße und Hausnummer"),
        max_length=120,
        error_messages={"required": _("Geben Sie Straße und Hausnummer an.")},
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
    )
    postcode = PostcodeField(
        label=_("Postleitzahl"),
        error_messages={"required": _("Geben Sie die fünf Ziffern der Postleitzahl ein.")},
    )
    city = OneLine(
        label=_("Ort"),
        max_length=80,
        error_messages={"required": _("Geben Sie den Ort an.")},
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    site_name = OneLine(
        label=_("Bezeichnung"),
        help_text=_("Zum Beispiel Werkstatt oder Lager"),
        required=False,
        max_length=120,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = house_helper()

    @property
    def site(self) -> SiteDetails:
        """Call it on a valid form."""
        values = self.cleaned_data
        return SiteDetails(
            name=values["site_name"],
            street=values["street"],
            postcode=values["postcode"],
            city=values["city"],
        )


class FoundFirmForm(SiteFields, FirmFields):
    """The firm, its first site and who enters it, on one page."""

    contact_name = OneLine(
        label=_("Ihr Vor- und Nachname"),
        max_length=120,
        error_messages={"required": _("Geben Sie an, wer für die Firma spricht.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact_phone = PhoneField(label=_("Ihr Telefon"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            Fieldset(_("Die Firma"), "name", "chamber", "membership_number"),
            Fieldset(_("Der erste Standort"), "street", "postcode", "city", "site_name"),
            Fieldset(_("Wer für die Firma spricht"), "contact_name", "contact_phone"),
        )


class InviteForm(forms.Form):
    faults = LINE_FAULTS

    name = OneLine(
        label=_("Vor- und Nachname"),
        max_length=120,
        error_messages={"required": _("Geben Sie an, wen Sie einladen.")},
    )
    email = EmailField(
        label=_("E-Mail-Adresse"),
        help_text=_("Dorthin geht die Einladung. Sie gilt sieben Tage."),
        max_length=254,
        error_messages={
            "required": _("Geben Sie die E-Mail-Adresse an, zum Beispiel name@beispiel.de."),
            "max_length": _("Geben Sie eine Adresse mit höchstens 254 Zeichen an."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = house_helper()


class PhoneForm(forms.Form):
    faults = LINE_FAULTS

    phone = PhoneField(
        label=_("Telefon"),
        help_text=_("Mit Vorwahl. Leer gelassen, wird keine Nummer gespeichert."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leave_unmarked(self)
        self.helper = house_helper()
