"""The order in which rows are locked: firms, then things, then transfers, reports and labels, each by key.
Studies come before their campaigns; a campaign comes last.

Whoever changes the state of a thing, its marks or whose it is holds the thing's lock.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from assetmarking.models import Asset, Campaign
from partnership.locking import lock_rows
from partnership.refusals import Refusal


def lock_assets(asset_ids: Iterable[int]) -> dict[int, Asset]:
    """Lock things in id order, then read them with their firm; those that do not exist are missing.

    Two statements: what a locking one joins is as old as its beginning, however long it has waited.
    """
    wanted = set(asset_ids)
    lock_rows(Asset, wanted)
    rows = Asset.objects.filter(pk__in=wanted).select_related("firm__chamber", "site")
    return {asset.pk: asset for asset in rows.order_by("pk")}


def hold_campaign(campaign: Campaign | None) -> None:
    """It stays until what is tied to it is written. Raises Refusal when it was removed meanwhile."""
    if campaign and not still_there(campaign.pk):
        raise Refusal(_("Diese Aktion wurde soeben gestrichen. Lassen Sie den Code weg."))


def still_there(campaign_id: int | None) -> bool:
    """Locked, where it is."""
    rows = Campaign.objects.select_for_update(no_key=True)
    return campaign_id is not None and rows.filter(pk=campaign_id).first() is not None
