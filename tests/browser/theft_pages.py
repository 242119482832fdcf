"""Thefts of a firm, as it and the police see them."""

import datetime

from django.urls import reverse
from django.utils import timezone

from partnership.links import issue_link
from partnership.models import SecretLink
from partnership.queries import firms_of
from tests.asset_factories import make_asset
from tests.assetmarking.thefts.steps import firm_of, report
from tests.browser.addresses import Paths, under
from tests.personas import World

OF_REPORT = ("", "_change", "_add", "_withdraw")
PAGES = {
    "visitor": ["assetmarking:theft_back"],
    "alice": [
        *("assetmarking:report_theft", "assetmarking:thefts", "assetmarking:passports", "assetmarking:found"),
        *(f"assetmarking:theft{name}" for name in OF_REPORT),
    ],
    "paula": ["thefts:thefts", "thefts:theft", "thefts:confirm", "thefts:decline", "thefts:secured"],
}
NO_PAGES = {
    *("assetmarking:theft_pdf", "assetmarking:passport", "assetmarking:passports_pdf"),
    *("assetmarking:report_stolen", "assetmarking:returned", "thefts:opened"),
}


def paths(world: World) -> Paths:
    """One report with what is gone and what is found; a thing that is there to be chosen."""
    firm = firms_of(world.alice).first() or firm_of(world.alice)
    gone = make_asset(firm, "NV-2231")
    here = make_asset(firm, "NV-2232", name="Kreissäge")
    found = report(world, gone)
    thing = found.things.get()
    end = timezone.now() + datetime.timedelta(days=1)
    token = issue_link(thing=thing, purpose=SecretLink.Purpose.THEFT, expires_at=end)
    choosing = reverse("assetmarking:report_theft", args=[firm.pk])
    return {
        **under("assetmarking:theft", OF_REPORT, found.reference),
        **under("thefts:", ("theft", "confirm", "decline"), found.reference),
        "thefts:secured": reverse("thefts:secured", args=[found.reference, thing.pk]),
        "assetmarking:report_theft": [choosing, f"{choosing}?geraet={here.reference}&weiter=1"],
        "assetmarking:thefts": reverse("assetmarking:thefts", args=[firm.pk]),
        "assetmarking:passports": reverse("assetmarking:passports", args=[firm.pk]),
        "assetmarking:found": reverse("assetmarking:found", args=[gone.reference]),
        "assetmarking:theft_back": reverse("assetmarking:theft_back", args=[token]),
    }
