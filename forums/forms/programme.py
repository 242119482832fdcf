"""The parts of an event, one row each."""

import datetime
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.event_words import address_of
from forums.events.programme import PartPlan
from forums.forms.events import url_field
from forums.models import Event, EventPart, Mode
from partnership.forms.administration.base import WorkForm
from partnership.forms.fields import MomentField, number_field, set_choices, time_field
from partnership.forms.layout import WideColumn
from partnership.forms.lines import OneLine
from partnership.forms.rows import rows_of
from partnership.times import berlin, berlin_day, numeric_date

MOST_PLACES = 5000
OWN = ("title", "room", "is_for_all", "choice", "credit_hours", "speakers", "description", "project_url")
"""As they are, between a row and a part."""


class PartForm(WorkForm, forms.Form):
    """Places are asked for in the ways in which the event takes place. A part is as long as the event where
    no time is given."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = OneLine(label=gettext_lazy("Titel"), max_length=160)
    day = forms.ChoiceField(label=gettext_lazy("Tag"), required=False)
    starts = time_field(gettext_lazy("von"), required=False, help_text=gettext_lazy("Leer: von Anfang an"))
    ends = time_field(gettext_lazy("bis"), required=False, help_text=gettext_lazy("Leer: bis zum Ende"))
    room = OneLine(label=gettext_lazy("Raum"), max_length=120, required=False)
    site = number_field(
        gettext_lazy("Plätze vor Ort"),
        least=0,
        most=MOST_PLACES,
        required=False,
        help_text=gettext_lazy("Leer: nicht vor Ort"),
    )
    online = number_field(
        gettext_lazy("Plätze online"),
        least=0,
        most=MOST_PLACES,
        required=False,
        help_text=gettext_lazy("Leer: nicht online"),
    )
    credit_hours = forms.DecimalField(
        label=gettext_lazy("Stunden"),
        required=False,
        min_value=0,
        max_value=99,
        max_digits=4,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text=gettext_lazy("für die Bescheinigung"),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"),
            gettext_lazy("Geben Sie Stunden an, zum Beispiel 1,5."),
        ),
    )
    is_for_all = forms.BooleanField(
        label=gettext_lazy("für alle, die teilnehmen"),
        required=False,
        help_text=gettext_lazy("Wer sich anmeldet, ist hier dabei."),
    )
    choice = OneLine(
        label=gettext_lazy("Auswahl"),
        max_length=40,
        required=False,
        help_text=gettext_lazy(
            "Von Teilen mit demselben Namen der Auswahl nimmt man einen. Was zur selben Zeit ist, schließt "
            "sich ohnehin aus."
        ),
    )
    speakers = forms.CharField(
        label=gettext_lazy("Vortragende"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Eine Person in jeder Zeile"),
    )
    description = forms.CharField(
        label=gettext_lazy("Beschreibung"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    project_url = url_field(gettext_lazy("Seite des vorgestellten Projekts"))

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.days = _days_of(event)
        set_choices(self, "day", [(day.isoformat(), numeric_date(day)) for day in self.days])
        self.fields["day"].initial = self.days[0].isoformat()
        self.modes = modes_of_event(event)
        for mode in set(Mode.values) - set(self.modes):
            del self.fields[mode]
        if len(self.days) == 1:
            del self.fields["day"]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("is_for_all") and given.get("choice"):
            self.object(
                "choice", _("Was für alle ist, lässt sich nicht auswählen. Lassen Sie das Feld leer.")
            )
        day = self._day()
        given["starts_at"] = self._moment("starts", day, self.event.starts_at)
        given["ends_at"] = self._moment("ends", day, self.event.ends_at)
        if self.errors:
            return given
        if given["ends_at"] <= given["starts_at"]:
            self.object("ends", _("Das Ende liegt vor dem Beginn. Wählen Sie eine spätere Uhrzeit."))
        elif given["starts_at"] < self.event.starts_at:
            self.object("starts", _("Die Veranstaltung beginnt später. Wählen Sie eine Zeit darin."))
        elif given["ends_at"] > self.event.ends_at:
            self.object("ends", _("Die Veranstaltung endet früher. Wählen Sie eine Zeit darin."))
        return given

    def plan(self) -> PartPlan:
        """Call it on a valid row."""
        given = self.cleaned_data
        own = {name: given[name] for name in OWN}
        own["credit_hours"] = given["credit_hours"] or Decimal(0)
        return PartPlan(
            pk=given["pk"],
            values=own | {"starts_at": given["starts_at"], "ends_at": given["ends_at"]},
            places={mode: given[mode] for mode in self.modes},
        )

    def _day(self) -> datetime.date:
        chosen = self.cleaned_data.get("day")
        return datetime.date.fromisoformat(chosen) if chosen else self.days[0]

    def _moment(self, name: str, day: datetime.date, otherwise: datetime.datetime) -> datetime.datetime:
        clock = self.cleaned_data.get(name)
        if clock is None:
            return otherwise
        try:
            return MomentField().compress((day, clock))
        except forms.ValidationError as error:
            self.add_error(name, error)
            return otherwise


_Parts = rows_of(PartForm, row_name=gettext_lazy("Programmteil"), most=40)


class PartRows(_Parts):  # type: ignore[misc,valid-type]
    """All parts of an event; three empty rows where there is none yet, else one."""

    another_label = gettext_lazy("Weiterer Programmteil")

    def __init__(self, data: Any = None, *, event: Event) -> None:
        parts = list(event.parts.all())
        super().__init__(data, initial=[_initial(part) for part in parts], form_kwargs={"event": event})
        self.extra = 1 if parts else 3
        self.helper.layout = _layout(event)

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = gettext_lazy("Programmteil entfernen")

    def plans(self) -> list[PartPlan]:
        """Call it on valid rows; what is empty is left out, and what was never there."""
        return [plan for form in self.forms if (plan := _plan_of(form))]


class StrikeForm(WorkForm, forms.Form):
    instead = forms.ChoiceField(
        label=gettext_lazy("Was wird aus den Anmeldungen?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Wählen Sie, was aus den Anmeldungen wird.")},
    )

    def __init__(self, *args: Any, others: list[EventPart], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [
            (str(part.pk), _("Sie kommen in „%(part)s“, solange Plätze reichen") % {"part": part.title})
            for part in others
        ]
        set_choices(self, "instead", [("0", _("Sie entfallen ohne Ersatz")), *named])

    @property
    def instead_id(self) -> int | None:
        return int(self.cleaned_data["instead"]) or None


def modes_of_event(event: Event) -> list[str]:
    """In which ways it takes place; before anything is said of that, on site."""
    return [
        *([Mode.SITE.value] if address_of(event) or not event.is_online else []),
        *([Mode.ONLINE.value] if event.is_online else []),
    ]


def _layout(event: Event) -> Layout:
    day = [Column("day")] if len(_days_of(event)) > 1 else []
    return Layout(
        "pk",
        Row(WideColumn("title"), Column("room")),
        Row(*day, Column("starts"), Column("ends")),
        Row(*map(Column, modes_of_event(event)), Column("credit_hours")),
        "is_for_all",
        "choice",
        Row(Column("speakers"), Column("description")),
        "project_url",
    )


def _plan_of(form: PartForm) -> PartPlan | None:
    given = form.cleaned_data
    if given.get("DELETE"):
        pk = given.get("pk")
        return PartPlan(pk=pk, values={}, places={}, is_removed=True) if pk else None
    return form.plan() if given.get("title") else None


def _days_of(event: Event) -> list[datetime.date]:
    first, last = berlin_day(event.starts_at), berlin_day(event.ends_at)
    return [first + datetime.timedelta(days=n) for n in range((last - first).days + 1)]


def _initial(part: EventPart) -> dict[str, Any]:
    starts, ends = berlin(part.starts_at), berlin(part.ends_at)
    return (
        {name: getattr(part, name) for name in OWN}
        | {places.mode: places.capacity for places in part.places.all()}
        | {"pk": part.pk, "day": starts.date().isoformat(), "starts": starts.time(), "ends": ends.time()}
    )
