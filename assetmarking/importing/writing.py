"""In a worker: the faultless rows are written in one transaction, as far as they still hold."""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import IntegrityError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from assetmarking.categories import OTHER
from assetmarking.importing.comparing import Change, Comparison, Judged, change_of, unique_marks
from assetmarking.importing.rows import Understood
from assetmarking.importing.running import end_run, lock_run
from assetmarking.locks import lock_assets, still_there
from assetmarking.matching.keys import key_of
from assetmarking.models import Asset, ImportRow, ImportRun, Mark
from assetmarking.references import draw_asset_reference
from partnership.firms import lock_firm, own_contact
from partnership.journal import log_act, log_acts
from partnership.locking import transaction_tried_again
from partnership.models import Person, Site
from partnership.refusals import Refusal

CHUNK = 500
Outcome = ImportRow.Outcome
State = Asset.State
CHANGEABLE = (
    *("name", "category", "make", "model", "year", "value", "peculiarities", "own_number", "site", "kept_at"),
    *("state", "state_since", "lent_to", "lent_until", "version"),
)
MARK_PARTS = ("place", "vendor", "marked_by", "marked_on")


def _refuse(error: IntegrityError) -> None:
    raise error


@transaction_tried_again(drawn={"asset_reference_unique"}, refuse=_refuse)
def write_rows(*, run_id: int) -> None:
    """Under the firm's lock, so that nothing comes to the firm meanwhile. Twice at once writes once.
    Raises Refusal to who does not speak for the firm any more."""
    firm = lock_firm(ImportRun.objects.values_list("firm", flat=True).get(pk=run_id))
    run = lock_run(run_id)
    if run.state != ImportRun.State.WRITING:
        return
    if run.person is None:
        raise Refusal(_("Wer diese Liste eingelesen hat, ist nicht mehr da. Laden Sie sie noch einmal hoch."))
    own_contact(firm, run.person)
    changed = run.rows.filter(outcome=Outcome.CHANGED)
    lock_assets(key for key in changed.values_list("asset", flat=True) if key)
    if not still_there(run.campaign_id):
        run.campaign = None
    comparison = Comparison(firm)
    counts = {"written_new": 0, "written_changed": 0, "overtaken": 0}
    wanted = run.rows.filter(
        Q(outcome__in=[Outcome.NEW, Outcome.CHANGED]) | Q(outcome=Outcome.DUPLICATE, is_taken=True)
    )
    rows = wanted.order_by("number").iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        _write_chunk(run, chunk, comparison, counts)
    run.counts = run.counts | counts
    end_run(run, ImportRun.State.DONE)
    detail = {"list": run.file_name, "new": counts["written_new"], "changed": counts["written_changed"]}
    log_act(act="list.imported", thing=firm, actor=run.person, detail=detail)


def _write_chunk(
    run: ImportRun, chunk: Sequence[ImportRow], comparison: Comparison, counts: dict[str, int]
) -> None:
    new, changed, overtaken = [], [], []
    understood = [Understood(row.number, row.cells, row.values) for row in chunk]
    for row, judged in zip(chunk, comparison.judge(understood), strict=True):
        if row.outcome == Outcome.DUPLICATE or row.outcome == judged.outcome == Outcome.NEW:
            new.append(row)
        elif _still_holds(row, judged):
            changed.append((judged.asset, row))
        else:
            overtaken.append(row)
    person = run.person
    assert person is not None
    counts["written_new"] += _write_new(run, new, person)
    counts["written_changed"] += _write_changed(changed, person, run.file_name)
    counts["overtaken"] += len(overtaken)
    for row in overtaken:
        row.outcome = Outcome.FAULTY
        row.faults = [
            [
                "",
                _(
                    "Dieses Gerät wurde inzwischen erfasst oder "
                    "geändert. Lesen Sie die Zeile noch einmal ein."
                ),
            ]
        ]
    ImportRow.objects.bulk_update(overtaken, ["outcome", "faults"])


def _still_holds(row: ImportRow, judged: Judged) -> bool:
    if row.outcome != Outcome.CHANGED or judged.outcome != Outcome.CHANGED or judged.asset is None:
        return False
    return row.asset_id == judged.asset.pk and row.seen_version == judged.asset.version


def _write_new(run: ImportRun, rows: Sequence[ImportRow], actor: Person) -> int:
    sites = {key for row in rows for key in row.values.get("site", [])}
    there = {site.pk: site for site in Site.objects.filter(firm=run.firm, pk__in=sites)}
    assets = [_unsaved(run, row.values, there, actor) for row in rows]
    Asset.objects.bulk_create(assets)
    marks = (
        _unsaved_mark(asset, mark)
        for asset, row in zip(assets, rows, strict=True)
        for mark in unique_marks(row.values)
    )
    Mark.objects.bulk_create(marks)
    log_acts(act="thing.recorded", things=assets, actor=actor, detail={"list": run.file_name})
    return len(assets)


def _unsaved(run: ImportRun, values: dict[str, Any], sites: dict[int, Site], actor: Person) -> Asset:
    state = values.get("state", State.LENT if values.get("lent_to") else State.IN_USE)
    is_lent = state == State.LENT
    until = values.get("lent_until") if is_lent else None
    site = next((sites[key] for key in values.get("site", []) if key in sites), None)
    plain = ("name", "make", "model", "year", "peculiarities", "own_number", "kept_at")
    return Asset(
        firm=run.firm,
        reference=draw_asset_reference(),
        recorded_by=actor,
        campaign_id=run.campaign_id,
        category=values.get("category") or values.get("guessed_category") or OTHER,
        state=State.IN_USE if state == State.FOUND else state,
        value=Decimal(values["value"]) if "value" in values else None,
        site=site,
        lent_to=values.get("lent_to", "") if is_lent else "",
        lent_until=datetime.date.fromisoformat(until) if until else None,
        **{name: values[name] for name in plain if name in values},
    )


def _unsaved_mark(asset: Asset, mark: dict[str, str]) -> Mark:
    day = mark.get("marked_on")
    return Mark(
        asset=asset,
        kind=mark["kind"],
        text=mark["text"],
        key=key_of(mark["kind"], mark["text"]),
        marked_on=datetime.date.fromisoformat(day) if day else None,
        **{part: mark.get(part, "") for part in MARK_PARTS if part != "marked_on"},
    )


def _write_changed(pairs: Iterable[tuple[Asset | None, ImportRow]], actor: Person, file_name: str) -> int:
    changes = [(asset, change_of(asset, row.values)) for asset, row in pairs if asset is not None]
    for asset, change in changes:
        _apply(asset, change)
    Asset.objects.bulk_update([asset for asset, _change in changes], CHANGEABLE, batch_size=CHUNK)
    marks = {mark.pk: mark for _asset, change in changes for mark, _part, _value in change.marks}
    Mark.objects.bulk_update(marks.values(), MARK_PARTS, batch_size=CHUNK)
    new = (_unsaved_mark(asset, mark) for asset, change in changes for mark in change.new_marks)
    Mark.objects.bulk_create(new)
    log_acts(
        act="thing.changed",
        things=[asset for asset, _change in changes],
        actor=actor,
        detail={"list": file_name},
    )
    return len(changes)


def _apply(asset: Asset, change: Change) -> None:
    """Of a locked thing. Who no longer lends it knows no borrower."""
    for name, value in change.fields.items():
        setattr(asset, f"{name}_id" if name == "site" else name, value)
    if "state" in change.fields:
        asset.state_since = timezone.now()
    if asset.state != State.LENT:
        asset.lent_to, asset.lent_until = "", None
    asset.version += 1
    for mark, part, value in change.marks:
        setattr(mark, part, value)
