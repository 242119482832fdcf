"""Sheets and rolls of labels. All lengths in millimetres; a pitch is from one label's edge to the next one's.

The named ones are the makers' measures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assetmarking.models import LabelSheet, OwnLabelFormat
from partnership.models import Firm

OWN = "own:"
MEASURES = (
    *("page_width", "page_height", "label_width", "label_height", "margin_left", "margin_top"),
    *("pitch_x", "pitch_y", "columns", "rows"),
)


@dataclass(frozen=True, slots=True)
class LabelFormat:
    key: str
    name: Any
    page_width: float
    page_height: float
    label_width: float
    label_height: float
    margin_left: float
    margin_top: float
    pitch_x: float
    pitch_y: float
    columns: int
    rows: int

    @property
    def per_page(self) -> int:
        return self.columns * self.rows

    @property
    def measures(self) -> list[float]:
        return [getattr(self, field) for field in MEASURES]

    @property
    def words(self) -> str:
        """'Avery Zweckform L4731: 25,4 × 10 mm, 189 auf einem Blatt'."""
        size = {
            "name": self.name,
            "width": _in_words(self.label_width),
            "height": _in_words(self.label_height),
            "count": self.per_page,
        }
        if self.per_page == 1:
            return _("%(name)s: %(width)s × %(height)s mm") % size
        return _("%(name)s: %(width)s × %(height)s mm, %(count)s auf einem Blatt") % size

    def place(self, number: int) -> tuple[int, float, float]:
        """Page from 0 and the label's upper left corner; `number` counts from 0, along the rows."""
        page, on_page = divmod(number, self.per_page)
        row, column = divmod(on_page, self.columns)
        return page, self.margin_left + column * self.pitch_x, self.margin_top + row * self.pitch_y


NAMED = (
    LabelFormat("l4731", "Avery Zweckform L4731", 210, 297, 25.4, 10.0, 8.6, 13.5, 27.9, 10, 7, 27),
    LabelFormat("l4732", "Avery Zweckform L4732", 210, 297, 35.6, 16.9, 11, 13.3, 38.1, 16.9, 5, 16),
    LabelFormat("l7160", "Avery Zweckform L7160", 210, 297, 63.5, 38.1, 7.2, 15.1, 66, 38.1, 3, 7),
    LabelFormat("l7163", "Avery Zweckform L7163", 210, 297, 99.1, 38.1, 4.7, 15.1, 101.6, 38.1, 2, 7),
    LabelFormat("3490", "Avery Zweckform 3490", 210, 297, 70, 36, 0, 4.5, 70, 36, 3, 8),
    LabelFormat("62mm", gettext_lazy("Rolle, 62 mm breit"), 62, 29, 62, 29, 0, 0, 62, 29, 1, 1),
)


def format_of(row: OwnLabelFormat) -> LabelFormat:
    return _format(f"{OWN}{row.pk}", row.name, [float(getattr(row, field)) for field in MEASURES])


def format_of_sheet(sheet: LabelSheet) -> LabelFormat:
    """As it was when the sheet was ordered; the firm may have changed its own format since."""
    if sheet.measures:
        return _format(sheet.format, _("eigenes Format"), sheet.measures)
    return next(format for format in NAMED if format.key == sheet.format)


def _format(key: str, name: Any, measures: Sequence[float]) -> LabelFormat:
    values: dict[str, Any] = dict(zip(MEASURES, measures, strict=True))
    counts = {field: int(values[field]) for field in ("columns", "rows")}
    return LabelFormat(key=key, name=name, **values | counts)


def formats_of(firm: Firm) -> dict[str, LabelFormat]:
    """The firm's own first."""
    own: QuerySet[OwnLabelFormat] = firm.label_formats.all()
    return {format.key: format for format in (*map(format_of, own), *NAMED)}


def _in_words(length: float) -> str:
    return number_format(length, 0 if float(length).is_integer() else 1)
