"""Sheets as PDF/UA. WeasyPrint sets the words; the QR codes are drawn into its pages as vectors afterwards,
since as pictures of the document they would take most of the time.

To a screen reader they are decoration: each stands beside its own code as text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from assetmarking.codes.own_code import LENGTH
from assetmarking.labels.design import POINTS, Design, design_of
from assetmarking.labels.formats import LabelFormat
from assetmarking.labels.qr import QUIET_ZONE, QrSeries
from partnership.current import absolute_url
from partnership.documents import pdf_of
from partnership.models import Partnership


@dataclass(frozen=True, slots=True)
class Placed:
    """A label on its page, corner in millimetres."""

    code: str
    x: float
    y: float


def address_of(partnership: Partnership) -> str:
    """What stands before the code behind a QR code: in capitals, which need half the room. Host names do not
    mind, and the path /K/ leads on to /k/."""
    return absolute_url(partnership, "/K/").upper()


def place_labels(
    codes: Sequence[str], format: LabelFormat, *, start: int, copies: int, offset: tuple[float, float]
) -> list[list[Placed]]:
    """Page by page, from the first free place, which is 1 on a whole sheet."""
    pages: list[list[Placed]] = []
    printed = (code for code in codes for _copy in range(copies))
    for number, code in enumerate(printed, start=start - 1):
        page, x, y = format.place(number)
        while len(pages) <= page:
            pages.append([])
        pages[page].append(Placed(code, x + offset[0], y + offset[1]))
    return pages


def render_labels(
    pages: list[list[Placed]], format: LabelFormat, *, partnership: Partnership, with_codes: bool = True
) -> bytes:
    """`with_codes` is what the bench measures."""
    with translation.override("de"):
        words = _("Registriert bei %(address)s") % {
            "address": absolute_url(partnership, "/k").partition("//")[2]
        }
        design = design_of(format, characters=len(words))
        context = {"pages": pages, "format": format, "design": design, "words": words}
        html = render_to_string("pdf/labels.html", context)
    draw = partial(_draw_codes, pages=pages, design=design, series=series_of(address_of(partnership)))
    return pdf_of(html, finisher=draw if with_codes else None)


@cache
def series_of(address: str) -> QrSeries:
    return QrSeries(address, LENGTH + 1)


def _draw_codes(
    _document: Any, pdf: Any, *, pages: list[list[Placed]], design: Design, series: QrSeries
) -> None:
    """WeasyPrint's pages count in points from the upper left corner."""
    module = design.side / (series.modules + 2 * QUIET_ZONE) * POINTS
    for page, reference in zip(pages, pdf.page_references, strict=True):
        contents = pdf.objects[int(reference.split()[0])]["Contents"]
        drawing = [b"/Artifact BMC 0 g"]
        for label in page:
            x, y = (label.x + design.qr_x) * POINTS, (label.y + design.qr_y) * POINTS
            boxes = "\n".join(
                f"{column} {row} {length} 1 re" for row, column, length in series.runs(label.code)
            )
            drawing.append(
                f"q {module:.5f} 0 0 {module:.5f} {x:.3f} {y:.3f} cm\n{boxes}\nf Q".encode("ascii")
            )
        pdf.objects[int(contents.split()[0])].stream += [*drawing, b"EMC"]
