"""Lists as people send them, and the way to what became of them."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from assetmarking.importing.checking import work_on
from assetmarking.importing.running import confirm_import, upload_list
from assetmarking.models import ImportRun
from partnership.models import Firm, Person

HEAD = ("Bezeichnung", "Hersteller", "Seriennummer", "Baujahr", "Wert")


def workbook(*rows: Sequence[Any], title: str = "Liste") -> bytes:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def check(firm: Firm, person: Person, content: bytes, name: str = "liste.xlsx") -> ImportRun:
    run = upload_list(firm=firm, person=person, file_name=name, content=content)
    work_on(run.pk)
    run.refresh_from_db()
    return run


def take_over(run: ImportRun, person: Person) -> ImportRun:
    confirm_import(run_id=run.pk, actor=person)
    work_on(run.pk)
    run.refresh_from_db()
    return run


def found(run: ImportRun) -> dict[str, int]:
    """Without the outcomes that no row has."""
    return {outcome: number for outcome, number in run.counts.items() if number}
