"""What workers and the beat run: a scan each."""

from celery import shared_task

from assetmarking.finding import writing
from assetmarking.thefts import asking
from assetmarking.transferring import transferring


@shared_task(name="assetmarking.lapse_transfers")
def lapse_transfers() -> None:
    transferring.lapse_due()


@shared_task(name="assetmarking.end_quiet_threads")
def end_quiet_threads() -> None:
    writing.end_quiet_threads()


@shared_task(name="assetmarking.ask_whether_back")
def ask_whether_back() -> None:
    asking.ask_due()
