"""How the auditor's pages name what happened here."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from assetmarking.models import Asset, TheftReport

DETAILS: dict[str, Any] = {
    "asked_numbers": _("Nummern"),
    "asked_make": _("Hersteller"),
    "given_up": _("nicht vollständig gesucht"),
    "hits": _("Treffer"),
    "found_things": _("gefunden"),
    "search_of": _("Abfrage"),
    "count": _("Anzahl"),
    "code": _("Code"),
    "changed": _("geändert"),
    "list": _("Liste"),
    "new": _("neu"),
    "fields": _("Angaben"),
    "kind": _("Art"),
    "reference": _("Nummer"),
    "state": _("Stand"),
    "day": _("Tag"),
    "pilot": _("Prüfung"),
}
"""Keys of an act's details."""

REFERENCES: dict[Any, str] = {
    Asset: "reference",
    TheftReport: "reference",
}
"""Things by their number: see `partnership.log_words.register_references`."""
