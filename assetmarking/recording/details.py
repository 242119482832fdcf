"""What is entered about a thing and its marks, and what is refused: rules of a row, without the database."""

import datetime
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from assetmarking.categories import LEAVES, OTHER
from assetmarking.matching.keys import is_no_number, key_of
from assetmarking.models import Asset, Mark, MarkKind
from partnership.models import Site
from partnership.refusals import Refusal

OLDEST = 1900
MOST_VALUE = Decimal("99999999.99")
TYPED_KINDS = [(kind.value, kind.label) for kind in MarkKind if kind != MarkKind.OWN_CODE]
"""Kinds that people enter; our own codes come by adopting a label."""


@dataclass(frozen=True, kw_only=True)
class ThingDetails:
    """`value` in euros; `kept_at` and `site` are for the owner and for police who have opened the thing."""

    name: str
    category: str = OTHER
    make: str = ""
    model: str = ""
    year: int | None = None
    value: Decimal | None = None
    peculiarities: str = ""
    own_number: str = ""
    site: Site | None = None
    kept_at: str = ""


@dataclass(frozen=True, kw_only=True)
class MarkDetails:
    """`vendor` is who keeps the register of a forensic mark."""

    text: str
    kind: str = MarkKind.SERIAL
    vendor: str = ""
    place: str = ""
    marked_by: str = ""
    marked_on: datetime.date | None = None


def check_thing(details: ThingDetails, *, this_year: int) -> None:
    """Raises Refusal, with the sentence for the row."""
    if not details.name.strip():
        raise Refusal(_("Geben Sie an, was es ist, zum Beispiel „Bohrhammer“."))
    if details.category not in LEAVES:
        raise Refusal(_("Diese Art gibt es nicht. Wählen Sie eine aus der Liste."))
    if details.year is not None and not OLDEST <= details.year <= this_year + 1:
        raise Refusal(
            _("Das Baujahr passt nicht. Geben Sie ein Jahr von %(first)d bis %(last)d an.")
            % {"first": OLDEST, "last": this_year + 1}
        )
    if details.value is not None and not 0 <= details.value <= MOST_VALUE:
        raise Refusal(_("Geben Sie den Wert in Euro an, zum Beispiel 649,00."))


def check_mark(mark: MarkDetails) -> None:
    """Raises Refusal, with the sentence for the row."""
    if is_no_number(mark.text):
        raise Refusal(
            _("„%(text)s“ ist keine Nummer. Lassen Sie das Feld leer, wenn Sie die Nummer nicht kennen.")
            % {"text": mark.text.strip()}
        )
    if mark.kind == MarkKind.OWN_CODE:
        raise Refusal(
            _("Codes dieses Portals kommen mit einem Etikett. Kleben Sie es auf und scannen Sie es.")
        )


def unsaved_thing(details: ThingDetails, **fields: object) -> Asset:
    """`fields`: firm, reference and who has recorded it."""
    values = {name: getattr(details, name) for name in ThingDetails.__dataclass_fields__}
    return Asset(**values | fields)


def unsaved_mark(mark: MarkDetails, *, asset: Asset) -> Mark:
    return Mark(asset=asset, key=key_of(mark.kind, mark.text), **asdict(mark))
