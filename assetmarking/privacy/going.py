"""What it means that a thing, a report or what was written to a label goes: rows, photos, links, mails."""

from collections.abc import Collection
from typing import Any

from django.db.models import F, QuerySet

from assetmarking.locks import lock_assets
from assetmarking.models import Asset, FinderThread, StolenThing, TheftReport, Transfer
from assetmarking.thefts.reporting import put_in_state
from partnership.journal import unname_firms
from partnership.links import revoke_links_of
from partnership.outbox import forget_mails, mails_about_all
from partnership.photos.receiving import remove_photos_of


def delete_things(keys: Collection[int]) -> None:
    """With photos, marks and offers. Their labels stay, used up."""
    offers = list(Transfer.objects.filter(asset__in=keys).values_list("pk", flat=True))
    revoke_links_of(Transfer, offers)
    forget_mails(mails_about_all(Transfer, offers))
    remove_photos_of(Asset, keys)
    unname_firms(Asset, keys)
    Asset.objects.filter(pk__in=keys).delete()


def delete_reports(keys: Collection[int]) -> None:
    """What still counts as stolen by one of them is in use again, for whoever has it."""
    things = StolenThing.objects.filter(report__in=keys)
    stolen = lock_assets(things.filter(ended_at__isnull=True).values_list("asset_id", flat=True))
    put_in_state(stolen.values(), Asset.State.IN_USE)
    revoke_links_of(StolenThing, list(things.values_list("pk", flat=True)))
    forget_mails(mails_about_all(StolenThing, list(things.values_list("pk", flat=True))))
    forget_mails(mails_about_all(TheftReport, keys))
    unname_firms(TheftReport, keys)
    TheftReport.objects.filter(pk__in=keys).delete()


def delete_threads(rows: QuerySet[Any]) -> None:
    keys = list(rows.values_list("pk", flat=True))
    revoke_links_of(FinderThread, keys)
    forget_mails(mails_about_all(FinderThread, keys))
    FinderThread.objects.filter(pk__in=keys).delete()


def delete_labels(rows: QuerySet[Any]) -> None:
    """With what finders wrote to them, also to an earlier owner."""
    keys = list(rows.values_list("pk", flat=True))
    delete_threads(FinderThread.objects.filter(label__in=keys))
    rows.model._default_manager.filter(pk__in=keys).delete()


def empty_transfers(keys: Collection[int]) -> None:
    forget_mails(mails_about_all(Transfer, keys))
    Transfer.objects.filter(pk__in=keys).update(to_email="", note="")


def forget_borrowers(keys: Collection[int]) -> None:
    """They stay lent: whether they are back only the firm knows."""
    Asset.objects.filter(pk__in=keys).update(lent_to="", lent_until=None, version=F("version") + 1)
