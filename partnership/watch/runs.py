"""What workers tell of their tasks: what beat calls, and what failed. A mail that left is not worth a row."""

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from partnership.models import TaskRun

HEARTBEAT = "partnership.watch"
"""Beat calls it every minute: its last success is the last sign of beat and of a worker."""


def scheduled_names() -> set[str]:
    return {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}


def note_success(name: str) -> None:
    if name not in scheduled_names():
        return
    run = TaskRun(name=name, succeeded_at=timezone.now())
    TaskRun.objects.bulk_create(
        [run],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["succeeded_at", "failures", "error"],
    )


def note_failure(name: str, error: BaseException) -> None:
    TaskRun.objects.bulk_create([TaskRun(name=name)], ignore_conflicts=True)
    TaskRun.objects.filter(name=name).update(
        failed_at=timezone.now(), failures=F("failures") + 1, error=type(error).__name__[:100]
    )
