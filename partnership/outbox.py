"""The outbox: queue a mail with the act it tells of, deliver it once while it is true, find what was missed.

SMTP knows no "exactly once": a worker that dies between the server's 250 and our commit
makes the mail go out again, with the same Message-ID. Nothing else repeats one.
"""

import datetime
import logging
import smtplib
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NotRequired, TypedDict, Unpack

from django.contrib.contenttypes.models import ContentType
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import Case, F, Model, Q, QuerySet, Value, When
from django.utils import timezone

from partnership import tasks
from partnership.blocked_addresses import block_of
from partnership.journal import log_act
from partnership.mail_content import build_message
from partnership.mail_in.returns import take_return, tell_lost
from partnership.mail_in.statuses import says_address_is_gone, status_in
from partnership.models import OutgoingMail, Partnership, Person, ReceivedMail
from partnership.queueing import tell_worker

LEASE = datetime.timedelta(minutes=10)
BACKOFF_MINUTES = [1, 5, 15, 60, 180, 360, 720, 1440]
SWEEP_BATCH = 200
SECRETS = ("_url", "_code", "_written")
"""How the keys of a mail's content end that leave the row with it: secrets, and what a person wrote."""
FORGOTTEN = "erased"
NOBODYS: dict[str, Any] = {"to_name": "", "to_email": "", "content": {}, "calendar": None}

logger = logging.getLogger(__name__)
_labels: dict[str, Any] = {}
_asked_for: set[str] = set()


Check = Callable[[OutgoingMail], bool]
_checks: dict[str, Check] = {}


def register_mails(labels: dict[str, Any], *, still_true: Mapping[str, Check] | None = None) -> None:
    """Apps name their kinds of mail in `ready()`: key, which is also the template's name, to label.

    `still_true` is asked once more before a mail of that kind leaves: it may be late, and things change.
    """
    _labels.update(labels)
    _checks.update(still_true or {})


def register_asked_for(*kinds: str) -> None:
    """Kinds that go to a blocked address, too: somebody has just asked for them and waits at the mailbox."""
    _asked_for.update(kinds)


def mail_label(kind: str) -> str:
    return str(_labels.get(kind, kind))


class Draft(TypedDict):
    """A mail before it is queued.

    `kind` names the templates `emails/<kind>.txt` and `.html`, `content` is their JSON context,
    `calendar` a calendar entry as `calendar_files.build_calendar` takes it. German unless `language` is said.
    """

    partnership: Partnership
    kind: str
    to_email: str
    content: dict[str, Any]
    to_name: NotRequired[str]
    language: NotRequired[str]
    calendar: NotRequired[dict[str, Any] | None]
    thing: NotRequired[Model | None]


def queue_mail(**draft: Unpack[Draft]) -> OutgoingMail:
    """Write a mail into the outbox; call it inside the act's transaction."""
    [mail] = queue_mails([draft])
    return mail


def queue_mails(drafts: Iterable[Draft]) -> list[OutgoingMail]:
    """Write many in one statement."""
    mails = OutgoingMail.objects.bulk_create([_written(draft) for draft in drafts])
    _tell_of_each(mail.pk for mail in mails)
    return mails


def _tell_of_each(keys: Iterable[int]) -> None:
    """Several workers share in sending them."""
    for key in keys:
        tell_worker(tasks.deliver_mail, key)


def deliver_mail(mail_id: int) -> None:
    """Send one queued mail, if nobody else is at it. SMTP is spoken outside any transaction."""
    mail = _take(mail_id)
    if mail is None:
        return
    if mail.kind not in _asked_for and block_of(mail.to_email):
        _give_up(mail, OutgoingMail.State.BLOCKED)
        return
    try:
        with get_connection() as connection:
            message = build_message(mail, connection)
            if not _is_still_true(mail):
                _withdraw(mail)
                return
            message.send()
    except (OSError, smtplib.SMTPException) as error:
        _postpone(mail, error)
        return
    except Exception as error:
        logger.exception("mail %s cannot be built", mail.pk)
        _postpone(mail, error)
        return
    _mark_sent(mail)


def sweep_outbox() -> int:
    """Tell workers of queued mails that are due and in nobody's hands; returns how many."""
    now = timezone.now()
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    due = OutgoingMail.objects.filter(free, state=OutgoingMail.State.QUEUED, due_at__lte=now)
    keys = list(due.order_by("due_at").values_list("pk", flat=True)[:SWEEP_BATCH])
    _tell_of_each(keys)
    return len(keys)


@transaction.atomic
def try_postponed_now(*, actor: Person) -> int:
    """The mail server is back: nobody has to wait for the next attempt. The sweeper tells the workers."""
    postponed = OutgoingMail.objects.filter(
        state=OutgoingMail.State.QUEUED, attempts__gt=0, due_at__gt=timezone.now()
    )
    number = postponed.update(due_at=timezone.now())
    log_act(act="outbox.tried_now", thing=actor, actor=actor, detail={"mails": number})
    return number


def mails_about(thing: Model) -> QuerySet[OutgoingMail]:
    """For timelines: state and times, never the content."""
    return OutgoingMail.objects.filter(
        content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk
    ).defer("content", "calendar")


def received_about(thing: Model) -> QuerySet[ReceivedMail]:
    """For timelines: what came back to mails about it."""
    return (
        ReceivedMail.objects.filter(
            outgoing__content_type=ContentType.objects.get_for_model(thing), outgoing__object_id=thing.pk
        )
        .exclude(kind=ReceivedMail.Kind.OTHER)
        .select_related("outgoing")
    )


def mails_about_all(model: type[Model], keys: Collection[int]) -> QuerySet[OutgoingMail]:
    kind = ContentType.objects.get_for_model(model)
    return OutgoingMail.objects.filter(content_type=kind, object_id__in=keys)


def forget_mails(mails: QuerySet[OutgoingMail]) -> int:
    """Empty mails of whoever is erased: kind and times stay. What has not left yet, does not leave."""
    return mails.update(
        state=Case(
            When(state=OutgoingMail.State.QUEUED, then=Value(OutgoingMail.State.FAILED)), default=F("state")
        ),
        last_error=FORGOTTEN,
        **NOBODYS,
    )


def _written(draft: Draft) -> OutgoingMail:
    if draft["kind"] not in _labels:
        raise KeyError(f"{draft['kind']} is not registered")
    thing, domain = draft.get("thing"), draft["partnership"].sender_email.rpartition("@")[2]
    return OutgoingMail(
        partnership=draft["partnership"],
        kind=draft["kind"],
        to_name=draft.get("to_name", ""),
        to_email=draft["to_email"],
        language=draft.get("language", "de"),
        content=draft["content"],
        calendar=draft.get("calendar"),
        message_id=f"<{uuid.uuid4()}@{domain}>",
        content_type=ContentType.objects.get_for_model(thing) if thing else None,
        object_id=thing.pk if thing else None,
    )


def _take(mail_id: int) -> OutgoingMail | None:
    now = timezone.now()
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    taken = OutgoingMail.objects.filter(
        free, pk=mail_id, state=OutgoingMail.State.QUEUED, due_at__lte=now
    ).update(leased_until=now + LEASE, attempts=F("attempts") + 1)
    return OutgoingMail.objects.select_related("partnership").get(pk=mail_id) if taken else None


def _is_still_true(mail: OutgoingMail) -> bool:
    check = _checks.get(mail.kind)
    return check is None or check(mail)


def _withdraw(mail: OutgoingMail) -> None:
    mail.state = OutgoingMail.State.WITHDRAWN
    mail.leased_until = None
    mail.content = _without_secrets(mail)
    _write_unless_forgotten(mail, ["state", "leased_until", "content"])


def _mark_sent(mail: OutgoingMail) -> None:
    """What has been forgotten while it was under way stays forgotten."""
    mail.state = OutgoingMail.State.SENT
    mail.sent_at = timezone.now()
    mail.leased_until = None
    mail.last_error = ""
    mail.content = _without_secrets(mail)
    changed = ["state", "sent_at", "leased_until", "last_error", "content"]
    _write_unless_forgotten(mail, changed)
    _forget_last_word(mail)


def _postpone(mail: OutgoingMail, error: Exception) -> None:
    """Try again later, or give up: at once after a 5xx answer, else after two days."""
    mail.last_error = _describe(error)
    mail.leased_until = None
    if _is_refused_for_good(error) or mail.attempts > len(BACKOFF_MINUTES):
        _give_up(mail, OutgoingMail.State.FAILED, status=_status_of_refused(error))
        return
    mail.due_at = timezone.now() + datetime.timedelta(minutes=BACKOFF_MINUTES[mail.attempts - 1])
    _write_unless_forgotten(mail, ["due_at", "leased_until", "last_error"])


@transaction.atomic
def _give_up(mail: OutgoingMail, state: OutgoingMail.State, *, status: str = "") -> None:
    """It never arrives. `status`: why the mail server refused the address. What apps lock comes first."""
    if OutgoingMail.objects.filter(pk=mail.pk).exclude(last_error=FORGOTTEN).exists():
        _note_refusal(mail, status) if status else tell_lost(mail)
    mail.state, mail.leased_until = state, None
    changed = ["state", "leased_until", "last_error"]
    if state == OutgoingMail.State.BLOCKED:
        mail.content = _without_secrets(mail)
        changed.append("content")
    _write_unless_forgotten(mail, changed)
    _forget_last_word(mail)


def _note_refusal(mail: OutgoingMail, status: str) -> None:
    """As if it had come back: the mail server said at once what others say by mail."""
    is_gone = says_address_is_gone(status)
    kind = ReceivedMail.Kind.HARD if is_gone else ReceivedMail.Kind.SOFT
    _row, is_new = ReceivedMail.objects.get_or_create(
        key=f"refused-{mail.pk}", defaults={"kind": kind, "status": status, "outgoing": mail}
    )
    if is_new:
        take_return(mail, kind=kind, status=status)


def _without_secrets(mail: OutgoingMail) -> dict[str, Any]:
    """Nobody needs them here any more."""
    return {key: value for key, value in mail.content.items() if not key.endswith(SECRETS)}


def _write_unless_forgotten(mail: OutgoingMail, changed: list[str]) -> None:
    rows = OutgoingMail.objects.filter(pk=mail.pk).exclude(last_error=FORGOTTEN)
    rows.update(**{name: getattr(mail, name) for name in changed})


def _forget_last_word(mail: OutgoingMail) -> None:
    OutgoingMail.objects.filter(pk=mail.pk, is_last_word=True).update(**NOBODYS)


def _is_refused_for_good(error: Exception) -> bool:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _text in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and 500 <= error.smtp_code < 600


def _status_of_refused(error: Exception) -> str:
    """Why the address was refused for good; empty for whatever else went wrong."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused) or not _is_refused_for_good(error):
        return ""
    code, text = next(iter(error.recipients.values()))
    words = text.decode("latin-1") if isinstance(text, bytes) else str(text)
    return status_in(f"{code} {words}")


def _describe(error: Exception) -> str:
    """Kind and code only: a server's text may quote the address."""
    code = getattr(error, "smtp_code", None)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()))[0]
    return f"{type(error).__name__} {code}" if code else type(error).__name__
