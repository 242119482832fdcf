"""How the auditor's pages name what happened here."""

from typing import Any

DETAILS: dict[str, Any] = {}
"""Keys of an act's details."""

REFERENCES: dict[str, Any] = {}
"""Things by their number: see `partnership.log_words.register_references`."""
