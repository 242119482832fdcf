"""Telling Celery, after commit, without ever costing the user anything."""

import logging
import time

from celery import Task
from django.db import transaction

PAUSE_SECONDS = 30
_silent_until = 0.0
logger = logging.getLogger(__name__)


def tell_worker(task: "Task[[int], None]", key: int) -> None:
    """Publish `task(key)` after commit. When the broker is away, a sweeper finds the row instead."""

    def publish() -> None:
        """Not a `partial`: when a robust hook fails, Django logs its `__qualname__`."""
        _publish(task, key)

    transaction.on_commit(publish, robust=True)


def _publish(task: "Task[[int], None]", key: int) -> None:
    global _silent_until
    if time.monotonic() < _silent_until:
        return
    try:
        task.apply_async((key,), retry=False, ignore_result=True)
    except task.OperationalError as error:
        _silent_until = time.monotonic() + PAUSE_SECONDS
        logger.warning("broker away, not tried again for %s s: %s", PAUSE_SECONDS, type(error).__name__)
