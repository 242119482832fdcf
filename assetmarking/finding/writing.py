"""A finder writes, the owner answers, the finder writes again, until one of them ends it.

The firm's row is not locked: whoever makes a firm another one holds the locks of its labels and threads.
"""

import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from assetmarking.finding import mails
from assetmarking.models import FinderMessage, FinderThread, Label
from partnership.journal import log_act
from partnership.links import find_link
from partnership.locking import lock_rows
from partnership.models import Partnership, Person, SecretLink
from partnership.queries import firms_of
from partnership.refusals import Refusal

A_DAY = datetime.timedelta(days=1)
MOST_ABOUT_A_LABEL = 5
"""Finders a day."""
MOST_IN_A_ROW = 3
"""From one side without a word from the other: an address that somebody else has typed gets no more."""
SAME_WITHIN = datetime.timedelta(hours=1)
"""A double click, or Back and once more: the same words are one message."""
QUIET = datetime.timedelta(days=90)
"""After so long without a word nobody counts on one."""


class Ended(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Dieser Austausch ist beendet. Es kann niemand mehr schreiben."))


@transaction.atomic
def begin_thread(
    *, label_id: int, text: str, finder_email: str, partnership: Partnership, page_language: str
) -> FinderThread:
    """To the firm whose label it is, whether it sticks on something or not."""
    lock_rows(Label, [label_id])
    label, finder_email = Label.objects.get(pk=label_id), finder_email.strip().lower()
    if same := _same_again(label, text=text, finder_email=finder_email):
        return same
    today = FinderThread.objects.filter(label=label, begun_at__gt=timezone.now() - A_DAY)
    if today.count() >= MOST_ABOUT_A_LABEL:
        raise Refusal(
            _(
                "Zu diesem Code haben heute schon mehrere geschrieben. Versuchen Sie es morgen wieder, oder "
                "geben Sie den Fund bei der Polizei oder im Fundbüro an."
            )
        )
    thread = FinderThread.objects.create(
        label=label,
        firm_id=label.firm_id,
        partnership=partnership,
        finder_email=finder_email,
        page_language=page_language,
    )
    log_act(act="find.begun", thing=thread)
    mails.tell_owner(_write(thread, text, is_from_owner=False), is_first=True)
    return thread


@transaction.atomic
def answer_finder(*, thread_id: int, text: str, actor: Person) -> FinderMessage:
    """By mail, if the finder has left an address. Raises Ended, Refusal."""
    thread = _lock_own(thread_id, actor)
    if same := _said_just_now(thread, text, is_from_owner=True):
        return same
    _refuse_monologue(thread, is_from_owner=True)
    if not thread.finder_email:
        raise Refusal(_("Wer Ihnen geschrieben hat, wollte keine Antwort und hat keine Adresse angegeben."))
    message = _write(thread, text, is_from_owner=True)
    log_act(act="find.answered", thing=thread, actor=actor)
    mails.tell_finder(message)
    return message


@transaction.atomic
def write_again(*, thread_id: int, text: str) -> FinderMessage:
    """By the finder, behind the mail's link. Raises Ended, Refusal."""
    thread = _lock_open(thread_id)
    if same := _said_just_now(thread, text, is_from_owner=False):
        return same
    _refuse_monologue(thread, is_from_owner=False)
    message = _write(thread, text, is_from_owner=False)
    log_act(act="find.written_again", thing=thread)
    mails.tell_owner(message, is_first=False)
    return message


@transaction.atomic
def end_by_owner(*, thread_id: int, actor: Person) -> None:
    _end(_lock_own(thread_id, actor), actor=actor)


@transaction.atomic
def end_by_finder(*, thread_id: int) -> None:
    _end(_lock_open(thread_id))


@transaction.atomic
def end_quiet_threads(*, now: datetime.datetime | None = None) -> int:
    """The scan: nobody has written for long; returns how many."""
    now = now or timezone.now()
    quiet = FinderThread.objects.filter(closed_at__isnull=True).annotate(last=Max("messages__sent_at"))
    keys = list(quiet.filter(last__lt=now - QUIET).values_list("pk", flat=True))
    lock_rows(FinderThread, keys)
    return quiet.filter(pk__in=keys, last__lt=now - QUIET).update(closed_at=now)


def thread_behind(token: str) -> FinderThread | None:
    """The finder's secret link; it reads what was written even when that has ended."""
    link = find_link(token, purpose=SecretLink.Purpose.FINDER, model=FinderThread)
    rows = FinderThread.objects.prefetch_related("messages").select_related("label")
    return rows.filter(pk=link.object_id).first() if link else None


def _same_again(label: Label, *, text: str, finder_email: str) -> FinderThread | None:
    since = timezone.now() - SAME_WITHIN
    threads = FinderThread.objects.filter(label=label, finder_email=finder_email, begun_at__gt=since)
    return threads.filter(messages__text=text.strip(), messages__is_from_owner=False).first()


def _said_just_now(thread: FinderThread, text: str, *, is_from_owner: bool) -> FinderMessage | None:
    last = (
        thread.messages.filter(sent_at__gt=timezone.now() - SAME_WITHIN).order_by("-sent_at", "-pk").first()
    )
    is_same = last is not None and (last.text, last.is_from_owner) == (text.strip(), is_from_owner)
    return last if is_same else None


def _write(thread: FinderThread, text: str, *, is_from_owner: bool) -> FinderMessage:
    return FinderMessage.objects.create(thread=thread, text=text.strip(), is_from_owner=is_from_owner)


def _lock_own(thread_id: int, actor: Person) -> FinderThread:
    """Whose firm it is may have changed since the page was opened."""
    thread = _lock_open(thread_id)
    if not firms_of(actor).filter(pk=thread.firm_id).exists():
        raise Refusal(_("Sie sprechen nicht mehr für diese Firma."))
    return thread


def _lock_open(thread_id: int) -> FinderThread:
    lock_rows(FinderThread, [thread_id])
    thread = FinderThread.objects.select_related("label__asset", "partnership").get(pk=thread_id)
    if thread.closed_at:
        raise Ended
    return thread


def _refuse_monologue(thread: FinderThread, *, is_from_owner: bool) -> None:
    latest = thread.messages.order_by("-sent_at", "-pk").values_list("is_from_owner", flat=True)
    last = list(latest[:MOST_IN_A_ROW])
    if len(last) == MOST_IN_A_ROW and all(side == is_from_owner for side in last):
        raise Refusal(_("Sie haben schon dreimal geschrieben. Warten Sie auf eine Antwort."))


def _end(thread: FinderThread, *, actor: Person | None = None) -> None:
    thread.closed_at = timezone.now()
    thread.save(update_fields=["closed_at"])
    log_act(act="find.ended", thing=thread, actor=actor)
