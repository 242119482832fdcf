"""Lists of things that come in and go out: their pages, and where each of them is."""

from django.urls import reverse

from partnership.queries import firms_of
from tests.assetmarking.importing.steps import HEAD, check, workbook
from tests.assetmarking.thefts.steps import firm_of
from tests.browser.addresses import Paths
from tests.personas import World

PAGES = {
    "alice": [
        *("assetmarking:import", "assetmarking:import_run", "assetmarking:import_columns"),
        "assetmarking:export_choice",
    ]
}
NO_PAGES = {
    *("assetmarking:export", "assetmarking:import_duplicates", "assetmarking:import_confirm"),
    *("assetmarking:import_drop", "assetmarking:import_faulty"),
}


def paths(world: World) -> Paths:
    """A list with a good and a faulty row, and one with a column that nobody understands."""
    firm = firms_of(world.alice).first() or firm_of(world.alice)
    rows = (("Bohrhammer", "Norvik", "NB-1", 2020, 649), ("Säge", "Norvik", "NB-2", "20O5", 99))
    run = check(firm, world.alice, workbook(HEAD, *rows))
    asking = check(firm, world.alice, workbook((*HEAD, "Farbton"), (*rows[0], "grün")))
    return {
        "assetmarking:import": reverse("assetmarking:import", args=[firm.pk]),
        "assetmarking:import_run": reverse("assetmarking:import_run", args=[run.pk]),
        "assetmarking:import_columns": reverse("assetmarking:import_columns", args=[asking.pk]),
        "assetmarking:export_choice": reverse("assetmarking:export_choice", args=[firm.pk]),
    }
