"""What a desk fills in with somebody on the telephone, and with which it changes what somebody takes part in."""

from itertools import groupby
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from forums.desk.entering import WhenFull
from forums.event_words import part_when_of
from forums.models import Event, EventPart, PartPlaces, Registration, Role
from forums.registering.registering import Entry
from partnership.forms.layout import HintedFieldset
from partnership.forms.lines import LINE_FAULTS, EmailField, OneLine, PhoneField

NO_CHOICE = ""


class PartsForm(forms.Form):
    """A list for each part, and one for parts of which one takes one: each with its ways and what is free.

    A part for all that has one way only is not asked about.
    """

    def __init__(self, data: QueryDict | None = None, *, parts: list[EventPart], **options: Any) -> None:
        super().__init__(data, **options)
        self.part_fields: list[str] = []
        for group in _groups(parts):
            ways = [(part, places) for part in group for places in part.places.all()]
            if not ways or (group[0].is_for_all and len(ways) == 1):
                continue
            self._ask_for(group, ways)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(*self.part_fields)

    def _ask_for(self, group: list[EventPart], ways: list[tuple[EventPart, PartPlaces]]) -> None:
        first = group[0]
        names = [(way_key(part, places), _way_words(part, places, group)) for part, places in ways]
        none = [] if first.is_for_all else [(NO_CHOICE, _now("nimmt nicht teil"))]
        name = f"teil_{first.pk}"
        self.fields[name] = forms.ChoiceField(
            label=first.choice or first.title,
            help_text=part_when_of(first) if len(group) == 1 else "",
            choices=[*none, *names],
            required=first.is_for_all,
        )
        self.part_fields.append(name)

    @property
    def parts(self) -> dict[int, str]:
        """Key of a part -> mode. Call it on a valid form."""
        chosen = (self.cleaned_data[name].split("-") for name in self.part_fields if self.cleaned_data[name])
        return {int(part): mode for part, mode in chosen}


def way_key(part: EventPart, places: PartPlaces) -> str:
    """'17-site'."""
    return f"{part.pk}-{places.mode}"


def chosen_ways(registration: Registration) -> dict[str, str]:
    """What `PartsForm` begins with for somebody: field -> value. Fetch `bookings__part`."""
    ways = {}
    for booking in registration.bookings.all():
        ways[booking.part.choice or booking.part_id] = f"{booking.part_id}-{booking.mode}"
    return {str(key): way for key, way in ways.items()}


def _groups(parts: list[EventPart]) -> list[list[EventPart]]:
    """Parts with the same choice together, where the first of them stands."""
    order: dict[str, list[EventPart]] = {}
    for part in parts:
        order.setdefault(part.choice or f"#{part.pk}", []).append(part)
    return list(order.values())


def _way_words(part: EventPart, places: PartPlaces, group: list[EventPart]) -> str:
    """'Workshop Schlösser, 13:00 bis 14:30 Uhr, vor Ort, 3 frei'."""
    words = [part.title, part_when_of(part)] if len(group) > 1 else []
    free = _now("%(free)d frei") % {"free": places.free} if places.free else _now("kein Platz frei")
    return ", ".join([*words, str(places.get_mode_display()), free])


class EnteringForm(PartsForm):
    """Somebody on the telephone; an address is not needed."""

    faults = LINE_FAULTS | {
        "no_contact": _("E-Mail oder Telefon fehlt"),
        "no_reason": _("Der Grund fehlt"),
        "known": _("Vielleicht schon angemeldet"),
    }

    name = OneLine(
        label=_("Vor- und Nachname"),
        max_length=120,
        error_messages={"required": _("Fragen Sie nach dem Namen: Er steht an der Tür auf der Liste.")},
    )
    role = forms.ChoiceField(label=_("nimmt teil als"), choices=Role.choices)
    firm_name = OneLine(label=_("Firma oder Organisation"), max_length=160, required=False)
    phone = PhoneField(label=_("Telefon"), required=False, help_text=_("Für Rückfragen, mit Vorwahl"))
    email = EmailField(
        label=_("E-Mail-Adresse"),
        max_length=254,
        required=False,
        help_text=_("Für Bestätigung, Kalenderdatei und Ticket"),
    )
    catering = OneLine(label=_("Wünsche zum Essen"), max_length=200, required=False)
    accessibility = OneLine(label=_("Unterstützung"), max_length=200, required=False)
    when_full = forms.ChoiceField(
        label=_("Wenn kein Platz frei ist"),
        choices=WhenFull.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    reason = OneLine(
        label=_("Grund, trotzdem aufzunehmen"),
        max_length=200,
        required=False,
        help_text=_("Zum Beispiel: zusätzlicher Stuhl. Er bleibt bei der Anmeldung stehen."),
    )
    is_somebody_else = forms.BooleanField(label=_("Das ist jemand anderes: eintragen"), required=False)

    def __init__(
        self, data: QueryDict | None = None, *, event: Event, parts: list[EventPart], **options: Any
    ) -> None:
        super().__init__(data, parts=parts, **options)
        self.event = event
        asked = ["accessibility"]
        if event.asks_catering:
            asked.insert(0, "catering")
        else:
            del self.fields["catering"]
        self.helper.layout = Layout(
            Fieldset(
                _("Wer teilnimmt"),
                "name",
                Row(Column("phone"), Column("email")),
                Row(Column("firm_name"), Column("role")),
            ),
            *([Fieldset(_("Programm"), *self.part_fields)] if self.part_fields else []),
            Fieldset(_("Für den Tag"), *asked),
        )

    def ask_when_full(self) -> None:
        """Somewhere no place is free, or one of several has none."""
        self.helper.layout.append(
            HintedFieldset(
                _("Wenn kein Platz frei ist"),
                "when_full",
                "reason",
                hint=_("Oder wählen Sie oben einen anderen Teil."),
            )
        )

    def ask_who_it_is(self) -> None:
        self.helper.layout.append("is_somebody_else")

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        named = {"email", "phone"} & set(self.errors)
        if not (named or values.get("email") or values.get("phone")):
            sentence = _("Fragen Sie nach einer Telefonnummer oder einer E-Mail-Adresse.")
            self.add_error("phone", ValidationError(sentence, code="no_contact"))
        if values.get("when_full") == WhenFull.BEYOND and not values.get("reason"):
            sentence = _("Nennen Sie den Grund, aus dem Sie über die Plätze hinaus aufnehmen.")
            self.add_error("reason", ValidationError(sentence, code="no_reason"))
        return values

    def entry(self) -> Entry:
        """Call it on a valid form."""
        given = {name: self.cleaned_data.get(name, "") for name in Entry.__dataclass_fields__ if name in self.fields}
        return Entry(event=self.event, parts=self.parts, **given)
