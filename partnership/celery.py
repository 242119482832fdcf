import os

from celery import Celery, Task, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")

app = Celery("partnership")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.task_success.connect
def _note_success(sender: Task, **_told: object) -> None:  # type: ignore[type-arg]
    from partnership.watch.runs import note_success

    note_success(sender.name)


@signals.task_failure.connect
def _note_failure(sender: Task, exception: BaseException, **_told: object) -> None:  # type: ignore[type-arg]
    from partnership.watch.runs import note_failure

    note_failure(sender.name, exception)
