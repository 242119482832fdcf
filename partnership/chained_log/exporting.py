"""Taking the log away as a file, noted in the log of each organisation before it is handed out."""

from typing import Any

from django.utils.translation import gettext as _

from partnership.chained_log.page import filter_lookups, lookups_sheet, lookups_visible_to
from partnership.chained_log.writing import note_opening
from partnership.models import Organisation, Person
from partnership.refusals import Refusal
from partnership.rules import Posts
from partnership.spreadsheets import csv_of, workbook_of

MOST_ROWS = 50_000


def export_lookups(*, posts: Posts, wanted: dict[str, Any], words: str, suffix: str, actor: Person) -> bytes:
    """CSV or XLSX. `words` say what `wanted` asks for. Raises Refusal for more than a spreadsheet holds."""
    entries = list(filter_lookups(lookups_visible_to(posts), wanted)[: MOST_ROWS + 1])
    if len(entries) > MOST_ROWS:
        raise Refusal(
            _("Das sind mehr als 50.000 Zeilen. Grenzen Sie die Auswahl ein, zum Beispiel auf einen Monat.")
        )
    for organisation in Organisation.objects.filter(pk__in=posts.auditor_of).order_by("pk"):
        rows = sum(entry.segment.organisation_id == organisation.pk for entry in entries)
        payload = {"format": suffix.upper(), "rows": rows} | ({"filter": words} if words else {})
        note_opening(organisation=organisation, actor=actor, act="log.exported", payload=payload)
    sheet = lookups_sheet(entries)
    return csv_of(sheet) if suffix == "csv" else workbook_of(sheet)
