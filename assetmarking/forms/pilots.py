"""A feasibility study, its campaigns and its decision."""

import datetime
from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from assetmarking.models import Campaign, Pilot
from partnership.forms.administration.base import EditForm, WorkForm
from partnership.forms.fields import choices_field, date_field, number_field, set_choices
from partnership.forms.layout import HintedFieldset
from partnership.models import Organisation, Partnership
from partnership.times import today

MOST = 1_000_000
TARGETS = ("target_recorded", "target_marked", "target_hours", "target_returned")


def _hours_field(label: Any, *, most: int, places: int, **options: Any) -> forms.DecimalField:
    sentence = _("Geben Sie die Stunden als Zahl an, zum Beispiel 6,5.")
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_value=most,
        decimal_places=places,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value", "max_decimal_places", "max_digits"), sentence
        ),
        **options,
    )


class PilotForm(EditForm, forms.ModelForm):  # type: ignore[type-arg]
    starts = date_field(_("Beginn"))
    ends = date_field(_("Ende"))
    target_recorded = number_field(_("Erfasste Geräte, mindestens"), least=1, most=MOST, required=False)
    target_marked = number_field(
        _("Davon gekennzeichnet, mindestens (Prozent)"), least=1, most=100, required=False
    )
    target_hours = _hours_field(
        _("Stunden je gekennzeichnetem Gerät, höchstens"), most=999, places=2, required=False
    )
    target_returned = number_field(
        _("Gestohlenes zurückgegeben, mindestens"), least=1, most=MOST, required=False
    )
    layout = Layout(
        "name",
        "question",
        Row(Column("starts"), Column("ends")),
        HintedFieldset(
            _("Ziele"),
            Row(Column("target_recorded"), Column("target_marked")),
            Row(Column("target_hours"), Column("target_returned")),
            hint=_("Woran Sie die Prüfung messen. Nach der Entscheidung lassen sie sich nicht mehr ändern."),
        ),
    )

    class Meta:
        model = Pilot
        fields = ["name", "question", "starts", "ends", *TARGETS]

    def clean(self) -> dict[str, Any]:
        """Not Django's, which would ask the database about every constraint."""
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        if starts and ends and ends < starts:
            self.object("ends", str(_("Das Ende liegt vor dem Beginn. Wählen Sie einen späteren Tag.")))
        return self.cleaned_data


class NewPilotForm(PilotForm):
    """Whoever coordinates one partnership is not asked for which."""

    partnership = forms.ChoiceField(label=_("Partnerschaft"))
    layout = Layout("partnership", *PilotForm.layout)

    def __init__(self, *args: Any, partnerships: list[Partnership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partnerships = {str(one.pk): one for one in partnerships}
        form: Any = self
        if len(partnerships) > 1:
            set_choices(form, "partnership", [(key, one.name) for key, one in self.partnerships.items()])
        else:
            del self.fields["partnership"]
            self.helper.layout = PilotForm.layout

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    @property
    def partnership_chosen(self) -> Partnership:
        key = self.cleaned_data.get("partnership")
        return self.partnerships[key] if key else next(iter(self.partnerships.values()))


class CampaignForm(EditForm, forms.ModelForm):  # type: ignore[type-arg]
    """`members` may be partners; whoever has been one before stays a choice."""

    day = date_field(_("Tag"))
    with_partners = choices_field(_("Partner"), required=False)
    firms = number_field(_("Unternehmen, die dabei waren"), least=0, most=100_000, initial=0)
    recorded = number_field(_("Erfasste Geräte"), least=0, most=MOST, initial=0)
    marked = number_field(_("Dabei gekennzeichnet"), least=0, most=MOST, initial=0)
    hours = _hours_field(
        _("Aufgewendete Stunden"),
        most=9999,
        places=1,
        initial=0,
        help_text=_("Aller Beteiligten zusammen, mit Auf- und Abbau"),
    )
    layout = Layout(
        Row(Column("day"), Column("place")),
        "with_partners",
        HintedFieldset(
            _("Was gezählt wurde"),
            Row(Column("firms"), Column("hours")),
            Row(Column("recorded"), Column("marked")),
            hint=_("Vor der Aktion steht hier überall 0."),
        ),
        "note",
    )

    class Meta:
        model = Campaign
        fields = ["day", "place", "firms", "recorded", "marked", "hours", "note"]

    def __init__(self, *args: Any, members: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        before = list(self.instance.partners.all()) if self.instance.pk else []
        self.organisations = {str(one.pk): one for one in [*members, *before]}
        choices = [(key, one.name) for key, one in self.organisations.items()]
        form: Any = self
        set_choices(form, "with_partners", choices)
        self.fields["with_partners"].initial = [str(one.pk) for one in before]

    def clean(self) -> dict[str, Any]:
        """Not Django's, which would ask the database about every constraint."""
        recorded, marked = self.cleaned_data.get("recorded"), self.cleaned_data.get("marked")
        if recorded is not None and marked is not None and marked > recorded:
            sentence = str(_("Das sind mehr, als erfasst wurden. Prüfen Sie die beiden Zahlen."))
            self.object("marked", sentence, code="max_value")
        return self.cleaned_data

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    @property
    def partners(self) -> list[Organisation]:
        return [self.organisations[key] for key in self.cleaned_data["with_partners"]]


class RemovalForm(WorkForm, forms.Form):
    """Nothing is filled in: it is only asked."""


class DecisionForm(WorkForm, forms.Form):
    cleaned_data: dict[str, Any]

    decision = forms.ChoiceField(
        label=_("Wie geht es mit der Kennzeichnung weiter?"),
        choices=[
            (Pilot.Decision.GO.value, _("Sie wird fortgeführt")),
            (Pilot.Decision.GO_CHANGED.value, _("Sie wird mit Änderungen fortgeführt")),
            (Pilot.Decision.NO_GO.value, _("Sie wird nicht fortgeführt")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Wählen Sie, was entschieden wurde.")},
    )
    decided_on = date_field(_("An welchem Tag wurde entschieden?"))
    decided_by = forms.CharField(
        label=_("Wer hat entschieden?"),
        help_text=_("Zum Beispiel: Lenkungskreis der Sicherheitspartnerschaft"),
        max_length=160,
    )
    reason = forms.CharField(
        label=_("Warum?"),
        help_text=_("Steht im Bericht, den alle Partner lesen"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Schreiben Sie, worauf die Entscheidung beruht.")},
    )

    @property
    def values(self) -> dict[str, Any]:
        """By the fields of a pilot."""
        return self.cleaned_data | {"decision_reason": self.cleaned_data.get("reason")}

    def clean_decided_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["decided_on"]
        if day > today():
            raise forms.ValidationError(_("Der Tag liegt in der Zukunft. Prüfen Sie ihn."), code="together")
        return day


class CorrectionForm(DecisionForm):
    correction = forms.CharField(
        label=_("Warum wird berichtigt?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Schreiben Sie, was falsch eingetragen war.")},
    )
