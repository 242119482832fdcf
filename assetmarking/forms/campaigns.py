"""The code that a firm was given where things were marked."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assetmarking.models import Campaign
from partnership.forms.lines import OneLine

NO_CAMPAIGN = _("Diesen Code gibt es nicht")
"""For a form's `faults`."""


class CampaignField(OneLine):
    """Comes out as the campaign, or None where it is left empty."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Code der Aktion"),
            help_text=_(
                "Nur, wenn Sie bei einer Kennzeichnungsaktion einen bekommen haben. Die Aktion zählt damit, "
                "was aus den Geräten wird, ohne Ihren Namen."
            ),
            required=False,
            max_length=12,
        )

    def clean(self, value: Any) -> Campaign | None:
        code = super().clean(value).upper().replace(" ", "")
        found = Campaign.objects.filter(code=code).first() if code else None
        if code and found is None:
            raise ValidationError(
                _("Diesen Code gibt es nicht. Lassen Sie das Feld leer, oder prüfen Sie ihn."),
                code="campaign",
            )
        return found
