"""Where in a file the list stands: the sheet, the row of headings, what each column is."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from assetmarking.importing.cells import shown
from assetmarking.importing.headings import THING_FIELDS, label_of, recognised
from assetmarking.importing.reading import Row, Unreadable

MOST_HEADINGS = 100
SAMPLES = 3
ONE_OF = ("name", "category", "reference")
"""Without one of these nobody knows what a row is."""


def sheets_in(peeked: Sequence[tuple[str, list[Row]]], told: Mapping[str, str]) -> list[dict[str, Any]]:
    """Those that have rows, as `ImportRun.sheets` keeps them; `known` counts headings that we understand.

    Raises Unreadable.
    """
    sheets = [_sheet(number, title, rows, told) for number, (title, rows) in enumerate(peeked) if any(rows)]
    if not sheets:
        raise Unreadable(_("Die Datei ist leer. Wählen Sie eine andere."))
    return sheets


def _sheet(number: int, title: str, rows: list[Row], told: Mapping[str, str]) -> dict[str, Any]:
    def known(row: Row) -> int:
        return sum(1 for cell in row[1] if recognised(shown(cell), told) is not None)

    best = max(rows, key=known)
    if not known(best):
        best = next((row for row in rows if len([cell for cell in row[1] if cell is not None]) > 1), rows[0])
    headings = [shown(cell)[:200] for cell in best[1]]
    below = [[shown(cell)[:60] for cell in cells] for row_number, cells in rows if row_number > best[0]]
    return {
        "number": number,
        "title": title,
        "row": best[0],
        "headings": headings,
        "samples": below[:SAMPLES],
        "known": known(best),
    }


def surest_sheet(sheets: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """None when there are several that might be meant."""
    most = max(sheet["known"] for sheet in sheets)
    best = [sheet for sheet in sheets if sheet["known"] == most]
    return best[0] if len(best) == 1 else None


def mapping_of(headings: Sequence[str], told: Mapping[str, str]) -> tuple[dict[str, str], bool]:
    """Column number -> field, and whether nothing has to be asked. Raises Unreadable."""
    filled = {number: heading for number, heading in enumerate(headings) if heading.strip()}
    if len(filled) > MOST_HEADINGS:
        raise Unreadable(
            _("Ihre Liste hat %(number)d Spalten, höchstens %(most)d gehen. Löschen Sie die übrigen.")
            % {"number": len(filled), "most": MOST_HEADINGS}
        )
    found = {number: recognised(heading, told) for number, heading in filled.items()}
    mapping = {str(number): field for number, field in found.items() if field}
    is_sure = None not in found.values() and not why_not_mapped(mapping)
    return mapping, is_sure


def why_not_mapped(mapping: Mapping[str, str]) -> str:
    """A sentence that says what to do; empty if the columns suffice."""
    fields = [field for field in mapping.values() if field]
    if not set(ONE_OF) & set(fields):
        return _("Wählen Sie eine Spalte als „Bezeichnung“.")
    twice = [field for field in THING_FIELDS if fields.count(field) > 1]
    if twice:
        return _("„%(field)s“ ist zwei Spalten zugeordnet. Wählen Sie eine davon.") % {
            "field": label_of(twice[0])
        }
    return ""
