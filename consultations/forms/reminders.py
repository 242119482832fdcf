"""When whom to remind, and with which words of the partnership's own."""

from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.models import ReminderPlan
from partnership.forms.administration.base import EditForm
from partnership.forms.fields import number_field, time_field
from partnership.forms.layout import HintedFieldset


class ReminderPlanForm(EditForm, forms.ModelForm):  # type: ignore[type-arg]
    confirm_hours = number_field(_("Stunden nach der Buchung"), least=1, most=48)
    week_days = number_field(_("Tage vor dem Termin"), least=2, most=60)
    day_days = number_field(_("Tage vor dem Termin"), least=1, most=14)
    officer_at = time_field(_("Uhrzeit am Vorabend"))
    desk_at = time_field(_("Uhrzeit am Morgen"))
    outcome_at = time_field(_("Uhrzeit am Tag danach"))
    layout = Layout(
        HintedFieldset(
            _("Noch nicht bestätigt"),
            *("confirm_on", "confirm_hours", Row(Column("confirm_text_de"), Column("confirm_text_en"))),
            hint=_("Eine E-Mail an die Firma. Am letzten Tag um 9 Uhr steht sie in der Liste der Anrufe."),
        ),
        HintedFieldset(
            _("Frühe Erinnerung an die Firma"),
            *("week_on", "week_days", Row(Column("week_text_de"), Column("week_text_en"))),
            hint=_("Zur selben Uhrzeit wie der Termin. Wer später bucht, bekommt nur die späte."),
        ),
        HintedFieldset(
            _("Späte Erinnerung an die Firma"),
            *("day_on", "day_days", Row(Column("day_text_de"), Column("day_text_en"))),
            hint=_(
                "Zur selben Uhrzeit wie der Termin. In den letzten zwei Stunden davor erinnern wir nicht."
            ),
        ),
        HintedFieldset(
            _("Polizei und Kammern"),
            *("officer_on", "officer_at", "desk_on", "desk_at", "outcome_on", "outcome_at"),
            hint=_("Am Vorabend der Tag von morgen, am Morgen der Tag im Haus, danach fehlende Ergebnisse."),
        ),
    )

    class Meta:
        model = ReminderPlan
        fields = [
            *("confirm_on", "confirm_hours", "confirm_text_de", "confirm_text_en"),
            *("week_on", "week_days", "week_text_de", "week_text_en"),
            *("day_on", "day_days", "day_text_de", "day_text_en"),
            *("officer_on", "officer_at", "desk_on", "desk_at", "outcome_on", "outcome_at"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if "_text_" in name:
                is_german = name.endswith("_de")
                field.label = _("Eigene Worte, deutsch") if is_german else _("Eigene Worte, englisch")
                field.help_text = _("Zum Beispiel, was mitzubringen ist")
                field.widget = forms.Textarea(attrs={"rows": 3})

    def clean(self) -> dict[str, Any]:
        super().clean()
        week, day = self.cleaned_data.get("week_days"), self.cleaned_data.get("day_days")
        if week and day and week <= day:
            self.object("week_days", str(_("Die frühe Erinnerung muss vor der späten liegen.")))
        return self.cleaned_data
