"""The rows that were not taken over, as a file to mend and upload again."""

from django.utils.translation import gettext as _

from assetmarking.models import ImportRow, ImportRun
from partnership.spreadsheets import Sheet, workbook_of


def faulty_file(run: ImportRun) -> bytes:
    """The columns as they came, and one more that says what is wrong."""
    headings: list[str] = next(
        (sheet["headings"] for sheet in run.sheets if sheet["number"] == run.sheet), []
    )
    rows = list(run.rows.filter(outcome=ImportRow.Outcome.FAULTY).values_list("cells", "faults"))
    width = max([len(headings), *(len(cells) for cells, _faults in rows)])
    header = [*headings, *[""] * (width - len(headings)), _("Fehler")]
    padded = [[*cells, *[None] * (width - len(cells)), sentence_of(faults)] for cells, faults in rows]
    return workbook_of(Sheet(_("Fehlerhafte Zeilen"), header, padded))


def sentence_of(faults: list[list[str]]) -> str:
    return " ".join(f"{heading}: {sentence}" for heading, sentence in faults)
