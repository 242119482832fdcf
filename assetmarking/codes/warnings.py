"""What may be wrong with a mark as somebody typed it. Nothing is refused for it."""

from django.utils.translation import gettext as _

from assetmarking.codes import ein, vin
from assetmarking.codes.own_code import read_own_code
from assetmarking.models import MarkKind


def warnings_for(kind: str, text: str) -> list[str]:
    """Sentences for whoever typed it; none where all is well or nothing can be told."""
    if kind == MarkKind.IDENTIFICATION:
        return vin.warnings_of(text)
    if kind == MarkKind.OWN_CODE and read_own_code(text) is None:
        return [_("Dieser Code stammt nicht von diesem Portal, oder ein Zeichen ist anders.")]
    if kind == MarkKind.EIN and not ein.readings_of(text):
        return [
            _(
                "Diese EIN hat keinen Aufbau, den das Portal kennt. "
                "Steht sie so auf dem Gerät, lassen Sie sie so."
            )
        ]
    return []
