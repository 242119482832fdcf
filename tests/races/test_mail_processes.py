"""Mails on real web, worker and beat processes, while the broker is away and workers are killed."""

import datetime
from pathlib import Path

import pytest
from celery import Celery
from django.utils import timezone

from partnership.demo.embedded import start_valkey
from partnership.demo.processes import Child, Family
from partnership.models import OutgoingMail
from partnership.outbox import queue_mail
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
