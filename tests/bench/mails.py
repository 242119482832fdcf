"""Due reminders in a large table, how fast they leave, and that none is lost while a worker keeps dying.

The last runs over ten thousand mails and takes minutes.
"""

import datetime
import sys
import time
from collections.abc import Callable
from pathlib import Path

from celery import Celery
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from consultations.models import Appointment, OfficeHours, Reminder
from consultations.reminders import lock_due, send_due
from partnership.demo.processes import Child, Family
from partnership.models import OutgoingMail
from partnership.outbox import LEASE
from tests import factories
from tests.bench.bare.mails import QUEUE, send
from tests.bench.data import Calendar
from tests.bench.report import Row, row
from tests.bench.sites import Site
from tests.smtp import Postbox
from tests.waiting import wait_until

APPOINTMENTS = 10_000
DUE = 1_000
LARGE = 1_000_000
LOOKS = 300
MAILS = 2_000
MANY = 10_000
WARM, LAST = 100, 50
KILL_EVERY = 10.0
DEAD = datetime.timedelta(seconds=20)
State = OutgoingMail.State


def due_scan(calendar: Calendar) -> list[Row]:
    """p99 of finding and locking a batch, a thousand being due among a million; floor: among ten thousand."""
    _write_appointments(calendar)
    floor = _p99_of_looks(rows=APPOINTMENTS)
    value = _p99_of_looks(rows=LARGE)
    Reminder.objects.all().delete()
    return [row("due reminders among a million, p99", value, "ms", floor=floor, target="at most 2.0 times")]


def outbox_throughput(family: Family, home: Path, ours: Site) -> list[Row]:
    """Mails a second by two workers; the floor's tasks find no row, render nothing and write nothing down."""
    box = Postbox()
    box.controller.start()
    try:
        for number in range(MAILS):
            send.apply_async((number,))
        floor = _rate(box, lambda: [_start_bare(family, home, ours, box) for _worker in range(2)])
        box.messages.clear()
        _queue(MAILS)
        value = _rate(box, lambda: [_start_worker(family, home, ours, box) for _worker in range(2)])
    finally:
        box.controller.stop()
    return [row("mails by two workers", value, "mails/s", floor=floor)]


def killed_worker(family: Family, home: Path, ours: Site) -> list[Row]:
    """Ten thousand reminders by two workers, one of them killed every few seconds: missing and repeated."""
    box = Postbox()
    box.controller.start()
    _queue(MANY)
    workers = [_start_worker(family, home, ours, box) for _worker in range(2)]
    kills, begun = 0, time.monotonic()
    while OutgoingMail.objects.exclude(state=State.SENT).exists():
        time.sleep(KILL_EVERY)
        workers[1].process.kill()
        workers[1].process.wait()
        kills += 1
        _free_what_the_dead_hold()
        workers[1] = _start_worker(family, home, ours, box)
        with Celery(broker=ours.env["REDIS_URL"], set_as_current=False) as app:
            app.send_task("partnership.sweep_outbox")
        if time.monotonic() - begun > 1800:
            raise AssertionError("not within half an hour")
    _stop(workers)
    box.controller.stop()
    arrived = [message["Message-ID"] for message in box.messages]
    missing = set(OutgoingMail.objects.values_list("message_id", flat=True)) - set(arrived)
    name = f"{MANY} mails, a worker killed {kills} times"
    return [
        row(f"{name}: missing", len(missing), "mails", target="0"),
        row(f"{name}: repeated", len(arrived) - len(set(arrived)), "mails", target=f"at most {kills}"),
    ]


def _write_appointments(calendar: Calendar) -> None:
    """Ten thousand rows one after the other in a lane; the scan never asks whether its hours hold them."""
    office, officer = calendar.pairs[0]
    hours: OfficeHours = factories.make_hours(
        office=office,
        police=calendar.police,
        officers=[officer],
        day=datetime.date.today() + datetime.timedelta(days=900),
        partnership=calendar.partnership,
    )
    lane, step = hours.lanes.get(), datetime.timedelta(minutes=5)
    starts = [hours.starts_at + number * step for number in range(APPOINTMENTS)]
    Appointment.objects.bulk_create(
        (
            Appointment(
                partnership=calendar.partnership,
                host=calendar.chamber,
                police=calendar.police,
                reference=f"M-{number}",
                state=Appointment.State.CONFIRMED,
                lane=lane,
                period=DateTimeTZRange(
                    hours.starts_at + number * step, hours.starts_at + (number + 1) * step
                ),
                firm_name=f"Tischlerei {number}",
                contact_email=f"firm{number}@bench.example",
            )
            for number, start in enumerate(starts)
        ),
        batch_size=2000,
    )


FILL = """
INSERT INTO consultations_reminder (appointment_id, kind, starts_at, due_at, settled_at, outcome)
SELECT a.id, 'day', lower(a.period) + n * interval '1 year',
       now() + CASE WHEN n = 0 AND a.rank <= %(due)s THEN interval '-1 hour' ELSE interval '30 days' END,
       CASE WHEN n %% 2 = 1 THEN now() END, CASE WHEN n %% 2 = 1 THEN 'sent' ELSE '' END
FROM (SELECT id, period, row_number() OVER (ORDER BY id) AS rank FROM consultations_appointment
      WHERE reference LIKE 'M-%%') a, generate_series(0, %(times)s - 1) n
"""


def _p99_of_looks(*, rows: int) -> float:
    Reminder.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(FILL, {"due": DUE, "times": rows // APPOINTMENTS})
        cursor.execute("VACUUM ANALYZE consultations_reminder")
    times = []
    for _look in range(LOOKS):
        with transaction.atomic():
            begun = time.perf_counter()
            found = lock_due(now=timezone.now())
            times.append((time.perf_counter() - begun) * 1000)
            transaction.set_rollback(True)
        if not found:
            raise AssertionError("nothing is due")
    return sorted(times)[int(LOOKS * 0.99)]


def _queue(count: int) -> None:
    """Reminders of so many appointments: due, scanned and told to the broker, before a worker is there."""
    Reminder.objects.all().delete()
    OutgoingMail.objects.all().delete()
    now = timezone.now()
    appointments = Appointment.objects.filter(reference__startswith="M-").order_by("pk")[:count]
    Reminder.objects.bulk_create(
        Reminder(appointment=a, kind=Reminder.Kind.DAY, starts_at=a.starts_at, due_at=now)
        for a in appointments
    )
    while send_due():
        pass


def _rate(box: Postbox, start: Callable[[], list[Child]]) -> float:
    """Mails a second between the first hundred and the last fifty."""
    workers = start()
    wait_until(lambda: len(box.messages) >= WARM, seconds=300)
    first, begun = len(box.messages), time.perf_counter()
    wait_until(lambda: len(box.messages) >= MAILS - LAST, seconds=900)
    rate = (len(box.messages) - first) / (time.perf_counter() - begun)
    wait_until(lambda: len(box.messages) >= MAILS, seconds=60)
    _stop(workers)
    return rate


def _start_worker(family: Family, home: Path, ours: Site, box: Postbox) -> Child:
    command = [sys.executable, "-m", "celery", "-A", "partnership", "worker", "--pool=solo"]
    env = ours.env | {"EMAIL_URL": f"smtp://127.0.0.1:{box.port}"}
    return family.start("worker", command, log=home / "worker.log", env=env)


def _start_bare(family: Family, home: Path, ours: Site, box: Postbox) -> Child:
    command = [sys.executable, "-m", "celery", "-A", "tests.bench.bare.mails", "worker", "--pool=solo"]
    env = {"REDIS_URL": ours.env["REDIS_URL"], "SMTP_PORT": str(box.port)}
    return family.start("bare worker", [*command, "-Q", QUEUE], log=home / "bare-worker.log", env=env)


def _stop(workers: list[Child]) -> None:
    for worker in workers:
        worker.process.terminate()
    for worker in workers:
        worker.process.wait()


def _free_what_the_dead_hold() -> None:
    """As after ten minutes: what has been in somebody's hands for twenty seconds here is in nobody's."""
    taken_long_ago = timezone.now() + LEASE - DEAD
    mails = OutgoingMail.objects.filter(state=State.QUEUED, leased_until__lt=taken_long_ago)
    mails.update(leased_until=timezone.now() - datetime.timedelta(seconds=1))
