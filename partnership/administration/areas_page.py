"""Areas as rows of ready strings."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import ngettext

from partnership.models import Area

POSTCODES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class AreaRow:
    pk: int
    name: str
    numbers: str


def lay_out_areas(areas: Iterable[Area]) -> list[AreaRow]:
    return [AreaRow(area.pk, area.name, _numbers(area)) for area in areas]


def _numbers(area: Area) -> str:
    """'14729160, 04668, 04685' and how many postcodes more."""
    words = ", ".join([area.ags, *area.postcodes[:POSTCODES_SHOWN]])
    more = len(area.postcodes) - POSTCODES_SHOWN
    if more <= 0:
        return words
    template = ngettext(
        "%(numbers)s und %(more)d weitere Postleitzahl",
        "%(numbers)s und %(more)d weitere Postleitzahlen",
        more,
    )
    return template % {"numbers": words, "more": more}
