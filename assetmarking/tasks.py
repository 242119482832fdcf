"""What workers and the beat run: a scan each."""

from celery import shared_task

from assetmarking.thefts import asking


@shared_task(name="assetmarking.ask_whether_back")
def ask_whether_back() -> None:
    asking.ask_due()
