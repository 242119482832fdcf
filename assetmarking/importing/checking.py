"""In a worker: the dry run. Nothing is written but what the person will be shown."""

import logging
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import translation
from django.utils.translation import gettext as _

from assetmarking.importing.comparing import Comparison, Judged
from assetmarking.importing.headings import told_by
from assetmarking.importing.read_table import MOST_ROWS
from assetmarking.importing.reading import Row, Unfinished, Unreadable, peek, rows_of
from assetmarking.importing.rows import RowReader, Understood, as_json
from assetmarking.importing.running import MOST_TRIES, Superseded, begin, end_run, go_on, lock_run
from assetmarking.importing.sheets import mapping_of, sheets_in, surest_sheet
from assetmarking.importing.writing import write_rows
from assetmarking.models import ImportRow, ImportRun
from partnership.refusals import Refusal

CHUNK = 500
State = ImportRun.State
logger = logging.getLogger(__name__)


def work_on(run_id: int) -> None:
    """Looks, checks or writes, whatever is next. A worker that dies leaves it to the sweeper."""
    run = begin(run_id)
    if run is None:
        return
    with translation.override(run.page_language):
        try:
            if run.tries > MOST_TRIES:
                raise Refusal(
                    _(
                        "Diese Liste ließ sich nicht einlesen. "
                        "Speichern Sie sie als CSV, und senden Sie diese."
                    )
                )
            if run.state == State.WRITING:
                write_rows(run_id=run.pk)
            elif _has_columns(run):
                _check(run)
        except Refusal as refusal:
            _fail(run, refusal.sentence)
        except (Superseded, Unfinished) as reason:
            logger.warning("list %s is not finished here: %s", run.pk, type(reason).__name__)


def _has_columns(run: ImportRun) -> bool:
    """Whether it is known what each column is; else the person is asked."""
    if run.sheet is not None and run.mapping:
        return True
    told = told_by(run.firm)
    run.sheets = sheets_in(peek(bytes(run.content or b"")), told)
    sheet = surest_sheet(run.sheets)
    found = sheet or run.sheets[0]
    run.mapping, is_sure = mapping_of(found["headings"], told)
    run.sheet = found["number"]
    is_known = is_sure and sheet is not None
    fields = {"sheets": run.sheets, "mapping": run.mapping, "sheet": run.sheet}
    go_on(run, **fields, **({} if is_known else {"state": State.ASKING}))
    return is_known


def _check(run: ImportRun) -> None:
    sheet = next(found for found in run.sheets if found["number"] == run.sheet)
    reader = RowReader(run.firm, sheet["headings"], run.mapping)
    comparison = Comparison(run.firm)
    with rows_of(bytes(run.content or b""), sheet=run.sheet or 0, first=sheet["row"] + 1) as (total, rows):
        _refuse_length(total)
        run.rows.all().delete()
        done = 0
        for chunk in _chunks(rows):
            understood = [reader.understand(number, cells) for number, cells in chunk]
            judged = comparison.judge(understood)
            done += len(chunk)
            with transaction.atomic():
                go_on(run, rows_total=total, rows_done=done)
                ImportRow.objects.bulk_create(
                    _kept(run, row, answer) for row, answer in zip(understood, judged, strict=True)
                )
    go_on(run, state=State.CHECKED, counts=_counts(run))


def _refuse_length(total: int) -> None:
    if total > MOST_ROWS:
        raise Unreadable(
            _(
                "Die Liste hat mehr als %(most)s Zeilen. Teilen "
                "Sie sie auf, und senden Sie die Teile nacheinander."
            )
            % {"most": f"{MOST_ROWS:,}".replace(",", ".")}
        )
    if not total:
        raise Unreadable(_("Unter den Überschriften steht nichts. Prüfen Sie, ob es die richtige Datei ist."))


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _kept(run: ImportRun, row: Understood, judged: Judged) -> ImportRow:
    return ImportRow(
        run=run,
        number=row.number,
        outcome=judged.outcome,
        cells=as_json(row.cells),
        values=row.values,
        changes=[[str(word) for word in change] for change in judged.changes],
        faults=[[str(word) for word in fault] for fault in (*row.faults, *judged.faults)],
        notes=[*row.notes, *judged.notes],
        asset=judged.asset,
        seen_version=judged.asset.version if judged.asset else None,
    )


def _counts(run: ImportRun) -> dict[str, Any]:
    counted = run.rows.order_by().values_list("outcome").annotate(number=Count("pk"))
    return dict.fromkeys(ImportRow.Outcome.values, 0) | dict(counted)


@transaction.atomic
def _fail(run: ImportRun, sentence: str) -> None:
    locked = lock_run(run.pk)
    if locked.state == run.state and locked.tries == run.tries:
        end_run(locked, State.FAILED, fault=sentence)
