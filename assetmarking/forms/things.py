"""What a firm enters about its things."""

from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID, uuid4

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assetmarking.categories import OTHER, category_choices, find_category
from assetmarking.forms.campaigns import NO_CAMPAIGN, CampaignField
from assetmarking.matching.keys import is_no_number
from assetmarking.models import Asset, MarkKind
from assetmarking.recording.details import OLDEST, TYPED_KINDS, MarkDetails, ThingDetails
from partnership.forms.administration.base import CHOOSE, WorkForm
from partnership.forms.fields import date_field, number_field, set_choices
from partnership.forms.lines import LINE_FAULTS, EmailField, OneLine
from partnership.forms.photos import photos_field
from partnership.forms.search import Search
from partnership.models import Firm, Site
from partnership.retention.periods import days_in_words, period_of
from partnership.times import today

FAULTS = LINE_FAULTS | {
    "no_number": _("Das ist keine Nummer"),
    "campaign": NO_CAMPAIGN,
    "value": _("Das ist kein Betrag"),
}


class ValueField(forms.CharField):
    """Euros as Germans write them: 1.249,00 €; None where it is left empty."""

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value).replace("€", "").replace(" ", "").replace("\u00a0", "")
        if not text:
            return None
        bare = text.replace(".", "").replace(",", ".") if "," in text or text.count(".") > 1 else text
        whole, _dot, cents = bare.partition(".")
        if not whole.isascii() or not whole.isdecimal() or not (cents or "0").isdecimal():
            raise ValidationError(_("Schreiben Sie den Betrag so: 1.249,00."), code="value")
        if len(cents) == 3 and "," not in text:
            bare = whole + cents
        return Decimal(bare).quantize(Decimal("0.01"))


def _mark_fields(*, required: bool) -> dict[str, forms.Field]:
    return {
        "kind": forms.ChoiceField(
            label=_("Welche Nummer"),
            choices=TYPED_KINDS,
            initial=MarkKind.SERIAL,
            error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
        ),
        "text": OneLine(
            label=_("Nummer oder Code"),
            help_text=_("So, wie sie auf dem Gerät steht"),
            required=required,
            max_length=60,
            widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        ),
        "place": OneLine(
            label=_("Wo am Gerät"),
            help_text=_("Zum Beispiel: Typenschild, Unterseite"),
            required=False,
            max_length=120,
        ),
    }


def _text_or_fault(text: str) -> str:
    if text and is_no_number(text):
        raise ValidationError(
            _("Das ist keine Nummer. Lassen Sie das Feld leer, wenn Sie die Nummer nicht kennen."),
            code="no_number",
        )
    return text


class ThingForm(WorkForm, forms.Form):
    """One thing; while it is recorded with its first mark and with the form's key (`with_mark`)."""

    faults: ClassVar[dict[str, Any]] = FAULTS

    name = OneLine(
        label=_("Was ist es?"),
        help_text=_("Zum Beispiel: Bohrhammer"),
        max_length=120,
        error_messages={"required": _("Geben Sie an, was es ist, zum Beispiel „Bohrhammer“.")},
    )
    category = forms.ChoiceField(label=_("Art"), required=False)
    make = OneLine(label=_("Hersteller"), required=False, max_length=80)
    model = OneLine(label=_("Modell"), required=False, max_length=80)
    year = number_field(_("Baujahr"), least=OLDEST, most=2100, required=False)
    value = ValueField(label=_("Wert in Euro"), required=False, max_length=20)
    peculiarities = OneLine(
        label=_("Besonderheiten"),
        help_text=_("Woran man es erkennt: Farbe, Kratzer, Aufkleber. Die Polizei liest das mit."),
        required=False,
        max_length=500,
    )
    own_number = OneLine(label=_("Inventarnummer"), required=False, max_length=40)
    site = forms.ChoiceField(label=_("Standort"), required=False)
    kept_at = OneLine(
        label=_("Gewöhnlich aufbewahrt"),
        help_text=_("Nur für Sie und für die Polizei, wenn sie das Gerät nachschlägt."),
        required=False,
        max_length=160,
    )
    campaign = CampaignField()

    def __init__(
        self,
        data: QueryDict | None,
        *,
        firm: Firm,
        with_mark: bool = False,
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.sites: dict[str, Site] = {str(site.pk): site for site in firm.sites.order_by("pk")}
        only = {"site": next(iter(self.sites))} if with_mark and len(self.sites) == 1 else {}
        super().__init__(data, initial=only | (initial or {}))
        set_choices(self, "category", [("", _("ergibt sich aus der Bezeichnung")), *category_choices()])
        set_choices(self, "site", [("", _("keiner")), *((key, str(s)) for key, s in self.sites.items())])
        mark: list[Any] = []
        if with_mark:
            key = forms.Field(required=False, initial=uuid4, widget=forms.HiddenInput)
            self.fields |= _mark_fields(required=False) | {"form_key": key}
            words = _("Eine Nummer, die darauf steht")
            mark = [Fieldset(words, Row(Column("kind"), Column("text")), "place"), "form_key"]
        self.helper.layout = Layout(
            Fieldset(_("Gerät"), "name", "category", Row(Column("make"), Column("model"))),
            *mark,
            Fieldset(_("Mehr dazu"), Row(Column("year"), Column("value")), "peculiarities", "own_number"),
            Fieldset(_("Wo es steht"), *(["site"] if self.sites else []), "kept_at"),
            "campaign",
        )

    def clean_text(self) -> str:
        return _text_or_fault(self.cleaned_data["text"])

    def clean_category(self) -> str:
        name: str = self.cleaned_data.get("name", "")
        return self.cleaned_data["category"] or find_category(name) or OTHER

    @property
    def details(self) -> ThingDetails:
        """Call it on a valid form."""
        names = ("name", "category", "make", "model", "year", "value", "peculiarities", "own_number")
        values = {name: self.cleaned_data[name] for name in (*names, "kept_at")}
        return ThingDetails(**values, site=self.sites.get(self.cleaned_data.get("site", "")))

    @property
    def form_key(self) -> UUID | None:
        try:
            return UUID(str(self.cleaned_data["form_key"]))
        except ValueError:
            return None

    @property
    def marks(self) -> list[MarkDetails]:
        values = self.cleaned_data
        if not values.get("text"):
            return []
        return [MarkDetails(kind=values["kind"], text=values["text"], place=values["place"])]


class MarkForm(WorkForm, forms.Form):
    faults: ClassVar[dict[str, Any]] = FAULTS

    vendor = OneLine(
        label=_("Anbieter"),
        help_text=_("Nur bei künstlicher DNA oder Mikropunkten: wer das Register führt"),
        required=False,
        max_length=80,
    )
    marked_by = OneLine(label=_("Angebracht von"), required=False, max_length=120)
    marked_on = date_field(_("Angebracht am"), required=False)

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__(data)
        self.fields |= _mark_fields(required=True)
        self.fields["text"].error_messages["required"] = _("Geben Sie die Nummer oder den Code ein.")
        self.helper.layout = Layout(
            "kind", "text", "place", "vendor", Row(Column("marked_by"), Column("marked_on"))
        )

    def clean_text(self) -> str:
        return _text_or_fault(self.cleaned_data["text"])

    @property
    def details(self) -> MarkDetails:
        return MarkDetails(**self.cleaned_data)


class LendForm(WorkForm, forms.Form):
    faults: ClassVar[dict[str, Any]] = FAULTS

    lent_to = OneLine(
        label=_("An wen?"),
        max_length=160,
        error_messages={"required": _("Geben Sie an, wer das Gerät bekommt.")},
    )
    lent_until = date_field(_("Bis wann?"), required=False)

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__(data)
        words = gettext("Gelöscht, sobald das Gerät zurück ist, spätestens %(period)s nach der Leihe.")
        self.fields["lent_to"].help_text = words % {"period": days_in_words(period_of("contacts"))}


class RetireForm(WorkForm, forms.Form):
    state = forms.ChoiceField(
        label=_("Was ist geschehen?"),
        choices=[
            (Asset.State.SOLD.value, _("verkauft oder verschenkt")),
            (Asset.State.SCRAPPED.value, _("ausgemustert")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Wählen Sie, was geschehen ist.")},
    )
    on = date_field(_("An welchem Tag?"))

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__(data, initial={"on": today()})


class ReceiptForm(WorkForm, forms.Form):
    file = forms.FileField(
        label=_("Kaufbeleg"),
        help_text=_("Ein PDF oder ein Foto, höchstens 8 MB. Nur Sie sehen ihn."),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
        error_messages={"required": _("Wählen Sie eine Datei aus.")},
    )


class ThingPhotosForm(WorkForm, forms.Form):
    photos = photos_field(_("Fotos"), required=True, help_text=_("Von allen Seiten, und vom Typenschild."))


class OfferForm(WorkForm, forms.Form):
    faults: ClassVar[dict[str, Any]] = FAULTS

    email = EmailField(
        label=_("E-Mail-Adresse der Käuferin oder des Käufers"),
        error_messages={"required": _("Geben Sie die Adresse an, an die das Angebot gehen soll.")},
    )
    note = OneLine(label=_("Nachricht dazu"), required=False, max_length=300)


class AcceptForm(WorkForm, forms.Form):
    firm = forms.ChoiceField(label=_("Für welche Firma?"), widget=forms.RadioSelect)

    def __init__(self, data: QueryDict | None, *, firms: list[Firm]) -> None:
        first = {"firm": str(firms[0].pk)} if firms else None
        super().__init__(data, initial=first)
        set_choices(self, "firm", [(str(firm.pk), firm.name) for firm in firms])


class ThingSearch(Search):
    """Read from the address."""

    suche = forms.CharField(
        label=_("Suchen"),
        help_text=_("Bezeichnung, Hersteller, Inventarnummer oder ein Kennzeichen"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    stand = forms.ChoiceField(
        label=_("Stand"), required=False, choices=[("", _("alle")), *Asset.State.choices]
    )
