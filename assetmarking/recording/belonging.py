"""What of this registry goes along when two rows of one firm become one, and when nobody speaks for it."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from assetmarking.models import (
    Asset,
    FinderThread,
    ImportHeading,
    ImportRun,
    Label,
    LabelSheet,
    OwnLabelFormat,
    PrinterOffset,
    TheftReport,
    Transfer,
)
from assetmarking.privacy.going import delete_labels, delete_things, delete_threads
from partnership.firm_belongings import Belonging
from partnership.locking import lock_rows


def lock_things_of_firms(firm_ids: Collection[int]) -> None:
    """After the firms, as everywhere here."""
    lock_rows(Asset, Asset.objects.filter(firm__in=firm_ids).values_list("pk", flat=True))


def _leave_things(rows: QuerySet[Any]) -> None:
    """What is in a report that police keep stays with it."""
    delete_things(list(rows.filter(thefts__isnull=True).values_list("pk", flat=True)))


BELONGINGS = (
    Belonging(Asset, lock_behind=lock_things_of_firms, leave=_leave_things),
    Belonging(
        Transfer,
        field="seller",
        key="assetmarking.transfer.given",
        leave=lambda rows: rows.update(seller=None),
    ),
    Belonging(
        Transfer,
        field="buyer",
        key="assetmarking.transfer.taken",
        leave=lambda rows: rows.update(buyer=None),
    ),
    Belonging(TheftReport),
    Belonging(FinderThread, leave=delete_threads),
    Belonging(Label, leave=delete_labels),
    Belonging(LabelSheet, leave=lambda rows: rows.delete()),
    Belonging(ImportRun, leave=lambda rows: rows.delete()),
    Belonging(OwnLabelFormat, unlike="name", leave=lambda rows: rows.delete()),
    Belonging(PrinterOffset, unlike="name", leave=lambda rows: rows.delete()),
    Belonging(ImportHeading, unlike="heading", leave=lambda rows: rows.delete()),
)
