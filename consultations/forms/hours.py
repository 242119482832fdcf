"""A day of office hours as the desk enters it."""

import datetime
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import booking_window
from consultations.models import Language, OfficeHours, Topic
from consultations.office_hours import Plan
from consultations.recurrence import MOST_DAYS_AHEAD
from partnership.forms.fields import date_field, number_field, set_choices, time_field
from partnership.models import Office, Partnership, Post, Room
from partnership.times import at_wall_time, numeric_date, today

TAKEN_OVER = ("starts", "ends", "slot_minutes", "gap_minutes", "pause_starts", "pause_ends")
"""As they are, into the plan and from an earlier day."""
Choices = list[tuple[str, Any]]


class HoursForm(forms.Form):
    """Rooms belong to houses and officers to directorates: selects group them, `clean` checks the match.

    The booking window is entered as a distance, which is the same from one day to the next.
    """

    office = forms.ChoiceField(
        label=gettext_lazy("Haus"), error_messages={"required": gettext_lazy("Wählen Sie ein Haus.")}
    )
    room = forms.ChoiceField(label=gettext_lazy("Raum"), required=False)
    day = date_field(gettext_lazy("Tag"))
    starts = time_field(gettext_lazy("von"))
    ends = time_field(gettext_lazy("bis"))
    officer = forms.ChoiceField(
        label=gettext_lazy("Beamtin oder Beamter"),
        error_messages={"required": gettext_lazy("Wählen Sie, wer berät.")},
    )
    second_officer = forms.ChoiceField(label=gettext_lazy("Zweite Person"), required=False)
    slot_minutes = number_field(
        gettext_lazy("Dauer eines Gesprächs"), least=5, most=480, help_text=gettext_lazy("in Minuten")
    )
    gap_minutes = number_field(
        gettext_lazy("Abstand dazwischen"), least=0, most=120, help_text=gettext_lazy("in Minuten")
    )
    pause_starts = time_field(gettext_lazy("Pause von"), required=False)
    pause_ends = time_field(gettext_lazy("Pause bis"), required=False)
    opens_days = number_field(
        gettext_lazy("Buchbar ab"), least=1, most=MOST_DAYS_AHEAD, help_text=gettext_lazy("Tage vorher")
    )
    closes_hours = number_field(
        gettext_lazy("Buchbar bis"), least=0, most=720, help_text=gettext_lazy("Stunden vor Beginn")
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Themen"),
        choices=Topic.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Wählen Sie mindestens ein Thema.")},
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Sprachen"),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Wählen Sie mindestens eine Sprache.")},
    )

    faults = {"together": gettext_lazy("Das passt nicht zusammen")}

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        partnership: Partnership,
        offices: list[Office],
        rooms: list[Room],
        officers: list[Post],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.partnership = partnership
        self.offices = {str(office.pk): office for office in offices}
        self.rooms = {str(room.pk): room for room in rooms}
        self.officers = {str(post.pk): post for post in officers}
        names = [(key, office.name) for key, office in self.offices.items()]
        set_choices(self, "office", names if len(names) == 1 else [("", _("Bitte wählen")), *names])
        set_choices(self, "room", [("", _("ohne Raum")), *_rooms_by_office(rooms)])
        people = _officers_by_directorate(officers)
        set_choices(self, "officer", [("", _("Bitte wählen")), *people])
        set_choices(self, "second_officer", [("", _("keine")), *people])
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self.layout()

    @staticmethod
    def layout() -> Layout:
        return Layout(WHEN_AND_WHERE, *WHO_AND_HOW)

    def clean(self) -> dict[str, Any]:
        super().clean()
        self._check_room()
        self._check_officers()
        self._check_times()
        self._check_pause()
        self._check_booking()
        return self.cleaned_data

    def plan(self) -> Plan:
        """Call it on a valid form."""
        values = self.cleaned_data
        posts = list(self._chosen().values())
        return Plan(
            partnership=self.partnership,
            office=self.offices[values["office"]],
            room=self.rooms.get(values["room"]),
            police=posts[0].organisation,  # type: ignore[arg-type]  # an officer's post has one
            officers=[post.person for post in posts],
            booking_opens_at=self._opens_at(),
            booking_closes_at=self._closes_at(),
            topics=values["topics"],
            languages=values["languages"],
            **{name: values[name] for name in ("day", *TAKEN_OVER)},
        )

    def _last_day(self) -> datetime.date | None:
        """The last day on which the officers are wanted."""
        return self.cleaned_data.get("day")

    def _chosen(self) -> dict[str, Post]:
        """Field -> post, of those that are chosen."""
        names = ("officer", "second_officer")
        return {name: self.officers[key] for name in names if (key := self.cleaned_data.get(name))}

    def _opens_at(self) -> datetime.datetime:
        values = self.cleaned_data
        return booking_window.opens_at(values["day"], days_before=values["opens_days"])

    def _closes_at(self) -> datetime.datetime:
        values = self.cleaned_data
        return booking_window.closes_at(values["day"], values["starts"], hours_before=values["closes_hours"])

    def _object(self, name: str, sentence: str) -> None:
        self.add_error(name, forms.ValidationError(sentence, code="together"))

    def _has(self, *names: str) -> bool:
        return all(self.cleaned_data.get(name) is not None for name in names)

    def _check_room(self) -> None:
        room = self.rooms.get(self.cleaned_data.get("room") or "")
        office = self.offices.get(self.cleaned_data.get("office") or "")
        if room and office and room.office_id != office.pk:
            words = {"house": self.offices[str(room.office_id)].name}
            self._object(
                "room", _("Dieser Raum ist in %(house)s. Wählen Sie einen anderen oder „ohne Raum“.") % words
            )

    def _check_officers(self) -> None:
        chosen = self._chosen()
        day = self._last_day()
        for name, post in chosen.items():
            if day and post.ends and post.ends < day:
                words = {"who": post.person, "until": numeric_date(post.ends)}
                self._object(name, _("%(who)s ist nur bis %(until)s im Amt. Wählen Sie anders.") % words)
        if len(chosen) < 2:
            return
        first, second = chosen.values()
        if first.person_id == second.person_id:
            self._object("second_officer", _("Wählen Sie zwei verschiedene Personen, oder „keine“."))
        elif first.organisation_id != second.organisation_id:
            self._object("second_officer", _("Wählen Sie zwei Personen derselben Direktion."))

    def _check_times(self) -> None:
        day = self.cleaned_data.get("day")
        if day and day > today() + datetime.timedelta(days=MOST_DAYS_AHEAD):
            self._object("day", _("Wählen Sie einen Tag in den nächsten 18 Monaten."))
        if self._has("starts", "ends") and self.cleaned_data["ends"] <= self.cleaned_data["starts"]:
            self._object("ends", _("Das Ende liegt vor dem Beginn. Wählen Sie ein späteres."))

    def _check_pause(self) -> None:
        begins, ends = self.cleaned_data.get("pause_starts"), self.cleaned_data.get("pause_ends")
        if self.errors.get("pause_starts") or self.errors.get("pause_ends") or not (begins or ends):
            return
        if not (begins and ends):
            missing = "pause_ends" if begins else "pause_starts"
            self._object(missing, _("Geben Sie Beginn und Ende der Pause an, oder keines von beiden."))
        elif ends <= begins:
            self._object("pause_ends", _("Die Pause endet, bevor sie beginnt. Wählen Sie ein späteres Ende."))
        elif self._has("starts", "ends") and not (
            self.cleaned_data["starts"] <= begins and ends <= self.cleaned_data["ends"]
        ):
            self._object("pause_starts", _("Die Pause muss zwischen Beginn und Ende des Sprechtags liegen."))

    def _is_closing_kept(self) -> bool:
        """Whether the end of booking is what it was before."""
        return False

    def _check_booking(self) -> None:
        if not self._has("day", "starts", "opens_days", "closes_hours"):
            return
        begins = at_wall_time(self.cleaned_data["day"], self.cleaned_data["starts"])
        now = datetime.datetime.now(datetime.UTC)
        if self._closes_at() <= self._opens_at():
            self._object("closes_hours", _("Die Buchung endet, bevor sie beginnt. Wählen Sie weniger."))
        elif self._closes_at() <= now < begins and not self._is_closing_kept():
            self._object(
                "closes_hours",
                _("Damit wäre die Buchung jetzt schon geschlossen. Wählen Sie weniger Stunden."),
            )


def initial_for(office_id: int | None) -> dict[str, Any]:
    """What most days are like."""
    return {
        "office": office_id,
        "starts": datetime.time(9),
        "ends": datetime.time(12),
        "slot_minutes": 45,
        "gap_minutes": 0,
        "opens_days": 56,
        "closes_hours": 24,
        "topics": Topic.values,
        "languages": [Language.GERMAN],
    }


def initial_like(hours: OfficeHours, officers: Iterable[Post]) -> dict[str, Any]:
    """Everything of an earlier day but the day itself."""
    post_of = {post.person_id: post.pk for post in officers if post.organisation_id == hours.police_id}
    keys = [post_of.get(lane.officer_id) for lane in hours.lanes.all() if lane.officer_id]
    names = (
        "starts",
        "ends",
        "slot_minutes",
        "gap_minutes",
        "pause_starts",
        "pause_ends",
        "topics",
        "languages",
    )
    return {name: getattr(hours, name) for name in names} | {
        "office": hours.office_id,
        "room": hours.room_id or "",
        "officer": keys[0] if keys else "",
        "second_officer": keys[1] if len(keys) > 1 else "",
        "opens_days": booking_window.days_before_of(hours),
        "closes_hours": booking_window.hours_before_of(hours),
    }


def _rooms_by_office(rooms: list[Room]) -> Choices:
    return [
        (office.name, [(str(room.pk), room.name) for room in group])
        for office, group in groupby(rooms, key=lambda room: room.office)
    ]


def _officers_by_directorate(posts: list[Post]) -> Choices:
    """Grouped only where there are several directorates."""
    groups: Choices = [
        (str(organisation), [(str(post.pk), str(post.person)) for post in group])
        for organisation, group in groupby(posts, key=lambda post: post.organisation)
    ]
    return groups if len(groups) > 1 else [choice for _name, group in groups for choice in group]


WHEN_AND_WHERE = Fieldset(
    gettext_lazy("Wann und wo"),
    Row(Column("day"), Column("starts"), Column("ends")),
    Row(Column("office"), Column("room")),
)
WHO_AND_HOW = (
    Fieldset(gettext_lazy("Wer berät"), Row(Column("officer"), Column("second_officer"))),
    Fieldset(
        gettext_lazy("Gespräche"),
        Row(Column("slot_minutes"), Column("gap_minutes"), Column("pause_starts"), Column("pause_ends")),
        Row(Column("topics"), Column("languages")),
    ),
    Fieldset(gettext_lazy("Buchung"), Row(Column("opens_days"), Column("closes_hours"))),
)
