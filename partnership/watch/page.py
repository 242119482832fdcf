"""The technicians' page as ready strings: no addresses, no contents."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from partnership.models import Alarm, OutgoingMail, QueueSample, TaskRun
from partnership.outbox import mail_label
from partnership.times import short_moment
from partnership.watch.chart import HOURS, Chart, draw_queues
from partnership.watch.findings import entries, is_failing, is_late, look, next_run

State = OutgoingMail.State
ALARMS_SHOWN = 20
MAILS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class FindingRow:
    label: str
    words: str
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class TaskRow:
    name: str
    last: str
    next: str
    failed: str
    badge: str
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class AlarmRow:
    label: str
    words: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class MailRow:
    label: str
    queued: str
    attempts: int
    error: str
    next: str


@dataclass(frozen=True, slots=True)
class OperationsPage:
    findings: list[FindingRow]
    chart: Chart
    tasks: list[TaskRow]
    mails: dict[str, int]
    trouble: list[MailRow]
    postponed: int
    alarms: list[AlarmRow]

    @property
    def wrong(self) -> list[FindingRow]:
        return [row for row in self.findings if row.is_wrong]


def lay_out_operations(now: datetime.datetime) -> OperationsPage:
    day = datetime.timedelta(hours=HOURS)
    samples = list(QueueSample.objects.filter(at__gte=now - day))
    queued = OutgoingMail.objects.filter(state=State.QUEUED)
    failed = OutgoingMail.objects.filter(state=State.FAILED, queued_at__gte=now - 7 * day)
    waiting = queued.aggregate(
        waiting=Count("pk", filter=Q(attempts=0)), postponed=Count("pk", filter=Q(attempts__gt=0))
    )
    postponed = queued.filter(attempts__gt=0).order_by("queued_at", "pk")[:MAILS_SHOWN]
    trouble = [*postponed, *failed.order_by("-queued_at", "-pk")[:MAILS_SHOWN]]
    return OperationsPage(
        findings=[FindingRow(str(f.kind.label), f.words, f.is_wrong) for f in look(now)],
        chart=draw_queues(samples, now=now),
        tasks=_task_rows(now),
        mails={**waiting, "failed": failed.count()},
        trouble=[_mail_row(mail) for mail in trouble],
        postponed=waiting["postponed"],
        alarms=[_alarm_row(alarm) for alarm in Alarm.objects.all()[:ALARMS_SHOWN]],
    )


def _task_rows(now: datetime.datetime) -> list[TaskRow]:
    runs = {run.name: run for run in TaskRun.objects.all()}
    rows = [_task_row(name, runs.pop(name, None), schedule, now) for name, schedule in sorted(entries())]
    rest = [_task_row(run.name, run, None, now) for run in runs.values() if is_failing(run, now)]
    return rows + rest


def _task_row(name: str, run: TaskRun | None, schedule: object, now: datetime.datetime) -> TaskRow:
    failing = run is not None and is_failing(run, now)
    late = schedule is not None and is_late(run, schedule, now)
    last = run.succeeded_at if run else None
    if failing:
        badge = _("schlägt fehl")
    elif late:
        badge = _("überfällig")
    else:
        badge = _("läuft") if last else _("lief noch nicht")
    return TaskRow(
        name=name,
        last=short_moment(last) if last else "–",
        next=short_moment(next_run(last, schedule)) if last and schedule else "–",
        failed=f"{run.failures} × {run.error}" if run and failing else "",
        badge=badge,
        is_wrong=failing or late,
    )


def _mail_row(mail: OutgoingMail) -> MailRow:
    is_waiting = mail.state == State.QUEUED
    return MailRow(
        label=mail_label(mail.kind),
        queued=short_moment(mail.queued_at),
        attempts=mail.attempts,
        error=mail.last_error or "–",
        next=short_moment(mail.due_at) if is_waiting else _("aufgegeben"),
    )


def _alarm_row(alarm: Alarm) -> AlarmRow:
    return AlarmRow(
        label=alarm.get_kind_display(),
        words=alarm.words,
        since=short_moment(alarm.started_at),
        until=short_moment(alarm.ended_at) if alarm.ended_at else _("besteht"),
    )
