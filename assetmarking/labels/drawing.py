"""A sheet as a drawing: to look at before a format is saved, and to measure an offset with."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from assetmarking.labels.formats import LabelFormat
from partnership.documents import pdf_of

RULER = 5
"""Millimetres to each side of a corner."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Millimetres. `frames` and `rulers` are paths; `numbers` say which place is which."""

    width: float
    height: float
    label: str
    frames: str
    rulers: str
    numbers: list[tuple[int, float, float]]
    number_size: float


def draw_sheet(format: LabelFormat) -> Drawing:
    corners = [format.place(number)[1:] for number in range(format.per_page)]
    width, height = format.label_width, format.label_height
    frame = f"h{width:g}v{height:g}h-{width:g}z"
    ruled = {corners[0], corners[len(corners) // 2], corners[-1]}
    return Drawing(
        width=format.page_width,
        height=format.page_height,
        label=_("Bogen: %(words)s") % {"words": format.words},
        frames="".join(f"M{x:g} {y:g}{frame}" for x, y in corners),
        rulers="".join(_rulers_at(x, y) for x, y in sorted(ruled)),
        numbers=[(number, x + width / 2, y + height / 2) for number, (x, y) in enumerate(corners, start=1)],
        number_size=round(min(height / 2, width / 4, 8), 1),
    )


def render_test_sheet(format: LabelFormat) -> bytes:
    with translation.override("de"):
        return pdf_of(render_to_string("pdf/label_test.html", {"drawing": draw_sheet(format)}))


def _rulers_at(x: float, y: float) -> str:
    """A mark for every millimetre, longer where it is the corner's own."""
    marks = [f"M{x - RULER:g} {y:g}h{2 * RULER}M{x:g} {y - RULER:g}v{2 * RULER}"]
    for step in range(-RULER, RULER + 1):
        length = 2 if step in (-RULER, RULER) else 1
        marks.append(f"M{x + step:g} {y - length / 2:g}v{length}M{x - length / 2:g} {y + step:g}h{length}")
    return "".join(marks)
