"""What somebody fills in to register: parts and how to take part, who one is, what one needs, colleagues."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from forums.event_words import part_when_of
from forums.models import Event, EventPart, Mode, PartBooking, PartPlaces, Role
from forums.registering.bringing import MOST_COLLEAGUES
from forums.registering.choosing import chosen_parts
from forums.registering.registering import Colleague, Entry
from forums.waiting.line import waited_for
from partnership.forms.layout import HintedFieldset
from partnership.forms.lines import LINE_FAULTS, EmailField, OneLine, PhoneField
from partnership.forms.rows import rows_of
from partnership.refusals import Refusal
from partnership.times import current_language

NOT = "nein"
WAITS = "-warten"
"""At the end of a choice: the page has said that there is no place."""
PEOPLE = ("name", "role", "email", "phone", "firm_name")
NEEDS = ("catering", "accessibility")


@dataclass(frozen=True, slots=True)
class Group:
    """Parts of which one takes one, or a single part."""

    field: str
    legend: str
    parts: list[EventPart]

    @property
    def is_for_all(self) -> bool:
        return self.parts[0].is_for_all


def groups_of(parts: Iterable[EventPart]) -> list[Group]:
    """In the order of the programme; what one cannot be registered for, as a break, is left out."""
    found: dict[str, Group] = {}
    for part in parts:
        if part.places.all():
            key = part.choice or f"teil {part.pk}"
            legend = part.choice or f"{part.title}, {part_when_of(part)}"
            group = found.setdefault(key, Group(f"teil_{part.pk}", legend, []))
            group.parts.append(part)
    return list(found.values())


class PartsForm(forms.Form):
    """A group of choices for each part, or for parts of which one takes one. What is for all, and only in one
    way, is `fixed`. `has`: what somebody has by now, who sees that instead of the places left.
    """

    def __init__(
        self, data: Any = None, *, event: Event, has: Collection[PartBooking] = (), initial: Any = None
    ) -> None:
        self.event = event
        self.parts = list(event.parts.prefetch_related("places").select_related("event"))
        self.has = {(booking.part_id, booking.mode): booking for booking in has}
        self.waited_for = waited_for(event)
        self.groups = groups_of(self.parts)
        self.fixed = [group for group in self.groups if len(self._choices(group)) == 1]
        super().__init__(data, initial=self._begun() | (initial or {}))
        for group in self.groups:
            self.fields[group.field] = forms.ChoiceField(
                label=group.legend,
                choices=self._choices(group),
                error_messages={"required": _("Wählen Sie, was für Sie passt.")},
                widget=forms.HiddenInput if group in self.fixed else forms.RadioSelect,
            )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(self.parts_fieldset())

    def parts_fieldset(self) -> Fieldset:
        return Fieldset(self.parts_legend(), *(group.field for group in self.groups))

    @property
    def fixed_words(self) -> list[str]:
        return [f"{group.legend}, {self._choices(group)[0][1]}" for group in self.fixed]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            chosen_parts(self.parts, self.wanted)
        except Refusal as refusal:
            raise ValidationError(refusal.sentence) from refusal
        return values

    @property
    def wanted(self) -> dict[int, str]:
        """Key of a part -> mode."""
        return {part: mode for part, mode, _waits in self._chosen()}

    @property
    def may_wait_for(self) -> frozenset[int]:
        return frozenset(part for part, _mode, waits in self._chosen() if waits)

    def _chosen(self) -> list[tuple[int, str, bool]]:
        values = [self.cleaned_data.get(group.field, NOT) for group in self.groups]
        split = [[*value.removesuffix(WAITS).split("-"), value] for value in values if value != NOT]
        return [(int(part), mode, value.endswith(WAITS)) for part, mode, value in split]

    def _begun(self) -> dict[str, str]:
        """What is chosen when the page opens: what somebody has, or what is for all, in the first way."""
        begun = {}
        for group in self.groups:
            values = [value for value, _words in self._choices(group)]
            own = [value for value in values if self._booking_of(value)]
            begun[group.field] = own[0] if own else values[0] if group.is_for_all else NOT
        return begun

    def _booking_of(self, value: str) -> PartBooking | None:
        part, _dash, mode = value.removesuffix(WAITS).partition("-")
        return self.has.get((int(part), mode)) if mode else None

    def _choices(self, group: Group) -> list[tuple[str, str]]:
        choices = [
            (value, f"{part.title}, {part_when_of(part)}, {words}" if part.choice else words)
            for part in group.parts
            for value, words in (self._choice(part, places) for places in _in_order(part))
        ]
        if group.is_for_all:
            return choices
        return [*choices, (NOT, _("keinen davon") if len(group.parts) > 1 else self.not_words())]

    def _choice(self, part: EventPart, places: PartPlaces) -> tuple[str, str]:
        value = f"{part.pk}-{places.mode}"
        words = str(places.get_mode_display())
        booking = self.has.get((part.pk, places.mode))
        if booking:
            return value, f"{words}: {self.own_words(is_waiting=booking.state in PartBooking.WAITING)}"
        if places.free > 0 and (part.pk, places.mode) not in self.waited_for:
            free = ngettext("noch %(free)d Platz frei", "noch %(free)d Plätze frei", places.free)
            return value, f"{words}: {free % {'free': places.free}}"
        return value + WAITS, f"{words}: {self.full_words()}"

    def parts_legend(self) -> str:
        return _("Woran Sie teilnehmen")

    def not_words(self) -> str:
        return _("nehme ich nicht teil")

    def own_words(self, *, is_waiting: bool) -> str:
        return _("Sie warten") if is_waiting else _("Ihr Platz")

    def full_words(self) -> str:
        return _("kein Platz frei, Sie kommen auf die Warteliste")


class RegisterForm(PartsForm):
    faults = LINE_FAULTS

    name = OneLine(
        label=gettext_lazy("Vor- und Nachname"),
        max_length=120,
        error_messages={"required": gettext_lazy("Geben Sie an, wer teilnimmt.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = EmailField(
        label=gettext_lazy("E-Mail-Adresse"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Geben Sie Ihre E-Mail-Adresse an, zum Beispiel name@beispiel.de."),
            "max_length": gettext_lazy("Geben Sie eine Adresse mit höchstens 254 Zeichen an."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Sie nehmen teil als"),
        choices=Role.choices,
        initial=Role.BUSINESS.value,
    )
    firm_name = OneLine(
        label=gettext_lazy("Firma oder Organisation"),
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    phone = PhoneField(
        label=gettext_lazy("Telefon"),
        help_text=gettext_lazy("Nur für Rückfragen zu dieser Veranstaltung"),
        required=False,
    )
    catering = OneLine(
        label=gettext_lazy("Wünsche zum Essen"),
        help_text=gettext_lazy("Zum Beispiel vegetarisch oder eine Unverträglichkeit"),
        required=False,
        max_length=200,
    )
    accessibility = OneLine(
        label=gettext_lazy("Benötigen Sie Unterstützung?"),
        help_text=gettext_lazy("Zum Beispiel stufenloser Zugang oder Gebärdensprache"),
        required=False,
        max_length=200,
    )

    def __init__(self, data: Any = None, *, event: Event, initial: Any = None) -> None:
        super().__init__(data, event=event, initial=initial)
        if not event.asks_catering:
            del self.fields["catering"]
        self.helper.form_show_errors = False  # the page has one summary for this and the colleagues
        self.helper.layout = Layout(
            self.parts_fieldset(),
            Fieldset(
                _("Wer teilnimmt"),
                "name",
                Row(Column("firm_name"), Column("role")),
                Row(Column("email"), Column("phone")),
            ),
            HintedFieldset(
                _("Was Sie brauchen"),
                *(name for name in NEEDS if name in self.fields),
                hint=_("Das lesen nur die Veranstalter. Nach der Veranstaltung löschen wir es."),
            ),
        )

    def entry(self, *, colleagues: Iterable[Colleague]) -> Entry:
        """Call it on a valid form."""
        values = self.cleaned_data
        return Entry(
            event=self.event,
            parts=self.wanted,
            page_language=current_language(),
            colleagues=tuple(colleagues),
            **{name: values[name] for name in (*PEOPLE, *NEEDS) if name in values},
        )


class ColleagueForm(forms.Form):
    faults = LINE_FAULTS

    name = OneLine(
        label=gettext_lazy("Vor- und Nachname"),
        max_length=120,
        error_messages={"required": gettext_lazy("Geben Sie den Namen an, oder entfernen Sie die Zeile.")},
    )
    email = EmailField(
        label=gettext_lazy("E-Mail-Adresse"),
        help_text=gettext_lazy("Ohne Adresse gehen die E-Mails an Sie."),
        required=False,
        max_length=254,
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Nimmt teil als"), choices=Role.choices, initial=Role.BUSINESS.value
    )


class BringingForm(PartsForm):
    """What colleagues take part in whom somebody registers along later."""

    def __init__(self, data: Any = None, *, event: Event, own: Collection[PartBooking]) -> None:
        super().__init__(data, event=event)
        self.helper.form_show_errors = False  # the page has one summary for this and the colleagues
        has = {f"{booking.part_id}-{booking.mode}" for booking in own}
        for group in self.groups:
            for value, _words in self._choices(group):
                if value.removesuffix(WAITS) in has:
                    self.initial[group.field] = value
        if len(self.fixed) == len(self.groups):  # nothing to choose, and nothing to head
            self.helper.layout = Layout(*(group.field for group in self.groups))

    def parts_legend(self) -> str:
        return _("Woran die Neuen teilnehmen")

    def not_words(self) -> str:
        return _("nehmen nicht teil")

    def full_words(self) -> str:
        return _("kein Platz frei, es geht auf die Warteliste")


ColleagueRows = rows_of(
    ColleagueForm, row_name=gettext_lazy("Kollegin oder Kollege"), extra=0, most=MOST_COLLEAGUES
)
ColleagueRows.another_label = gettext_lazy("Kollegin oder Kollegen mit anmelden")
NewColleagueRows = rows_of(
    ColleagueForm, row_name=gettext_lazy("Kollegin oder Kollege"), most=MOST_COLLEAGUES
)
NewColleagueRows.another_label = gettext_lazy("Noch jemanden eintragen")


def colleagues_in(rows: Any) -> list[Colleague]:
    """Of valid rows; empty and removed ones are left out."""
    kept = [form.cleaned_data for form in rows.forms if not form.cleaned_data.get("DELETE")]
    return [
        Colleague(name=values["name"], role=values["role"], email=values["email"])
        for values in kept
        if values.get("name")
    ]


def _in_order(part: EventPart) -> list[PartPlaces]:
    return sorted(part.places.all(), key=lambda places: Mode.values.index(places.mode))
