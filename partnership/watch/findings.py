"""What is wrong now: mails that do not leave, a late beat, tasks that fail, a queue that grows, a folder that
is gone."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from celery.schedules import crontab, maybe_schedule
from django.conf import settings
from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnership.models import Alarm, OutgoingMail, QueueSample, TaskRun
from partnership.retention.list_folder import look_at_folder
from partnership.times import BERLIN, short_moment
from partnership.watch.broker import waiting_tasks
from partnership.watch.runs import HEARTBEAT

Kind = Alarm.Kind
MINUTE = datetime.timedelta(minutes=1)
STUCK_AFTER = 30 * MINUTE
LATE_AFTER = 5 * MINUTE
"""Beat's minute may pass a few times: a worker that is restarted is not worth a mail."""
FAILED_WITHIN = datetime.timedelta(hours=1)
MANY_FAILED = 10
LONG_QUEUE = 500
GROWS_FOR = 10 * MINUTE
State = OutgoingMail.State


@dataclass(frozen=True, slots=True)
class Finding:
    """`status` is what `/readyz` says; `words` what people read."""

    kind: Alarm.Kind
    status: str
    words: str

    @property
    def is_wrong(self) -> bool:
        return self.status != "ok"


def look(now: datetime.datetime | None = None) -> list[Finding]:
    """All six, whether something is wrong or not. A constant number of statements."""
    now = now or timezone.now()
    runs = {run.name: run for run in TaskRun.objects.all()}
    waiting = waiting_tasks()
    return [
        _outbox(now),
        _beat(runs.get(HEARTBEAT), now),
        _tasks(runs, now),
        _queue(waiting, now),
        _broker(waiting),
        _erasures(),
    ]


def _outbox(now: datetime.datetime) -> Finding:
    stuck = OutgoingMail.objects.filter(state=State.QUEUED, queued_at__lt=now - STUCK_AFTER)
    waiting = stuck.aggregate(number=Count("pk"), oldest=Min("queued_at"))
    if waiting["number"]:
        words = ngettext(
            "%(number)s E-Mail wartet seit mehr als einer halben Stunde, die älteste seit %(since)s.",
            "%(number)s E-Mails warten seit mehr als einer halben Stunde, die älteste seit %(since)s.",
            waiting["number"],
        ) % {"number": waiting["number"], "since": short_moment(waiting["oldest"])}
        return Finding(Kind.OUTBOX, "stuck", words)
    failed = OutgoingMail.objects.filter(state=State.FAILED, queued_at__gte=now - FAILED_WITHIN).count()
    if failed >= MANY_FAILED:
        words = _("In der letzten Stunde hat der Mailserver %(number)s E-Mails endgültig abgelehnt.")
        return Finding(Kind.OUTBOX, "failing", words % {"number": failed})
    return Finding(Kind.OUTBOX, "ok", _("Keine E-Mail wartet länger als eine halbe Stunde."))


def _beat(heartbeat: TaskRun | None, now: datetime.datetime) -> Finding:
    """Beat and worker alike: the one calls, the other answers."""
    last = heartbeat.succeeded_at if heartbeat else None
    if last is None:
        words = _("Noch hat sich kein Zeitgeber gemeldet. Läuft der Dienst beat?")
        return Finding(Kind.BEAT, "unknown", words)
    if last < now - LATE_AFTER:
        words = _("Seit %(when)s läuft keine geplante Aufgabe. Prüfen Sie die Dienste beat und worker.")
        return Finding(Kind.BEAT, "late", words % {"when": short_moment(last)})
    return Finding(Kind.BEAT, "ok", _("Zuletzt gemeldet: %(when)s.") % {"when": short_moment(last)})


def _tasks(runs: dict[str, TaskRun], now: datetime.datetime) -> Finding:
    """That all of them are late when beat is, goes without saying."""
    failing = sorted(run.name for run in runs.values() if is_failing(run, now))
    late = [name for name, schedule in entries() if is_late(runs.get(name), schedule, now)]
    late = [] if HEARTBEAT in late else sorted(set(late) - set(failing))
    words = []
    if failing:
        words.append(_("Fehlgeschlagen: %(names)s.") % {"names": ", ".join(failing)})
    if late:
        words.append(_("Überfällig: %(names)s.") % {"names": ", ".join(late)})
    if words:
        return Finding(Kind.TASKS, "failing" if failing else "late", " ".join(words))
    return Finding(Kind.TASKS, "ok", _("Alle geplanten Aufgaben laufen."))


def _queue(waiting: int | None, now: datetime.datetime) -> Finding:
    """A full queue is not wrong, one that has been long for ten minutes and is not getting shorter is."""
    if waiting is None:
        return Finding(Kind.QUEUE, "ok", _("Nicht messbar, solange der Broker fehlt."))
    samples = QueueSample.objects.filter(at__gte=now - GROWS_FOR - MINUTE).values_list("tasks", flat=True)
    lengths = [*samples, waiting]
    words = ngettext(
        "%(number)s Aufgabe wartet auf Bearbeitung.", "%(number)s Aufgaben warten auf Bearbeitung.", waiting
    ) % {"number": waiting}
    has_been_long = len(lengths) >= GROWS_FOR // MINUTE and min(lengths) > LONG_QUEUE
    if has_been_long and waiting >= lengths[0]:
        return Finding(Kind.QUEUE, "growing", f"{words} {_('Es werden nicht weniger.')}")
    return Finding(Kind.QUEUE, "ok", words)


def _broker(waiting: int | None) -> Finding:
    if waiting is None:
        words = _("Der Broker antwortet nicht. Buchungen gehen weiter, E-Mails warten.")
        return Finding(Kind.BROKER, "away", words)
    return Finding(Kind.BROKER, "ok", _("Der Broker antwortet."))


def _erasures() -> Finding:
    """As this process sees it. Developers' folder comes into being with its first line."""
    fault = None if settings.IS_LOCAL else look_at_folder()
    if fault:
        words = _("%(what)s Bis dahin lässt sich nichts löschen.") % {"what": fault.words}
        return Finding(Kind.ERASURES, fault.status, fault.words if fault.status == "not-kept" else words)
    return Finding(Kind.ERASURES, "ok", _("Die Löschliste ist beschreibbar."))


def entries() -> Iterator[tuple[str, Any]]:
    """Name and schedule of everything that beat calls."""
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        yield entry["task"], maybe_schedule(entry["schedule"])


def is_failing(run: TaskRun, now: datetime.datetime) -> bool:
    """Until it works again; of what beat does not call, only failures are known: they count for an hour."""
    if not run.failures or run.failed_at is None:
        return False
    is_scheduled = any(name == run.name for name, _schedule in entries())
    return is_scheduled or run.failed_at > now - FAILED_WITHIN


def is_late(run: TaskRun | None, schedule: Any, now: datetime.datetime) -> bool:
    """What never ran is not late: a new portal has not seen its first night yet."""
    if run is None or run.succeeded_at is None:
        return False
    return next_run(run.succeeded_at, schedule) < now - _grace(schedule)


def next_run(last: datetime.datetime, schedule: Any) -> datetime.datetime:
    """When it was to run again. Nights are Berlin's."""
    if isinstance(schedule, crontab):
        start, step, _now = schedule.remaining_delta(last, tz=BERLIN)
        return cast(datetime.datetime, start + step)
    return last + cast(datetime.timedelta, schedule.run_every)


def _grace(schedule: Any) -> datetime.timedelta:
    """One call in a row may be lost, as when workers are replaced."""
    return LATE_AFTER if isinstance(schedule, crontab) else max(LATE_AFTER, schedule.run_every)
