"""Things of a firm: their pages by who opens them, and where each of them is."""

from django.urls import reverse

from assetmarking.models import Asset, Receipt
from assetmarking.transferring.transferring import offer_thing
from partnership.models import OutgoingMail
from partnership.queries import firms_of
from tests.asset_factories import make_asset
from tests.assetmarking.thefts.steps import firm_of
from tests.browser.addresses import Paths, under
from tests.personas import World

OF_THING = ("thing", "edit", "delete", "photos", "mark_new", "receipt", "receipt_remove", "lend", "retire")
PAGES = {
    "visitor": ["assetmarking:start", "assetmarking:transfer_offer"],
    "alice": [
        *("assetmarking:things", "assetmarking:new", "assetmarking:mark_remove", "assetmarking:transfer"),
        *(f"assetmarking:{name}" for name in OF_THING),
    ],
}
NO_PAGES = {
    *("assetmarking:receipt_file", "assetmarking:take_back", "assetmarking:undo_retirement"),
    *("assetmarking:withdraw_offer", "assetmarking:transfer_decline"),
}
QUERIES = {"assetmarking:things": ["", "?suche=nichts", "?stand=stolen"]}


def paths(world: World) -> Paths:
    """One thing with a receipt, one that is offered to somebody."""
    firm = firms_of(world.alice).first() or firm_of(world.alice)
    asset = make_asset(firm, "NV-4471", peculiarities="Griff mit rotem Band")
    offered = make_asset(firm, "NV-4472", state=Asset.State.IN_USE)
    Receipt.objects.create(asset=asset, kind=Receipt.Kind.PDF, size=4, content=b"%PDF")
    offer_thing(
        asset_id=offered.pk,
        to_email="kauf@bau.example",
        note="Wie besprochen",
        partnership=world.partnership,
        language="de",
        actor=world.alice,
    )
    offer = OutgoingMail.objects.get(kind="asset_transfer_offered")
    mark = asset.marks.get()
    return {
        **under("assetmarking:", OF_THING, asset.reference),
        "assetmarking:things": reverse("assetmarking:things", args=[firm.pk]),
        "assetmarking:new": reverse("assetmarking:new", args=[firm.pk]),
        "assetmarking:transfer": reverse("assetmarking:transfer", args=[asset.reference]),
        "assetmarking:mark_remove": reverse("assetmarking:mark_remove", args=[asset.reference, mark.pk]),
        "assetmarking:transfer_offer": "/kennzeichnung/"
        + offer.content["offer_url"].partition("/kennzeichnung/")[2],
    }
