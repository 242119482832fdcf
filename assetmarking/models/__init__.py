from assetmarking.models.assets import Asset, Mark, MarkKind, Receipt
from assetmarking.models.finding import FinderMessage, FinderThread
from assetmarking.models.importing import ImportHeading, ImportRow, ImportRun
from assetmarking.models.labels import Label, LabelSheet, OwnLabelFormat, PrinterOffset
from assetmarking.models.pilots import Campaign, Pilot
from assetmarking.models.searching import (
    KeptTerm,
    RetroactiveHit,
    Search,
    SearchCount,
    SearchOpening,
    SearchSettings,
)
from assetmarking.models.thefts import StolenThing, TheftReport
from assetmarking.models.transfers import Transfer

__all__ = [
    "Asset",
    "Campaign",
    "FinderMessage",
    "FinderThread",
    "ImportHeading",
    "ImportRow",
    "ImportRun",
    "KeptTerm",
    "Label",
    "LabelSheet",
    "Mark",
    "MarkKind",
    "OwnLabelFormat",
    "Pilot",
    "PrinterOffset",
    "Receipt",
    "RetroactiveHit",
    "Search",
    "SearchCount",
    "SearchOpening",
    "SearchSettings",
    "StolenThing",
    "TheftReport",
    "Transfer",
]
