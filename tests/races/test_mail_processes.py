"""Mails on real web, worker and beat processes, while the broker is away and workers are killed."""

import datetime
from contextlib import suppress
from pathlib import Path

import pytest
from celery import Celery
from django.utils import timezone

from consultations.models import Reminder
from partnership.demo.embedded import start_valkey
from partnership.demo.processes import Child, Family
from partnership.models import OutgoingMail
from partnership.outbox import LEASE, queue_mail
from tests import factories
from tests.bench.client import Browser
from tests.bench.measure import OURS, expect, to_check
from tests.factories import make_partnership
from tests.personas import build_world
from tests.races.locks import cut_off_who_waits, holding, wait_until_waiting
from tests.races.processes import database_url, start_beat, start_web, start_worker
from tests.smtp import Postbox
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

State = OutgoingMail.State


def a_mail() -> OutgoingMail:
    return queue_mail(
        partnership=make_partnership(),
        kind="password_reset",
        to_email="alice@tischlerei.example",
        content={"reset_url": "https://portal.example/konto/geheim"},
    )


def sweep(broker: str) -> None:
    """As beat does it every half minute."""
    with Celery(broker=broker, set_as_current=False) as app:
        app.send_task("partnership.sweep_outbox")


def kill(worker: Child) -> None:
    worker.process.kill()
    worker.process.wait()


def let_the_lease_run_out(mail: OutgoingMail) -> None:
    mail.refresh_from_db()
    assert mail.state == State.QUEUED
    assert mail.leased_until is not None
    assert mail.leased_until > timezone.now() + datetime.timedelta(minutes=8)
    OutgoingMail.objects.update(leased_until=timezone.now() - datetime.timedelta(seconds=1))


def is_sent(mail: OutgoingMail) -> bool:
    mail.refresh_from_db()
    return mail.state == State.SENT


def book_a_time(port: int) -> None:
    browser = Browser(port)
    page = expect(browser.get(OURS.times), 200)
    value = page.text.partition('name="zeit" value="')[2].partition('"')[0]
    expect(browser.post(OURS.hold, {"zeit": value}), 302)
    to_check(browser, OURS)
    expect(browser.post(OURS.check, {}), 302, "gesendet")
    expect(browser.get(OURS.sent), 200)


def test_a_broker_that_is_away_keeps_nobody_from_booking_and_the_mail_leaves_when_it_is_back(
    family: Family, postbox: Postbox, tmp_path: Path
) -> None:
    build_world()
    env = {
        "database": database_url(),
        "REDIS_URL": start_valkey(family, tmp_path, logs=tmp_path),
        "EMAIL_URL": f"smtp://127.0.0.1:{postbox.port}",
    }
    broker = family.children[-1]
    start_beat(family, tmp_path, **env)
    start_worker(family, tmp_path, **env)
    web = start_web(family, tmp_path, **env)
    kill(broker)
    book_a_time(web.port)
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.attempts, postbox.messages) == (State.QUEUED, 0, [])
    family.start("broker", broker.process.args, log=tmp_path / "broker.log", is_server=True)  # type: ignore[arg-type]
    wait_until(lambda: is_sent(mail), seconds=90)
    assert [message["Message-ID"] for message in postbox.messages] == [mail.message_id]


def test_a_worker_killed_between_claim_and_sending_loses_nothing(
    family: Family, postbox: Postbox, tmp_path: Path
) -> None:
    env = {"database": database_url(), "EMAIL_URL": f"smtp://127.0.0.1:{postbox.port}"}
    env["REDIS_URL"] = broker = start_valkey(family, tmp_path, logs=tmp_path)
    mail = a_mail()
    postbox.close()
    worker = start_worker(family, tmp_path, **env)
    sweep(broker)
    wait_until(lambda: postbox.senders)
    kill(worker)
    postbox.open()
    assert postbox.messages == []
    let_the_lease_run_out(mail)
    start_worker(family, tmp_path, **env)
    sweep(broker)
    wait_until(lambda: is_sent(mail))
    assert [message["Message-ID"] for message in postbox.messages] == [mail.message_id]
    assert mail.attempts == 2


def test_a_worker_killed_after_the_servers_yes_repeats_the_mail_under_the_same_id(
    family: Family, postbox: Postbox, tmp_path: Path
) -> None:
    """The one repetition that SMTP leaves open. The worker has the 250 and waits to write it down."""
    env = {"database": database_url(), "EMAIL_URL": f"smtp://127.0.0.1:{postbox.port}"}
    env["REDIS_URL"] = broker = start_valkey(family, tmp_path, logs=tmp_path)
    mail = a_mail()
    postbox.close()
    worker = start_worker(family, tmp_path, **env)
    sweep(broker)
    wait_until(lambda: postbox.senders)
    with holding(mail):
        postbox.open()
        wait_until_waiting(1)
        kill(worker)
        cut_off_who_waits()
    let_the_lease_run_out(mail)
    start_worker(family, tmp_path, **env)
    sweep(broker)
    wait_until(lambda: is_sent(mail))
    assert [message["Message-ID"] for message in postbox.messages] == [mail.message_id] * 2


def test_a_mail_in_a_living_workers_hands_is_not_sent_by_another(
    family: Family, postbox: Postbox, tmp_path: Path
) -> None:
    env = {"database": database_url(), "EMAIL_URL": f"smtp://127.0.0.1:{postbox.port}"}
    env["REDIS_URL"] = broker = start_valkey(family, tmp_path, logs=tmp_path)
    mail = a_mail()
    postbox.close()
    start_worker(family, tmp_path, **env)
    sweep(broker)
    wait_until(lambda: postbox.senders)
    start_worker(family, tmp_path, **env)
    sweep(broker)
    other = a_mail()
    sweep(broker)
    wait_until(lambda: postbox.senders == 2)
    postbox.open()
    wait_until(lambda: is_sent(mail) and is_sent(other))
    assert sorted(m["Message-ID"] for m in postbox.messages) == sorted([mail.message_id, other.message_id])


TALKS_EACH = 80
LONG_ENOUGH = datetime.timedelta(seconds=15)
"""Nobody alive takes so long over one mail here."""


def due_reminders() -> list[Reminder]:
    """A day of five-minute talks at two tables, all to be reminded of now."""
    world = build_world()
    hours = factories.make_hours(
        office=world.office,
        police=world.police,
        officers=[world.pia, world.lea],
        day=timezone.localdate() + datetime.timedelta(days=20),
        starts=datetime.time(8),
        ends=datetime.time(18),
        slot_minutes=5,
    )
    appointments = [
        factories.make_appointment(hours=hours, index=index, lane=lane)
        for lane in (1, 2)
        for index in range(TALKS_EACH)
    ]
    return Reminder.objects.bulk_create(
        Reminder(appointment=a, kind=Reminder.Kind.DAY, starts_at=a.starts_at, due_at=timezone.now())
        for a in appointments
    )


def free_what_the_dead_hold() -> None:
    """As after ten minutes; mails in living hands have been taken just now."""
    taken_long_ago = timezone.now() + LEASE - LONG_ENOUGH
    mails = OutgoingMail.objects.filter(state=State.QUEUED, leased_until__lt=taken_long_ago)
    mails.update(leased_until=timezone.now() - datetime.timedelta(seconds=1))


def test_two_workers_of_which_one_is_killed_again_and_again_remind_everybody(
    family: Family, postbox: Postbox, tmp_path: Path
) -> None:
    """At most one repetition for each kill, under the same Message-ID. Two scans run at once, too."""
    env = {"database": database_url(), "EMAIL_URL": f"smtp://127.0.0.1:{postbox.port}"}
    env["REDIS_URL"] = broker = start_valkey(family, tmp_path, logs=tmp_path)
    reminders = due_reminders()
    postbox.answer_after = 0.05
    start_worker(family, tmp_path, **env)
    with Celery(broker=broker, set_as_current=False) as app:
        for _scan in range(2):
            app.send_task("consultations.send_due_reminders")
    mortal, kills = start_worker(family, tmp_path, **env), 0
    unsent = OutgoingMail.objects.exclude(state=State.SENT)

    def all_sent() -> bool:
        free_what_the_dead_hold()
        return OutgoingMail.objects.count() == len(reminders) and not unsent.exists()

    while not all_sent():
        seen = len(postbox.messages)
        with suppress(AssertionError):
            wait_until(lambda seen=seen: len(postbox.messages) > seen + 25, seconds=10)  # type: ignore[misc]
        kill(mortal)
        kills += 1
        mortal = start_worker(family, tmp_path, **env)
        sweep(broker)
        assert kills < 60
    arrived = [message["Message-ID"] for message in postbox.messages]
    assert set(arrived) == set(OutgoingMail.objects.values_list("message_id", flat=True))
    assert len(arrived) - len(set(arrived)) <= kills
    assert len({message["To"] for message in postbox.messages}) == len(reminders)
    assert set(Reminder.objects.values_list("outcome", flat=True)) == {Reminder.Outcome.SENT}
    assert kills > 1
