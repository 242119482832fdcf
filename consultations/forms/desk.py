"""What the desk fills in: searches, the reason of a cancellation, a corrected address."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from consultations.models import Appointment, OfficeHours
from partnership.forms.fields import date_field
from partnership.forms.lines import OneLine
from partnership.forms.search import Search
from partnership.models import Office

State = Appointment.State
SHOWN_STATES = [choice for choice in State.choices if choice[0] not in (State.HELD, State.PROPOSED)]


class HouseSearch(Search):
    """In some houses, or in one of them. It has a field `haus`."""

    def __init__(self, data: QueryDict, *, offices: list[Office]) -> None:
        self.offices = {str(office.pk): office for office in offices}
        names = [(key, office.name) for key, office in self.offices.items()]
        super().__init__(data, choices={"haus": [("", _("Alle Häuser")), *names]})

    @property
    def office(self) -> Office | None:
        return self.offices.get(self.given("haus") or "")


class HoursFilter(HouseSearch):
    haus = forms.ChoiceField(label=_("Haus"), required=False)
    stand = forms.ChoiceField(
        label=_("Stand"), required=False, choices=[("", _("Alle")), *OfficeHours.State.choices]
    )

    def __init__(self, data: QueryDict, *, offices: list[Office]) -> None:
        super().__init__(data, offices=offices)
        self.helper.layout = Layout(Row(Column("haus"), Column("stand")))


class AppointmentSearch(HouseSearch):
    suche = forms.CharField(
        label=_("Firma, Name, Terminnummer, E-Mail oder Telefon"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    haus = forms.ChoiceField(label=_("Haus"), required=False)
    stand = forms.ChoiceField(label=_("Stand"), required=False, choices=[("", _("Alle")), *SHOWN_STATES])
    von = date_field(_("von"), required=False)
    bis = date_field(_("bis"), required=False)


class CancelForm(forms.Form):
    reason = OneLine(
        label=_("Grund"),
        max_length=200,
        error_messages={"required": _("Nennen Sie den Grund. Er steht in der E-Mail.")},
    )

    def __init__(self, data: QueryDict | None = None, *, hint: str) -> None:
        super().__init__(data)
        self.fields["reason"].help_text = hint
        self.helper = FormHelper()
        self.helper.form_tag = False
