"""When two rows of one firm become one, the registry of both is the heir's; undone, each has its own."""

from typing import Any

from django.utils import timezone

from assetmarking.models import FinderThread, ImportRun, PrinterOffset, Transfer
from assetmarking.recording.belonging import BELONGINGS
from partnership.firm_merging import Values, merge_firms, undo_merge
from partnership.models import Firm
from tests import factories
from tests.asset_factories import make_asset, make_label, make_theft
from tests.personas import World


def fill(world: World, firm: Firm, code: str) -> None:
    asset = make_asset(firm, f"NW-{code}-4471")
    label = make_label(firm, asset=asset)
    make_theft(asset, partnership=world.partnership, police=world.police)
    FinderThread.objects.create(label=label, firm=firm, partnership=world.partnership)
    ImportRun.objects.create(firm=firm, file_name=code, state="dropped", ended_at=timezone.now())
    PrinterOffset.objects.create(firm=firm, name="Büro")
    for side in ("seller", "buyer"):
        Transfer.objects.create(
            asset=make_asset(firm),
            partnership=world.partnership,
            state="lapsed",
            offer_until=timezone.now(),
            ended_at=timezone.now(),
            **{side: firm},
        )


def owned() -> dict[str, list[Any]]:
    return {
        belonging.name: list(
            belonging.model._default_manager.order_by("pk").values_list("pk", belonging.field)
        )
        for belonging in BELONGINGS
    }


def test_things_labels_thefts_and_offers_go_along_and_come_back(world: World) -> None:
    heir, merged = (factories.make_listed_firm(world.ihk, name=name) for name in ("Erbe", "Doppelt"))
    for code, firm in (("1", heir), ("2", merged)):
        fill(world, firm, code)
    before = owned()
    values = Values(name="Erbe", chamber=world.ihk, membership_number="")
    merge = merge_firms(heir_id=heir.pk, merged_id=merged.pk, values=values, actor=world.bert)
    left_behind = {name for name, rows in owned().items() if merged.pk in dict(rows).values()}
    assert left_behind == {"assetmarking.printeroffset"}
    undo_merge(merge_id=merge.pk, actor=world.bert)
    assert owned() == before
