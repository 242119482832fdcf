"""What somebody fills in to ask for a visit: the place and the reason, then who asks and when it suits."""

import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.forms.callers import ByTelephone
from consultations.forms.public import ContactForm, summary_of
from consultations.models import VisitMatter, VisitRequest, Waiting
from consultations.visits.asking import Confided, Entry, Wishes
from partnership.forms.fields import choices_field, date_field, set_choices
from partnership.forms.layout import HintedFieldset
from partnership.forms.lines import LINE_FAULTS, OneLine, PhoneField, PostcodeField
from partnership.models import Partnership
from partnership.times import WEEKDAYS, current_language, today

WORKING_WEEK = 5
MOST_TYPED = 2000
"""Characters of a field that a session keeps; none takes more."""
CONTACT = ("firm_name", "membership_number", "contact_name", "contact_email", "contact_phone")
PLACE = ("street", "postcode", "city", "premises")
ON_SITE = ("on_site_name", "on_site_phone", "access_note")


class PlaceForm(forms.Form):
    """Where, and why."""

    faults = LINE_FAULTS | {
        "future": gettext_lazy("Der Tag liegt in der Zukunft"),
        "no_burglary": gettext_lazy("Der Anlass passt nicht zum Tag"),
    }

    street = OneLine(
        label=gettext_lazy("Straße und Hausnummer"),
        max_length=120,
        error_messages={"required": gettext_lazy("Geben Sie Straße und Hausnummer des Betriebs an.")},
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = PostcodeField(
        label=gettext_lazy("Postleitzahl"),
        error_messages={
            "required": gettext_lazy("Geben Sie die fünf Ziffern der Postleitzahl ein, zum Beispiel 04668.")
        },
    )
    city = OneLine(
        label=gettext_lazy("Ort"),
        max_length=80,
        error_messages={"required": gettext_lazy("Geben Sie den Ort des Betriebs an.")},
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    premises = forms.ChoiceField(
        label=gettext_lazy("Art des Betriebs"),
        choices=[("", gettext_lazy("Bitte wählen")), *VisitRequest.Premises.choices],
        error_messages={"required": gettext_lazy("Wählen Sie, was am ehesten passt.")},
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Anlass"),
        choices=VisitMatter.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Wählen Sie den Anlass.")},
        help_text=gettext_lazy("Den Anlass erfährt nur die Polizei. Nach einem Einbruch kommen wir zuerst."),
    )
    happened_on = date_field(
        gettext_lazy("Tag des Einbruchs"), required=False, help_text=gettext_lazy("Nur nach einem Einbruch")
    )
    case_number = OneLine(
        label=gettext_lazy("Vorgangsnummer der Polizei"),
        help_text=gettext_lazy("Falls Sie sie zur Hand haben"),
        required=False,
        max_length=40,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper(
            Fieldset(_("Ihr Betrieb"), "street", Row(Column("postcode"), Column("city")), "premises"),
            Fieldset(
                _("Warum wir kommen sollen"), "reason", Row(Column("happened_on"), Column("case_number"))
            ),
        )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        happened_on: datetime.date | None = values.get("happened_on")
        if happened_on and happened_on > today():
            sentence = _("Geben Sie den Tag an, an dem eingebrochen wurde.")
            self.add_error("happened_on", ValidationError(sentence, code="future"))
        elif happened_on and values.get("reason") not in (None, VisitMatter.Reason.BURGLARY):
            sentence = _("Wählen Sie „nach einem Einbruch“, oder lassen Sie den Tag leer.")
            self.add_error("reason", ValidationError(sentence, code="no_burglary"))
        return values

    @property
    def summary(self) -> list[dict[str, str]]:
        return summary_of(self)


class WishesForm(forms.Form):
    faults = {"past": gettext_lazy("Der Tag ist vorbei")}

    weekdays = choices_field(gettext_lazy("Wochentage"), required=False)
    part_of_day = forms.ChoiceField(
        label=gettext_lazy("Tageszeit"),
        choices=Waiting.PartOfDay.choices,
        initial=Waiting.PartOfDay.ANY.value,
        widget=forms.RadioSelect,
    )
    not_before = date_field(gettext_lazy("Frühester Tag"), required=False)
    takes_freed_times = forms.BooleanField(
        label=gettext_lazy("Auch kurzfristig"),
        help_text=gettext_lazy(
            "Wird bei jemand anderem ein Termin frei, fragen wir Sie per E-Mail, höchstens dreimal "
            "in der Woche."
        ),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = WEEKDAYS[current_language()][:WORKING_WEEK]
        set_choices(self, "weekdays", [(str(number), name) for number, name in enumerate(days)])
        self.helper = _helper(wishes_fieldset())

    def clean_not_before(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["not_before"]
        if day and day < today():
            raise ValidationError(_("Wählen Sie heute oder einen späteren Tag."), code="past")
        return day

    @property
    def wishes(self) -> Wishes:
        """Call it on a valid form."""
        values = self.cleaned_data
        return Wishes(
            weekdays=[int(number) for number in values["weekdays"]],
            part_of_day=values["part_of_day"],
            not_before=values["not_before"],
            takes_freed_times=values["takes_freed_times"],
        )


class RequestForm(WishesForm, ContactForm):
    """Who asks and when it suits; the second step."""

    faults = ContactForm.faults | WishesForm.faults

    on_site_name = OneLine(
        label=gettext_lazy("Ansprechperson vor Ort"),
        help_text=gettext_lazy("Falls jemand anderes vor Ort ist"),
        required=False,
        max_length=120,
    )
    on_site_phone = PhoneField(label=gettext_lazy("Telefon vor Ort"), required=False)
    access_note = OneLine(
        label=gettext_lazy("Hinweis zum Zugang"),
        help_text=gettext_lazy("Zum Beispiel: Klingel am Tor, zweiter Hof"),
        required=False,
        max_length=200,
    )
    field_order = [
        *("firm_name", "chamber", "membership_number", "contact_name", "contact_email", "contact_phone"),
        *("on_site_name", "on_site_phone", "access_note"),
        *("weekdays", "part_of_day", "not_before", "takes_freed_times", "note", "accessibility_need"),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact_phone"].help_text = gettext_lazy("Damit die Polizei Sie für den Besuch erreicht")
        self.fields["note"].label = gettext_lazy("Was sollen wir vorher wissen?")
        self.fields["note"].help_text = gettext_lazy(
            "Das liest nur die Polizei, nicht die Kammer. Es hilft uns zu wissen, wie groß der Betrieb ist "
            "und was Sie besonders beschäftigt. Schwachstellen zeigen Sie uns besser vor Ort."
        )
        self.fields["accessibility_need"].help_text = gettext_lazy("Zum Beispiel Gebärdensprache")
        self.helper = _helper(
            Fieldset(_("Ihr Betrieb"), "firm_name", "chamber", "membership_number"),
            Fieldset(_("So erreichen wir Sie"), "contact_name", "contact_email", "contact_phone"),
            Fieldset(_("Vor Ort"), Row(Column("on_site_name"), Column("on_site_phone")), "access_note"),
            wishes_fieldset(),
            Fieldset(_("Zum Besuch"), "note", "accessibility_need"),
        )

    def entry(
        self, *, partnership: Partnership, page_language: str, place: dict[str, Any] | None = None
    ) -> Entry:
        """Call it on a valid form; `place`: the cleaned data of the step before."""
        values = self.cleaned_data | (place or {})
        return Entry(
            partnership=partnership,
            page_language=page_language,
            chamber=self.chambers.get(values["chamber"]),
            wishes=self.wishes,
            confided=Confided(
                **{name: values[name] for name in ("reason", "happened_on", "case_number")},
                **{name: values[name] for name in ("note", "accessibility_need")},
            ),
            **{name: values[name] for name in (*CONTACT, *PLACE, *ON_SITE)},
        )


class CallerRequestForm(ByTelephone, PlaceForm, RequestForm):
    """All of it at once, with somebody on the telephone."""

    faults = ByTelephone.faults | PlaceForm.faults | RequestForm.faults
    field_order = [*PlaceForm.base_fields, *RequestForm.base_fields]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact_email"].help_text = _(
            "Für Zeiten zur Auswahl; ohne Adresse ruft die Polizei an."
        )
        self.fields["reason"].help_text = _(
            "Das liest nur die Polizei. Nach dem Speichern sehen Sie es nicht mehr."
        )
        self.fields["note"].label = _("Worum geht es?")
        self.helper = _helper(
            Fieldset(_("Kontakt"), "contact_name", Row(Column("contact_phone"), Column("contact_email"))),
            Fieldset(_("Betrieb"), Row(Column("firm_name"), Column("membership_number")), "chamber"),
            Fieldset(
                _("Wo"),
                "street",
                Row(Column("postcode"), Column("city")),
                "premises",
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
        )


def wishes_fieldset() -> HintedFieldset:
    return HintedFieldset(
        _("Wann es Ihnen passt"),
        "weekdays",
        "part_of_day",
        "not_before",
        "takes_freed_times",
        hint=_("Was Sie offen lassen, ist uns egal: Je weniger Sie festlegen, desto eher sind Sie dran."),
    )


def typed_in(form: forms.Form) -> str:
    """What was typed, right or wrong, for the session."""
    kept = QueryDict(mutable=True)
    for name in form.fields:
        values = form.data.getlist(name)  # type: ignore[attr-defined]
        kept.setlist(name, [value[:MOST_TYPED] for value in values[:7]])
    return str(kept.urlencode())


def as_initial(typed: str) -> dict[str, Any]:
    """What `typed_in` has kept, for a form that is shown again without judging it."""
    kept = QueryDict(typed)
    return {name: kept.getlist(name) if name == "weekdays" else kept[name] for name in kept}


def _helper(*parts: Any) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Layout(*parts)
    return helper
