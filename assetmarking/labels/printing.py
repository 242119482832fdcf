"""The file of an order: made by a worker, kept for a while, made again when somebody wants it again."""

import datetime

from django.db import transaction
from django.utils import timezone

from assetmarking.labels.formats import LabelFormat, format_of_sheet
from assetmarking.labels.paper import place_labels, render_labels
from assetmarking.models import LabelSheet
from partnership.queueing import tell_worker

KEPT = datetime.timedelta(days=30)


def print_labels(sheet_id: int) -> None:
    """Two workers at once both render, and one file is kept."""
    waiting = LabelSheet.objects.filter(pk=sheet_id, printed_at__isnull=True)
    sheet = waiting.select_related("partnership").first()
    if sheet is not None:
        waiting.update(pdf=_render(sheet, format_of_sheet(sheet)), printed_at=timezone.now())


def print_waiting() -> None:
    """Those of which the worker was not told."""
    for key in (
        LabelSheet.objects.filter(printed_at__isnull=True).order_by("made_at").values_list("pk", flat=True)
    ):
        print_labels(key)


@transaction.atomic
def print_again(sheet: LabelSheet) -> None:
    from assetmarking.tasks import print_labels as task

    LabelSheet.objects.filter(pk=sheet.pk, pdf__isnull=True).update(printed_at=None)
    tell_worker(task, sheet.pk)


def drop_old_files() -> None:
    """The codes stay: the file can be made again."""
    LabelSheet.objects.filter(pdf__isnull=False, printed_at__lt=timezone.now() - KEPT).update(pdf=None)


def _render(sheet: LabelSheet, format: LabelFormat) -> bytes:
    pages = place_labels(
        sheet.codes,
        format,
        start=sheet.start,
        copies=sheet.copies,
        offset=(float(sheet.offset_x), float(sheet.offset_y)),
    )
    return render_labels(pages, format, partnership=sheet.partnership)
