"""Where QR code and words stand on a label: millimetres from its upper left corner, type in points."""

import math
from dataclasses import dataclass

from assetmarking.codes.own_code import LENGTH
from assetmarking.labels.formats import LabelFormat

POINTS = 72 / 25.4
"""In a millimetre."""
BESIDE = 1.5
"""From this ratio of width to height on, words stand beside the code and not below it."""
LARGEST_CODE, SMALLEST_CODE = 30.0, 9.0
EDGE, UNPRINTED = 1.0, 4.0
"""Nothing is written nearer to the label's edge, nor to a sheet's, where printers do not reach."""
TYPE_MOST, TYPE_LEAST, SMALL_MOST, SMALL_LEAST = 24.0, 5.0, 8.0, 3.8
CODE_WIDTH = 0.63 * (LENGTH + 1)
"""Of our codes, in ems of the semibold type."""
SMALL_WIDTH, LINE = 0.56, 1.15
"""Of a small character, and the height of a line, in ems."""


@dataclass(frozen=True, slots=True)
class Design:
    """`side` is that of the QR code with the white around it."""

    side: float
    qr_x: float
    qr_y: float
    text_x: float
    text_y: float
    text_width: float
    text_height: float
    code_size: float
    small_size: float

    @property
    def is_readable(self) -> bool:
        return self.side >= SMALLEST_CODE and self.code_size >= TYPE_LEAST


def design_of(format: LabelFormat, *, characters: int = 0) -> Design:
    """`characters` are those of the small words below our code."""
    width, height = format.label_width, format.label_height
    if width >= BESIDE * height:
        side = min(height, LARGEST_CODE)
        corner, x, top = (0.0, (height - side) / 2), side, EDGE / 2
        room_width, room_height = width - side - _edge_of(format), height - EDGE
    else:
        side = min(width, height * 0.72, LARGEST_CODE)
        corner, x, top = ((width - side) / 2, 0.0), EDGE, side
        room_width, room_height = width - 2 * EDGE, height - side - EDGE / 2
    code_size = max(min(room_width * POINTS / CODE_WIDTH, room_height * POINTS * 0.4, TYPE_MOST), 0.0)
    small_size = max(min(code_size * 0.55, SMALL_MOST), SMALL_LEAST)
    if room_width <= 0:
        return Design(side, *corner, x, top, 0.0, 0.0, 0.0, 0.0)
    lines = math.ceil(characters * SMALL_WIDTH * small_size / (room_width * POINTS))
    used = (code_size + lines * small_size) * LINE / POINTS
    y = top + max((room_height - used) / 2, 0.0)
    return Design(side, *corner, x, y, room_width, room_height, round(code_size, 1), round(small_size, 1))


def _edge_of(format: LabelFormat) -> float:
    """On the right. Rolls are printed from edge to edge."""
    if format.per_page == 1:
        return EDGE
    last = format.margin_left + (format.columns - 1) * format.pitch_x + format.label_width
    return max(EDGE, UNPRINTED - (format.page_width - last))
