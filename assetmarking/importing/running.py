"""A list on its way, from the upload to the end: each step once, however many click or work at it."""

import datetime
import os
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from assetmarking import tasks
from assetmarking.importing.faulty_rows import faulty_file
from assetmarking.importing.headings import remember
from assetmarking.importing.judging import why_no_list
from assetmarking.importing.sheets import why_not_mapped
from assetmarking.locks import hold_campaign
from assetmarking.models import Campaign, ImportRow, ImportRun
from partnership.firms import lock_firm, own_contact
from partnership.models import Firm, Person
from partnership.queueing import tell_worker
from partnership.refusals import Refusal
from partnership.times import current_language

State = ImportRun.State
Outcome = ImportRow.Outcome
WORKED_FOR = datetime.timedelta(minutes=3)
"""A worker that has not been heard of for so long was killed."""
KEPT_FOR = datetime.timedelta(days=7)
"""A list that nobody confirms."""
SAME_WITHIN = datetime.timedelta(seconds=5)
"""A double click."""
MOST_TRIES = 3
OPEN = (State.UPLOADED, State.ASKING, State.CHECKING, State.CHECKED)


class Superseded(Exception):
    """Another worker has gone on with it, or the person has dropped it."""


@transaction.atomic
def upload_list(
    *, firm: Firm, person: Person, file_name: str, content: bytes, campaign: Campaign | None = None
) -> ImportRun:
    """Raises Refusal for what is no list."""
    if sentence := why_no_list(content):
        raise Refusal(sentence)
    lock_firm(firm.pk)
    bare = os.path.basename(file_name.replace("\\", "/"))
    sent = {
        "firm": firm,
        "person": person,
        "file_name": "".join(letter for letter in bare if letter.isprintable())[-120:] or _("Liste"),
        "content": content,
        "campaign": campaign,
    }
    fresh = ImportRun.objects.filter(uploaded_at__gt=timezone.now() - SAME_WITHIN, **sent)
    if same := fresh.first():
        return same
    hold_campaign(campaign)
    run = ImportRun.objects.create(
        **sent,
        page_language=current_language(),
    )
    tell_worker(tasks.work_on_import, run.pk)
    return run


@transaction.atomic
def map_columns(*, run_id: int, sheet: int, mapping: Mapping[str, str], actor: Person) -> None:
    """What each column is; remembered for the firm's next list. Raises Refusal."""
    run = lock_run(run_id)
    own_contact(run.firm, actor)
    if run.state not in (State.ASKING, State.CHECKED):
        raise Refusal(_("Diese Liste ist schon weiter. Laden Sie die Seite neu."))
    if sentence := why_not_mapped(mapping):
        raise Refusal(sentence)
    headings = next(found["headings"] for found in run.sheets if found["number"] == sheet)
    remember(run.firm, headings, mapping)
    run.sheet, run.mapping = sheet, {number: field for number, field in mapping.items() if field}
    _hand_over(run, State.UPLOADED, "sheet", "mapping")


@transaction.atomic
def choose_duplicates(*, run_id: int, shown: Iterable[int], taken: Iterable[int], actor: Person) -> None:
    """Of the rows on one page. Raises Refusal."""
    rows = _duplicates(run_id, actor).filter(pk__in=set(shown))
    rows.filter(pk__in=set(taken)).update(is_taken=True)
    rows.exclude(pk__in=set(taken)).update(is_taken=False)


@transaction.atomic
def choose_all_duplicates(*, run_id: int, are_taken: bool, actor: Person) -> None:
    """Raises Refusal."""
    _duplicates(run_id, actor).update(is_taken=are_taken)


@transaction.atomic
def confirm_import(*, run_id: int, actor: Person) -> None:
    """The person's word. A second click finds that it is given. Raises Refusal."""
    run = lock_run(run_id)
    own_contact(run.firm, actor)
    if run.state in (State.WRITING, State.DONE):
        return
    if run.state != State.CHECKED:
        raise Refusal(_("Diese Liste ist nicht fertig geprüft. Warten Sie, bis die Prüfung zu Ende ist."))
    run.person = actor
    _hand_over(run, State.WRITING, "person")


@transaction.atomic
def drop_import(*, run_id: int, actor: Person) -> None:
    """Raises Refusal."""
    run = lock_run(run_id)
    own_contact(run.firm, actor)
    if run.state not in OPEN:
        raise Refusal(_("Diese Liste ist schon übernommen."))
    end_run(run, State.DROPPED)


def begin(run_id: int) -> ImportRun | None:
    """Nothing to do when another worker is at it or when it is over."""
    if not idle().filter(pk=run_id).update(worked_at=timezone.now(), tries=F("tries") + 1):
        return None
    ImportRun.objects.filter(pk=run_id, state=State.UPLOADED).update(state=State.CHECKING)
    return ImportRun.objects.select_related("firm", "person").get(pk=run_id)


def idle() -> QuerySet[ImportRun]:
    is_left = Q(worked_at__isnull=True) | Q(worked_at__lt=timezone.now() - WORKED_FOR)
    return ImportRun.objects.filter(is_left, state__in=ImportRun.AT_WORK)


def sweep_imports() -> int:
    """Tell workers of lists that nobody is at; returns how many."""
    keys = list(idle().order_by("pk").values_list("pk", flat=True))
    for key in keys:
        tell_worker(tasks.work_on_import, key)
    return len(keys)


def drop_old_imports() -> int:
    """Lists that nobody has confirmed within a week; returns how many."""
    old = ImportRun.objects.filter(state__in=OPEN, uploaded_at__lt=timezone.now() - KEPT_FOR)
    keys = list(old.values_list("pk", flat=True))
    for key in keys:
        with transaction.atomic():
            run = lock_run(key)
            if run.state in OPEN:
                end_run(run, State.DROPPED)
    return len(keys)


@transaction.atomic
def go_on(run: ImportRun, **fields: object) -> None:
    """What the worker has come to, as long as it is the one. Raises Superseded."""
    mine = ImportRun.objects.filter(pk=run.pk, state=run.state, tries=run.tries)
    if not mine.update(worked_at=timezone.now(), **fields):
        raise Superseded


def lock_run(run_id: int) -> ImportRun:
    """Locked, then read."""
    ImportRun.objects.select_for_update(no_key=True).get(pk=run_id)
    return ImportRun.objects.select_related("firm", "person").get(pk=run_id)


def end_run(run: ImportRun, state: str, *, fault: str = "") -> None:
    """Of a locked run: its file goes, and what was made of it but for the rows to mend."""
    if state != State.DROPPED and run.rows.filter(outcome=Outcome.FAULTY).exists():
        run.faulty = faulty_file(run)
    run.rows.all().delete()
    run.state, run.fault, run.content, run.ended_at = state, fault[:300], None, timezone.now()
    run.save(update_fields=["state", "fault", "content", "ended_at", "faulty", "counts"])


def _hand_over(run: ImportRun, state: str, *fields: str) -> None:
    run.state, run.worked_at, run.tries, run.rows_done = state, None, 0, 0
    run.save(update_fields=["state", "worked_at", "tries", "rows_done", *fields])
    tell_worker(tasks.work_on_import, run.pk)


def _duplicates(run_id: int, actor: Person) -> QuerySet[ImportRow]:
    run = lock_run(run_id)
    own_contact(run.firm, actor)
    if run.state != State.CHECKED:
        raise Refusal(_("Diese Liste ist schon weiter. Laden Sie die Seite neu."))
    return ImportRow.objects.filter(run=run, outcome=Outcome.DUPLICATE)
