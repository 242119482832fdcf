"""What workers and the beat run: a scan each."""

from celery import shared_task

from assetmarking.finding import writing
from assetmarking.labels import printing
from assetmarking.retroactive import meeting
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


@shared_task(name="assetmarking.print_labels")
def print_labels(sheet_id: int) -> None:
    printing.print_labels(sheet_id)


@shared_task(name="assetmarking.print_waiting_labels")
def print_waiting_labels() -> None:
    printing.print_waiting()


@shared_task(name="assetmarking.drop_label_files")
def drop_label_files() -> None:
    printing.drop_old_files()


@shared_task(name="assetmarking.work_on_import")
def work_on_import(run_id: int) -> None:
    from assetmarking.importing import checking

    checking.work_on(run_id)


@shared_task(name="assetmarking.sweep_imports")
def sweep_imports() -> None:
    from assetmarking.importing import running

    running.sweep_imports()


@shared_task(name="assetmarking.drop_old_imports")
def drop_old_imports() -> None:
    from assetmarking.importing import running

    running.drop_old_imports()


@shared_task(name="assetmarking.meet_searches")
def meet_searches() -> None:
    meeting.meet_all()
