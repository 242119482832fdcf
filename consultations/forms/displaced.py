"""What is to happen to each booking that loses its time."""

from collections import Counter
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.displaced import Displaced, Way
from consultations.forms.desk import CancelForm
from consultations.offers import choice_value, read_choice
from consultations.queries import FreeTime
from partnership.forms.fields import set_choices
from partnership.times import clock_span, long_date, short_moment

CANCEL = "absagen"


class DisplacedForm(CancelForm):
    """A reason for all, and a way for each booking: `weg_<key>`.

    The nearest time of the same house is proposed, each only once; without one, to cancel. Without
    `names_firms` a booking goes by its number.
    """

    faults = {"twice": gettext_lazy("Die Zeit ist zweimal gewählt")}

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        hint: str,
        displaced: list[Displaced],
        names_firms: bool = True,
    ) -> None:
        super().__init__(data, hint=hint)
        self.displaced = displaced
        proposed: set[str] = set()
        for booking in displaced:
            name = _name(booking)
            self.fields[name] = forms.ChoiceField(
                label=_label(booking, names_firms),
                help_text=_hint(booking),
                initial=_proposal(booking, proposed),
                error_messages={
                    "required": _("Wählen Sie, was mit diesem Termin geschieht."),
                    "invalid_choice": _("Diese Zeit ist inzwischen vergeben. Wählen Sie eine andere."),
                },
            )
            set_choices(self, name, _choices(booking))
        self.helper.layout = Layout(*[_name(booking) for booking in displaced], "reason")

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        names = [_name(booking) for booking in self.displaced]
        count = Counter(values[name] for name in names if values.get(name, CANCEL) != CANCEL)
        for name in names:
            if count.get(values.get(name, ""), 0) > 1:
                words = _(
                    "Diese Zeit haben Sie zweimal vergeben. Wählen Sie für einen der Termine eine andere."
                )
                self.add_error(name, forms.ValidationError(words, code="twice"))
        return self.cleaned_data

    def ways(self) -> list[Way]:
        """Call it on a valid form."""
        return [
            Way(booking.appointment.pk, read_choice(self.cleaned_data[_name(booking)]))
            for booking in self.displaced
        ]


def _name(booking: Displaced) -> str:
    return f"weg_{booking.appointment.pk}"


def _label(booking: Displaced, names_firms: bool) -> str:
    appointment = booking.appointment
    who = appointment.firm_name if names_firms else appointment.reference
    return f"{who}, {long_date(_day(booking))}, " + clock_span(appointment.starts_at, appointment.ends_at)


def _day(booking: Displaced) -> Any:
    assert booking.appointment.lane is not None
    return booking.appointment.lane.hours.day


def _hint(booking: Displaced) -> str:
    if not booking.appointment.contact_email:
        return _("Ohne E-Mail-Adresse: wird ein Anruf")
    if not booking.reads_mail:
        return _("E-Mails kommen dort nicht an: wird ein Anruf")
    if booking.needs_call:
        return _("Beginnt in weniger als drei Stunden: E-Mail und Anruf")
    return _("Die Firma bekommt eine E-Mail.")


def _choices(booking: Displaced) -> list[tuple[str, str]]:
    moves = [(choice_value(time), _move_words(booking, time)) for time in booking.offers]
    return [*moves, (CANCEL, _("absagen und andere Zeiten nennen"))]


def _move_words(booking: Displaced, time: FreeTime) -> str:
    assert booking.appointment.lane is not None
    words = {"when": short_moment(time.starts_at), "office": time.hours.office.name}
    if time.hours.office_id == booking.appointment.lane.hours.office_id:
        return _("auf %(when)s verschieben") % words
    return _("auf %(when)s verschieben, %(office)s") % words


def _proposal(booking: Displaced, proposed: set[str]) -> str:
    assert booking.appointment.lane is not None
    own = booking.appointment.lane.hours.office_id
    for time in booking.offers:
        value = choice_value(time)
        if time.hours.office_id == own and value not in proposed:
            proposed.add(value)
            return value
    return CANCEL
