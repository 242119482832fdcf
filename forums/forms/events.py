"""An event as the desk enters it."""

import datetime
from typing import Any

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.events.shifting import shifted
from forums.models import Event, EventSeries, Kind, Subject, TrainingGoal
from partnership.forms.administration.base import EditForm, WorkForm
from partnership.forms.fields import (
    MomentField,
    choices_field,
    date_field,
    moment_field,
    set_choices,
    time_field,
)
from partnership.forms.layout import HintedFieldset
from partnership.forms.lines import LINE_FAULTS, EmailField, PhoneField, PostcodeField
from partnership.models import Office, Organisation, Partnership
from partnership.times import berlin, berlin_day, today

Organisers = list[tuple[Partnership, Organisation]]
TAKEN_OVER = (
    *("kind", "visibility", "title", "summary", "description", "subjects", "venue", "street", "postcode"),
    *("city", "access_note", "step_free", "is_online", "join_url", "provider", "provider_url"),
    *("contact_name", "contact_phone", "contact_email", "asks_catering"),
)
"""As they are, between a form and an event."""
ADDRESS = ("venue", "street", "postcode", "city")
WHEN = Fieldset(gettext_lazy("Wann?"), Row(Column("day"), Column("starts"), Column("ends")), "last_day")
WHERE = HintedFieldset(
    gettext_lazy("Wo?"),
    "house",
    Row(Column("venue"), Column("street")),
    Row(Column("postcode"), Column("city")),
    "access_note",
    "step_free",
    "is_online",
    "join_url",
    hint=gettext_lazy("Ein Haus der Partner oder ein anderer Ort. Nur online: Beides bleibt leer."),
)
MORE = (
    HintedFieldset(
        gettext_lazy("Anmeldung"),
        "registration_opens_at",
        "registration_closes_at",
        "asks_catering",
        hint=gettext_lazy("Ohne Angabe: von der Ankündigung bis zum Beginn. Plätze stehen im Programm."),
    ),
    Fieldset(
        gettext_lazy("Auskunft"),
        Row(Column("contact_name"), Column("contact_phone"), Column("contact_email")),
    ),
    HintedFieldset(
        gettext_lazy("Externer Kurs"),
        Row(Column("provider"), Column("provider_url")),
        hint=gettext_lazy("Nur für die Art „externer Kurs“: Man meldet sich dort an, nicht hier."),
    ),
)


def url_field(label: Any, *, help_text: Any = "") -> forms.URLField:
    return forms.URLField(
        label=label,
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=help_text,
        error_messages={"invalid": gettext_lazy("Geben Sie eine ganze Adresse an: https://beispiel.de.")},
    )


class EventForm(EditForm, forms.ModelForm):  # type: ignore[type-arg]
    """Organisers, partners, houses, series and goals are those that the person may choose."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Art"), choices=[("", gettext_lazy("Bitte wählen")), *Kind.choices]
    )
    subjects = choices_field(gettext_lazy("Themen"), Subject.choices, required=False)
    joined_by = choices_field(gettext_lazy("Gemeinsam mit"), required=False)
    series_key = forms.ChoiceField(label=gettext_lazy("Gehört zur Reihe"), required=False)
    goal_key = forms.ChoiceField(label=gettext_lazy("Im Bildungsplan"), required=False)
    day = date_field(gettext_lazy("Tag"))
    starts = time_field(gettext_lazy("von"))
    ends = time_field(gettext_lazy("bis"))
    last_day = date_field(
        gettext_lazy("Letzter Tag"), required=False, help_text=gettext_lazy("Nur wenn es mehrere Tage sind.")
    )
    house = forms.ChoiceField(label=gettext_lazy("Haus"), required=False)
    postcode = PostcodeField(label=gettext_lazy("Postleitzahl"), required=False)
    join_url = url_field(
        gettext_lazy("Link zum Teilnehmen"),
        help_text=gettext_lazy("Wer online teilnimmt, bekommt ihn erst eine Stunde vor Beginn."),
    )
    provider_url = url_field(gettext_lazy("Seite des Anbieters"))
    contact_phone = PhoneField(label=gettext_lazy("Telefon"), required=False)
    contact_email = EmailField(label=gettext_lazy("E-Mail-Adresse"), required=False)
    registration_opens_at = moment_field(gettext_lazy("Anmeldung ab"), required=False)
    registration_closes_at = moment_field(gettext_lazy("Anmeldung bis"), required=False)
    faults = WorkForm.faults | LINE_FAULTS

    class Meta:
        model = Event
        fields = [*TAKEN_OVER, "registration_opens_at", "registration_closes_at"]
        widgets = {"description": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "summary": gettext_lazy("Steht im Kalender unter dem Titel."),
        }

    def __init__(
        self,
        *args: Any,
        partners: list[Organisation],
        houses: list[Office],
        series: list[EventSeries],
        goals: list[TrainingGoal],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.partners = {str(partner.pk): partner for partner in partners}
        self.houses = {str(house.pk): house for house in houses}
        self.all_series = {str(one.pk): one for one in series}
        self.goals = {str(goal.pk): goal for goal in goals}
        set_choices(self, "joined_by", [(key, one.name) for key, one in self.partners.items()])  # type: ignore[arg-type]
        _offer(self, "house", gettext_lazy("kein Haus der Partner"), self.houses)
        _offer(self, "series_key", gettext_lazy("keiner"), self.all_series)
        _offer(self, "goal_key", gettext_lazy("nein"), self.goals)
        self.helper.layout = self._layout()

    def clean(self) -> dict[str, Any]:
        """Not Django's, which would ask the database about every constraint."""
        self._check_times()
        self._check_place()
        self._check_window()
        return self.cleaned_data

    @property
    def values(self) -> dict[str, Any]:
        """Of the event's own fields. Call it on a valid form."""
        given = self.cleaned_data
        return {name: given[name] for name in self.Meta.fields} | {
            "starts_at": given["starts_at"],
            "ends_at": given["ends_at"],
            "office": self.houses.get(given["house"]),
            "series": self.all_series.get(given["series_key"]),
            "training_goal": self.goals.get(given["goal_key"]),
        }

    @property
    def partners_chosen(self) -> list[Organisation]:
        return [self.partners[key] for key in self.cleaned_data["joined_by"]]

    def _layout(self, *first: Any) -> Layout:
        belongs = [
            name for name, there in (("series_key", self.all_series), ("goal_key", self.goals)) if there
        ]
        return Layout(
            HintedFieldset(
                gettext_lazy("Was?"),
                *first,
                Row(Column("kind"), Column("visibility")),
                "title",
                "summary",
                "description",
                "subjects",
                hint=gettext_lazy("„Nur für Partner“ sieht, wer bei einem Mitglied eine Funktion hat."),
            ),
            WHEN,
            WHERE,
            Fieldset(gettext_lazy("Wer und wofür?"), "joined_by", Row(*map(Column, belongs))),
            *MORE,
        )

    def _check_times(self) -> None:
        given = self.cleaned_data
        day, last = given.get("day"), given.get("last_day") or given.get("day")
        starts, ends = given.get("starts"), given.get("ends")
        if day is None or last is None or starts is None or ends is None or "last_day" in self.errors:
            return
        given["starts_at"] = self._moment(day, starts, "starts")
        given["ends_at"] = self._moment(last, ends, "ends")
        if last < day:
            self.object("last_day", _("Der letzte Tag liegt vor dem ersten. Wählen Sie einen späteren."))
        elif given["starts_at"] and given["ends_at"] and given["ends_at"] <= given["starts_at"]:
            self.object("ends", _("Das Ende liegt vor dem Beginn. Wählen Sie eine spätere Uhrzeit."))

    def _moment(self, day: datetime.date, clock: datetime.time, name: str) -> datetime.datetime | None:
        try:
            return MomentField().compress((day, clock))
        except forms.ValidationError as error:
            self.add_error(name, error)
            return None

    def _check_place(self) -> None:
        given = self.cleaned_data
        if given.get("house") and (named := [name for name in ADDRESS if given.get(name)]):
            self.object(
                named[0], _("Wählen Sie ein Haus oder tragen Sie einen anderen Ort ein, nicht beides.")
            )
        elif given.get("venue") and not given.get("city") and "city" not in self.errors:
            self.object("city", _("Geben Sie an, in welchem Ort das ist."))

    def _check_window(self) -> None:
        given = self.cleaned_data
        opens, closes = given.get("registration_opens_at"), given.get("registration_closes_at")
        if opens and closes and closes <= opens:
            self.object("registration_closes_at", _("Die Anmeldung endet, bevor sie beginnt."))
        if closes and (starts_at := given.get("starts_at")) and closes > starts_at:
            self.object("registration_closes_at", _("Die Anmeldung endet spätestens mit dem Beginn."))


class NewEventForm(EventForm):
    organiser = forms.ChoiceField(label=gettext_lazy("Veranstaltet von"))

    def __init__(self, *args: Any, organisers: Organisers, **kwargs: Any) -> None:
        self.organisers = {f"{where.pk}-{who.pk}": (where, who) for where, who in organisers}
        super().__init__(*args, **kwargs)
        several = len({where.pk for where, _who in organisers}) > 1
        names = [
            (key, f"{who.name}, {where.name}" if several else who.name)
            for key, (where, who) in self.organisers.items()
        ]
        choices = names if len(names) == 1 else [("", _("Bitte wählen")), *names]
        set_choices(self, "organiser", choices)  # type: ignore[arg-type]
        self.helper.layout = self._layout("organiser")

    @property
    def organiser_chosen(self) -> tuple[Partnership, Organisation]:
        return self.organisers[self.cleaned_data["organiser"]]


class CancelForm(WorkForm, forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Warum?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Alle, die angemeldet sind, lesen ihn in ihrer E-Mail."),
    )


def initial_of(event: Event) -> dict[str, Any]:
    """What the event's own fields do not say; they come with the instance."""
    first, last = berlin(event.starts_at), berlin(event.ends_at)
    return {
        "joined_by": [str(partner.pk) for partner in event.partners.all()],
        "series_key": str(event.series_id or ""),
        "goal_key": str(event.training_goal_id or ""),
        "day": first.date(),
        "starts": first.time(),
        "ends": last.time(),
        "last_day": last.date() if last.date() != first.date() else None,
        "house": str(event.office_id or ""),
    }


def initial_like(event: Event, day: datetime.date) -> dict[str, Any]:
    """For the next one on that day. The link to take part stays behind: it belongs to the last one."""
    by = day - berlin_day(event.starts_at)
    opens, closes = (
        shifted(moment, by) if moment else None
        for moment in (event.registration_opens_at, event.registration_closes_at)
    )
    last_day = berlin_day(event.ends_at) + by
    return (
        {name: getattr(event, name) for name in TAKEN_OVER}
        | initial_of(event)
        | {
            "organiser": f"{event.partnership_id}-{event.organiser_id}",
            "join_url": "",
            "day": day,
            "last_day": last_day if last_day != day else None,
            "registration_opens_at": opens if opens and berlin_day(opens) > today() else None,
            "registration_closes_at": closes,
        }
    )


def _offer(form: forms.BaseForm, name: str, none: Any, things: dict[str, Any]) -> None:
    set_choices(form, name, [("", none), *((key, str(one)) for key, one in things.items())])  # type: ignore[arg-type]
