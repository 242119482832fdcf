"""Labels as a firm orders them, and reading them again from the printed page."""

import io

import pypdfium2
import zxingcpp
from PIL import Image

from assetmarking.labels.formats import NAMED, LabelFormat
from assetmarking.labels.ordering import Paper, order_in_advance
from assetmarking.models import LabelSheet
from partnership.models import Firm, Person
from tests.personas import World

DOTS = 300
SMALLEST, LARGEST = NAMED[0], NAMED[3]


def order(
    world: World, firm: Firm, *, count: int = 3, actor: Person | None = None, **paper: object
) -> LabelSheet:
    chosen = Paper(**{"format": SMALLEST, **paper})  # type: ignore[arg-type]
    return order_in_advance(
        firm_id=firm.pk,
        partnership=world.partnership,
        paper=chosen,
        count=count,
        actor=actor or world.alice,
    )


def page_of(pdf: bytes, number: int = 0) -> Image.Image:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        return document[number].render(scale=DOTS / 72).to_pil()
    finally:
        document.close()


def read_at(page: Image.Image, format: LabelFormat, number: int) -> str:
    """What the label at a place of the first page says; empty where nothing is printed."""
    _page, x, y = format.place(number)
    corners = (x, y, x + format.label_width, y + format.label_height)
    found = zxingcpp.read_barcodes(page.crop(tuple(round(corner / 25.4 * DOTS) for corner in corners)))
    return found[0].text if found else ""
