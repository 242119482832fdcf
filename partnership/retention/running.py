"""The nightly run: rule by rule, in small batches, each in a transaction of its own.

It is called every quarter of an hour and works while the night's run is not finished: so it goes on after a
batch too many or a kill, and makes up for a night in which nothing ran. Two at once skip each other's rows.
"""

import datetime
import logging
import time
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from partnership.models import RetentionRun, RetentionTally
from partnership.retention.erasure_list import Erased, write_down
from partnership.retention.kinds import RetentionKind, all_kinds
from partnership.times import at_wall_time, berlin_day

NIGHT = datetime.time(2, 30)
BATCH = 500
MOST_SECONDS = 60.0
"""Of one go; a task may take twice as long."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Bounds:
    batch: int = BATCH
    seconds: float = MOST_SECONDS


def run_when_due(*, now: datetime.datetime | None = None, bounds: Bounds = Bounds()) -> RetentionRun:
    """Begin the night's run, go on with it, or find it finished."""
    now = now or timezone.now()
    run, _is_new = RetentionRun.objects.get_or_create(night=night_of(now), defaults={"started_at": now})
    if run.finished_at is None:
        _work(run, now=now, bounds=bounds)
    return run


def night_of(now: datetime.datetime) -> datetime.date:
    """The day whose half past two in the morning was the last one."""
    day = berlin_day(now)
    return day if now >= at_wall_time(day, NIGHT) else day - datetime.timedelta(days=1)


def _work(run: RetentionRun, *, now: datetime.datetime, bounds: Bounds) -> None:
    until = time.monotonic() + bounds.seconds
    is_finished = True
    for kind in all_kinds():
        tally, _is_new = RetentionTally.objects.get_or_create(run=run, kind=kind.key)
        try:
            fault, left = _work_off(kind, run, now=now, until=until, batch=bounds.batch)
        except Exception as error:
            logger.exception("retention of %s", kind.key)
            fault, left = type(error).__name__, tally.left
        RetentionTally.objects.filter(pk=tally.pk).update(left=left, fault=fault)
        is_finished &= not (left or fault)
    run.active_at = timezone.now()
    run.finished_at = run.active_at if is_finished else None
    run.save(update_fields=["active_at", "finished_at"])


def _work_off(
    kind: RetentionKind, run: RetentionRun, *, now: datetime.datetime, until: float, batch: int
) -> tuple[str, int]:
    """What went wrong, and how many are left. A batch that fails is tried one by one, past what fails."""
    fault, after = "", 0
    while time.monotonic() < until:
        try:
            done, after = erase_batch(kind, run, now=now, limit=batch, after=after)
        except Exception as error:
            logger.exception("retention of %s", kind.key)
            fault, done = type(error).__name__, 1
            if batch == 1:
                rows = kind.due_rows(now).filter(pk__gt=after).order_by("pk")
                after = rows.values_list("pk", flat=True)[0]
            batch = 1
        if not done:
            break
    return fault, kind.due_rows(now).count()


@transaction.atomic
def erase_batch(
    kind: RetentionKind, run: RetentionRun | None, *, now: datetime.datetime, limit: int, after: int = 0
) -> tuple[int, int]:
    """How many, and the last key. Whether a row is due is asked again under its lock."""
    keys = kind.erasable.lock(kind.due_rows(now).filter(pk__gt=after), limit)
    rows = kind.erasable.owners(kind.due_rows(now).filter(pk__in=keys))
    if rows:
        erase_rows(kind, rows, run=run)
    return len(rows), max(keys, default=after)


def erase_rows(
    kind: RetentionKind, rows: list[tuple[int, int | None]], *, run: RetentionRun | None = None
) -> None:
    """Inside a transaction that holds their locks."""
    kind.erasable.erase([key for key, _owner in rows])
    if run:
        tally = RetentionTally.objects.filter(run=run, kind=kind.key)
        tally.update(erased=F("erased") + len(rows))
    if kind.is_listed:
        model = kind.erasable.model
        write_down((Erased(model, key, owner) for key, owner in rows), rule=kind.key, run=run)
