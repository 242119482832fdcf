"""Who looks after the portal is told when something is wrong, once, and when it is over.

These mails do not go through the outbox, which may be what is stuck.
"""

import datetime
import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from partnership.models import Alarm, OutgoingMail, Partnership, Person, QueueSample
from partnership.times import short_moment
from partnership.watch.broker import waiting_tasks
from partnership.watch.findings import Finding, look

SETTLES_AFTER = datetime.timedelta(minutes=10)
"""What is over for so long is over; until then it may come back as the same alarm."""
REMIND_AFTER = datetime.timedelta(hours=24)
SAMPLES_KEPT = datetime.timedelta(days=2)
logger = logging.getLogger(__name__)


def watch_portal(now: datetime.datetime | None = None) -> None:
    """Every minute, called by beat, which is not late then: measure the queue, look at everything else."""
    now = now or timezone.now()
    _measure(now)
    raise_alarms([finding for finding in look(now) if finding.kind != Alarm.Kind.BEAT], now=now)


def raise_alarms(findings: list[Finding], *, now: datetime.datetime) -> None:
    """Safe with any number of callers: each alarm is told by whoever comes first."""
    with transaction.atomic():
        _note(findings, now=now)
    _tell(now)


def _measure(now: datetime.datetime) -> None:
    minute = now.replace(second=0, microsecond=0)
    due = OutgoingMail.objects.filter(state=OutgoingMail.State.QUEUED, due_at__lte=now).count()
    sample = QueueSample(at=minute, tasks=waiting_tasks() or 0, mails=due)
    QueueSample.objects.bulk_create([sample], ignore_conflicts=True)
    QueueSample.objects.filter(at__lt=now - SAMPLES_KEPT).delete()


def _note(findings: list[Finding], *, now: datetime.datetime) -> None:
    wrong = {finding.kind: finding for finding in findings if finding.is_wrong}
    for alarm in Alarm.objects.select_for_update(no_key=True).filter(is_closed=False).order_by("pk"):
        finding = wrong.pop(Alarm.Kind(alarm.kind), None)
        if finding is None:
            alarm.ended_at = alarm.ended_at or now
            alarm.is_closed = alarm.told_at is None
        else:
            alarm.ended_at, alarm.words = None, finding.words
        alarm.save(update_fields=["ended_at", "is_closed", "words"])
    rows = [Alarm(kind=kind, words=finding.words, started_at=now) for kind, finding in wrong.items()]
    Alarm.objects.bulk_create(rows, ignore_conflicts=True)


def _tell(now: datetime.datetime) -> None:
    new = _claim(Q(ended_at=None) & (Q(told_at=None) | Q(told_at__lte=now - REMIND_AFTER)), told_at=now)
    over = _claim(Q(ended_at__lte=now - SETTLES_AFTER), is_closed=True)
    for alarm in new:
        logger.error("alarm %s: %s", alarm.kind, alarm.words)
    if (new or over) and not _mail(new, over):
        Alarm.objects.filter(pk__in=[alarm.pk for alarm in new]).update(told_at=None)


def _claim(which: Q, **changes: object) -> list[Alarm]:
    """Those that nobody else tells of: changed and returned."""
    with transaction.atomic():
        rows = Alarm.objects.select_for_update(skip_locked=True, no_key=True)
        alarms = list(rows.filter(which, is_closed=False))
        Alarm.objects.filter(pk__in=[alarm.pk for alarm in alarms]).update(**changes)
    return alarms


def _mail(new: list[Alarm], over: list[Alarm]) -> bool:
    """Whether it left. What cannot be mailed stands in the log and on the page."""
    to = settings.ALARM_ADDRESSES or list(
        Person.objects.filter(is_staff=True, is_active=True).order_by("pk").values_list("email", flat=True)
    )
    partnership = Partnership.objects.order_by("pk").first()
    if not to or partnership is None:
        logger.warning("nobody to tell of alarms: set ALARM_ADDRESSES")
        return True
    with translation.override("de"):
        context = {
            "new": [_words(alarm) for alarm in new],
            "over": [_words(alarm) for alarm in over],
            "page": settings.BASE_URL + reverse("workplace:operations"),
        }
        subject, _newline, text = render_to_string("emails/alarm.txt", context).partition("\n")
    message = EmailMessage(
        subject=subject.strip(),
        body=text.strip() + "\n",
        from_email=partnership.sender_email,
        to=to,
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except (OSError, smtplib.SMTPException) as error:
        logger.warning("alarm could not be mailed: %s", type(error).__name__)
        return False
    return True


def _words(alarm: Alarm) -> dict[str, str]:
    return {
        "kind": alarm.get_kind_display(),
        "words": alarm.words,
        "since": short_moment(alarm.started_at),
        "until": short_moment(alarm.ended_at) if alarm.ended_at else "",
    }
