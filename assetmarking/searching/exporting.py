"""A result as a file, noted in the chained log before it is handed out."""

from django.utils.translation import gettext as _

from assetmarking.models import Search
from assetmarking.searching.making import reason_of
from assetmarking.searching.page import HitRow, ResultPage, lay_out_search
from partnership.chained_log.writing import note_opening
from partnership.spreadsheets import Cell, Sheet, csv_of, workbook_of


def export_search(*, search: Search, suffix: str) -> bytes:
    """CSV or XLSX, without owners."""
    sheet = result_sheet(lay_out_search(search))
    payload = reason_of(search) | {"format": suffix.upper(), "rows": len(list(sheet.rows))}
    note_opening(
        organisation=search.organisation, actor=search.person, act="search.exported", payload=payload
    )
    return csv_of(sheet) if suffix == "csv" else workbook_of(sheet)


def result_sheet(result: ResultPage) -> Sheet:
    """A row for each hit, and one for each number without."""
    rows: list[list[Cell]] = []
    for number in result.numbers:
        rows += [[number.text, *_hit_cells(hit)] for hit in number.hits]
        if not number.hits:
            rows.append([number.text, _("kein Treffer"), *[""] * 11])
    header = [
        *(
            _("Gesucht"),
            _("Stand"),
            _("Übereinstimmung"),
            _("Balken von 4"),
            _("Gerät"),
            _("Bezeichnung"),
        ),
        *(_("Hersteller"), _("Modell"), _("Besonderheiten"), _("Art des Kennzeichens"), _("Erfasst")),
        *(_("Warum"), _("Diebstahl")),
    ]
    return Sheet(_("Abfrage"), header, rows)


def _hit_cells(hit: HitRow) -> list[Cell]:
    return [
        *(hit.stood, hit.likelihood, hit.score, hit.reference, hit.name, hit.make, hit.model),
        *(hit.peculiarities, hit.mark_kind, hit.mark, hit.why, hit.stolen),
    ]
