"""Ordering labels, the formats and printers of a firm, and on what a label sticks."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assetmarking.labels.formats import MEASURES, LabelFormat
from assetmarking.labels.ordering import MOST, Paper
from assetmarking.models import Asset, OwnLabelFormat, PrinterOffset
from partnership.forms.administration.base import WorkForm
from partnership.forms.fields import choices_field, number_field, set_choices
from partnership.forms.lines import OneLine
from partnership.forms.search import Search

MOST_COPIES = 20
MOST_OFFSET = 20
MOST_IN_A_LINE = 100
"""Labels beside or below each other."""
OFFSET_FAULTS = {
    "invalid": gettext_lazy("Schreiben Sie die Zahl so: 25,4."),
    **dict.fromkeys(
        ("min_value", "max_value"),
        gettext_lazy("Geben Sie höchstens 20 mm an, in jede der beiden Richtungen."),
    ),
    **dict.fromkeys(
        ("max_digits", "max_decimal_places", "max_whole_digits"),
        gettext_lazy("Geben Sie höchstens eine Stelle nach dem Komma an."),
    ),
}
ALL, CHOSEN = "alle", "gewaehlte"


class PaperForm(WorkForm, forms.Form):
    """On what is printed, and where it begins."""

    format = forms.ChoiceField(label=gettext_lazy("Etiketten"))
    start = number_field(
        gettext_lazy("Erste freie Stelle"),
        least=1,
        most=1000,
        initial=1,
        help_text=gettext_lazy(
            "1 auf einem neuen Bogen. Auf einem angebrochenen zählen Sie von links nach rechts, "
            "dann die nächste Zeile."
        ),
    )
    copies = number_field(gettext_lazy("Stück von jedem"), least=1, most=MOST_COPIES, initial=1)
    printer = forms.ChoiceField(
        label=gettext_lazy("Drucker"),
        required=False,
        help_text=gettext_lazy("Gleicht aus, wenn Ihr Drucker verschoben druckt."),
    )
    paper: ClassVar[Fieldset] = Fieldset(
        gettext_lazy("Papier"), "format", Row(Column("start"), Column("copies")), "printer"
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        formats: Mapping[str, LabelFormat],
        printers: Sequence[PrinterOffset],
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.formats, self.printers = formats, {str(printer.pk): printer for printer in printers}
        set_choices(self, "format", [(key, format.words) for key, format in formats.items()])
        if printers:
            names = [(key, printer.name) for key, printer in self.printers.items()]
            set_choices(self, "printer", [("", gettext_lazy("ohne Ausgleich")), *names])
        else:
            self.fields["printer"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        format = self.formats.get(given.get("format", ""))
        if format and given.get("start", 1) > format.per_page:
            sentence = ngettext(
                "Auf diesem Blatt gibt es nur eine Stelle.",
                "Auf diesem Blatt gibt es %(count)d Stellen.",
                format.per_page,
            )
            self.object("start", sentence % {"count": format.per_page}, code="max_value")
        return given

    @property
    def chosen(self) -> Paper:
        given = self.cleaned_data
        printer = self.printers.get(given["printer"])
        return Paper(
            format=self.formats[given["format"]],
            start=given["start"],
            copies=given["copies"],
            offset=(float(printer.x), float(printer.y)) if printer else (0.0, 0.0),
        )


class InAdvanceForm(PaperForm):
    count = number_field(gettext_lazy("Wie viele Etiketten?"), least=1, most=MOST)
    layout = Layout("count", PaperForm.paper)


class ForThingsForm(PaperForm):
    """`things` are those that the search has found; `without` counts all that have no label."""

    which = forms.ChoiceField(label=gettext_lazy("Wofür?"), widget=forms.RadioSelect, initial=CHOSEN)
    things = choices_field(gettext_lazy("Geräte"), required=False)
    layout = Layout("which", "things", PaperForm.paper)

    def __init__(
        self, data: QueryDict | None, *, things: Sequence[Asset], without: int, **options: Any
    ) -> None:
        super().__init__(data, **options)
        ways: list[tuple[str, Any]] = [(CHOSEN, gettext_lazy("für die ausgewählten"))]
        if without:
            words = ngettext(
                "für das eine, das noch kein Etikett hat", "für alle %(count)d ohne Etikett", without
            )
            ways.insert(0, (ALL, words % {"count": without}))
        set_choices(self, "which", ways)
        if not without:
            self.fields["which"].widget = forms.HiddenInput()
        things_field: Any = self.fields["things"]
        things_field.is_search = True  # needed or not as the answer above says
        set_choices(self, "things", [(str(asset.pk), _thing_words(asset)) for asset in things])

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("which") == CHOSEN and not given.get("things"):
            self.object("things", _("Wählen Sie mindestens ein Gerät aus."), code="required")
        return given

    @property
    def wants_all(self) -> bool:
        return bool(self.cleaned_data["which"] == ALL)

    @property
    def asset_ids(self) -> list[int]:
        return [int(key) for key in self.cleaned_data["things"]]


class ThingSearch(Search):
    suche = forms.CharField(
        label=gettext_lazy("Gerät suchen"),
        help_text=gettext_lazy("Bezeichnung, Hersteller, Inventarnummer oder ein Kennzeichen"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class FormatForm(WorkForm, forms.ModelForm):  # type: ignore[type-arg]
    layout = Layout(
        "name",
        Fieldset(gettext_lazy("Blatt, in Millimetern"), Row(Column("page_width"), Column("page_height"))),
        Fieldset(
            gettext_lazy("Etikett, in Millimetern"),
            Row(Column("label_width"), Column("label_height")),
            Row(Column("margin_left"), Column("margin_top")),
            Row(Column("pitch_x"), Column("pitch_y")),
        ),
        Fieldset(gettext_lazy("Anzahl"), Row(Column("columns"), Column("rows"))),
    )

    class Meta:
        model = OwnLabelFormat
        fields = ("name", *MEASURES)
        help_texts: ClassVar[dict[str, Any]] = {
            "margin_left": gettext_lazy("bis zum ersten Etikett"),
            "margin_top": gettext_lazy("bis zum ersten Etikett"),
            "pitch_x": gettext_lazy("von Kante zu Kante, den Zwischenraum eingeschlossen"),
            "pitch_y": gettext_lazy("von Kante zu Kante, den Zwischenraum eingeschlossen"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("columns", "rows"):
            self.fields[name] = number_field(self.fields[name].label, least=1, most=MOST_IN_A_LINE)
        for name, field in self.fields.items():
            if name != "name":
                field.localize = True
                field.widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
                field.widget.is_localized = True
                field.error_messages["invalid"] = gettext_lazy("Schreiben Sie die Zahl so: 25,4.")


class PrinterForm(WorkForm, forms.Form):
    name = OneLine(label=gettext_lazy("Drucker"), max_length=60, help_text=gettext_lazy("Wie Sie ihn nennen"))
    x = forms.DecimalField(
        label=gettext_lazy("nach rechts in mm"),
        help_text=gettext_lazy("Druckt er zu weit rechts, mit Minus davor."),
        min_value=-MOST_OFFSET,
        max_value=MOST_OFFSET,
        decimal_places=1,
        localize=True,
        error_messages=OFFSET_FAULTS,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    y = forms.DecimalField(
        label=gettext_lazy("nach unten in mm"),
        help_text=gettext_lazy("Druckt er zu weit unten, mit Minus davor."),
        min_value=-MOST_OFFSET,
        max_value=MOST_OFFSET,
        decimal_places=1,
        localize=True,
        error_messages=OFFSET_FAULTS,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    layout = Layout("name", Row(Column("x"), Column("y")))


def _thing_words(asset: Asset) -> str:
    words = f"{asset}, {asset.own_number}" if asset.own_number else str(asset)
    if getattr(asset, "has_label", False):
        return _("%(thing)s (hat schon eines, es wird noch einmal gedruckt)") % {"thing": words}
    return words
