"""The order in which rows are locked: firms, then things, then transfers, reports and labels, each by key.

Whoever changes the state of a thing, its marks or whose it is holds the thing's lock.
"""

from collections.abc import Iterable

from assetmarking.models import Asset
from partnership.locking import lock_rows


def lock_assets(asset_ids: Iterable[int]) -> dict[int, Asset]:
    """Lock things in id order, then read them with their firm; those that do not exist are missing.

    Two statements: what a locking one joins is as old as its beginning, however long it has waited.
    """
    wanted = set(asset_ids)
    lock_rows(Asset, wanted)
    rows = Asset.objects.filter(pk__in=wanted).select_related("firm__chamber", "site")
    return {asset.pk: asset for asset in rows.order_by("pk")}
