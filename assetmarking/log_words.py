"""How the auditor's pages name what happened here."""

from typing import Any

from assetmarking.models import Asset, TheftReport

DETAILS: dict[str, Any] = {}
"""Keys of an act's details."""

REFERENCES: dict[Any, Any] = {
    Asset: "reference",
    TheftReport: "reference",
}
"""Things by their number: see `partnership.log_words.register_references`."""
