"""What workers and the beat run: a scan each."""

from celery import shared_task

from assetmarking.transferring import transferring


@shared_task(name="assetmarking.lapse_transfers")
def lapse_transfers() -> None:
    transferring.lapse_due()
