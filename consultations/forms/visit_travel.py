"""How a directorate reckons with ways and days."""

from typing import Any

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.models import TravelPlan
from partnership.forms.administration.base import EditForm
from partnership.forms.fields import number_field, time_field
from partnership.forms.layout import HintedFieldset
from partnership.models import Office


class TravelPlanForm(EditForm, forms.ModelForm):  # type: ignore[type-arg]
    detour_percent = number_field(
        _("Umweg der Straße in Prozent"),
        least=0,
        most=150,
        help_text=_("Um so viel ist der Weg länger als die Luftlinie; im Mittel etwa 30."),
    )
    speed_near = number_field(_("Bis 10 km"), least=10, most=130)
    speed_middle = number_field(_("Von 10 bis 30 km"), least=10, most=130)
    speed_far = number_field(_("Ab 30 km"), least=10, most=130)
    visit_minutes = number_field(_("Dauer eines Besuchs"), least=15, most=300)
    buffer_before = number_field(_("Davor"), least=0, most=60)
    buffer_after = number_field(_("Danach"), least=0, most=60)
    day_from = time_field(_("Arbeitstag von"))
    day_to = time_field(_("Arbeitstag bis"))
    layout = Layout(
        HintedFieldset(
            _("Wie lange ein Weg dauert"),
            "detour_percent",
            Row(Column("speed_near"), Column("speed_middle"), Column("speed_far")),
            hint=_(
                "Eine Schätzung ohne Kartendienst: Luftlinie und Umweg, gefahren in Kilometern je Stunde."
            ),
        ),
        HintedFieldset(
            _("Wie lange ein Besuch dauert"),
            Row(Column("visit_minutes"), Column("buffer_before"), Column("buffer_after")),
            hint=_("In Minuten. Davor und danach: ankommen, einpacken, Luft."),
        ),
        Fieldset(_("Der Tag"), "start", Row(Column("day_from"), Column("day_to"))),
    )

    class Meta:
        model = TravelPlan
        fields = [
            *("detour_percent", "speed_near", "speed_middle", "speed_far"),
            *("visit_minutes", "buffer_before", "buffer_after", "start", "day_from", "day_to"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        start: Any = self.fields["start"]
        start.queryset = Office.objects.filter(organisation=self.instance.police_id, is_active=True)
        start.empty_label = _("Die erste Dienststelle")

    def clean(self) -> dict[str, Any]:
        super().clean()
        first, last = self.cleaned_data.get("day_from"), self.cleaned_data.get("day_to")
        if first and last and last <= first:
            self.object("day_to", str(_("Das Ende liegt vor dem Beginn. Geben Sie eine spätere Uhrzeit an.")))
        return self.cleaned_data
