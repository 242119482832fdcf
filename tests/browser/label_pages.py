"""Labels of a firm, and help with codes: their pages, and where each of them is."""

from django.urls import reverse

from assetmarking.labels import printing
from assetmarking.models import OwnLabelFormat, PrinterOffset
from partnership.queries import firms_of
from tests.asset_factories import make_label
from tests.assetmarking.labels.steps import order
from tests.assetmarking.thefts.steps import firm_of
from tests.browser.addresses import Paths, under
from tests.personas import World

OF_FIRM = ("labels", "labels_in_advance", "labels_for_things", "label_format_new", "printer_new")
PAGES = {
    "alice": [
        *(f"assetmarking:{name}" for name in OF_FIRM),
        *("assetmarking:label_sheet", "assetmarking:label_format", "assetmarking:label_format_remove"),
        *("assetmarking:printer_remove", "assetmarking:adopt"),
        "assetmarking:ein",
    ]
}
NO_PAGES = {
    *("assetmarking:label_test_sheet", "assetmarking:label_pdf", "assetmarking:label_print_again"),
    *("assetmarking:stick", "assetmarking:thing_labels"),
}


def paths(world: World) -> Paths:
    """A sheet that is printed, an own format, a printer, and a label that sticks on nothing yet."""
    firm = firms_of(world.alice).first() or firm_of(world.alice)
    sheet, label = order(world, firm), make_label(firm)
    printing.print_labels(sheet.pk)
    measures = {"page_width": 210, "page_height": 297, "label_width": 50, "label_height": 20}
    places = {"margin_left": 5, "margin_top": 8, "pitch_x": 50, "pitch_y": 20, "columns": 4, "rows": 14}
    own = OwnLabelFormat.objects.create(firm=firm, name="Reste", **measures | places)
    printer = PrinterOffset.objects.create(firm=firm, name="Büro", x=1, y=-1)
    return {
        **under("assetmarking:", OF_FIRM, firm.pk),
        **under("assetmarking:", ("label_format", "label_format_remove"), own.pk),
        "assetmarking:label_sheet": reverse("assetmarking:label_sheet", args=[sheet.pk]),
        "assetmarking:printer_remove": reverse("assetmarking:printer_remove", args=[printer.pk]),
        "assetmarking:adopt": reverse("assetmarking:adopt", args=[label.code]),
        "assetmarking:ein": reverse("assetmarking:ein"),
    }
