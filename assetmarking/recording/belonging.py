"""What of this registry goes along when two rows of one firm become one."""

from collections.abc import Collection

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
from partnership.firm_belongings import Belonging
from partnership.firms import lock_firms
from partnership.locking import lock_rows


def lock_things_of_firms(firm_ids: Collection[int]) -> None:
    """Firms, then their things, as everywhere here: of all that is locked before firms, this comes last."""
    lock_firms(*firm_ids)
    lock_rows(Asset, Asset.objects.filter(firm__in=firm_ids).values_list("pk", flat=True))


BELONGINGS = (
    Belonging(Asset, lock=lock_things_of_firms),
    Belonging(Transfer, field="seller", key="assetmarking.transfer.given"),
    Belonging(Transfer, field="buyer", key="assetmarking.transfer.taken"),
    Belonging(TheftReport),
    Belonging(Label),
    Belonging(LabelSheet),
    Belonging(ImportRun),
    Belonging(FinderThread),
    Belonging(OwnLabelFormat, unlike="name"),
    Belonging(PrinterOffset, unlike="name"),
    Belonging(ImportHeading, unlike="heading"),
)
