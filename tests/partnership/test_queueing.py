"""A broker that is away costs nobody anything."""

import logging
import socketserver
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from celery import Celery, Task
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from partnership import queueing
from partnership.queueing import tell_worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def not_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queueing, "_silent_until", 0.0)


class HangsUp(socketserver.ThreadingTCPServer):
    """Stands where a broker should be, and counts who comes."""

    daemon_threads = True
    visitors = 0

    def process_request(self, request: Any, _client_address: Any) -> None:
        self.visitors += 1
        self.shutdown_request(request)


@pytest.fixture
def hangs_up() -> Iterator[HangsUp]:
    with HangsUp(("127.0.0.1", 0), socketserver.BaseRequestHandler) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def task_at(port: int) -> "Task[[int], None]":
    """A task of an app with our settings, and a broker elsewhere."""
    app = Celery("elsewhere", broker=f"redis://127.0.0.1:{port}/0", set_as_current=False)
    app.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS

    def probe(key: int) -> None:
        """Is only queued."""

    task: Task[[int], None] = app.task(probe, name="probe")
    return task


def test_an_act_succeeds_while_the_broker_is_away(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING), django_capture_on_commit_callbacks(execute=True):
        tell_worker(task_at(9), 1)
    assert [record.message for record in caplog.records] == [
        "broker away, not tried again for 30 s: OperationalError"
    ]


def test_a_broker_that_is_away_is_tried_once_and_then_left_alone(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, hangs_up: HangsUp
) -> None:
    task = task_at(hangs_up.server_address[1])
    for key in (1, 2, 3):
        with django_capture_on_commit_callbacks(execute=True):
            tell_worker(task, key)
    assert hangs_up.visitors == 1


def test_after_the_pause_it_is_tried_again(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    hangs_up: HangsUp,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(queueing, "PAUSE_SECONDS", 0)
    task = task_at(hangs_up.server_address[1])
    for key in (1, 2):
        with django_capture_on_commit_callbacks(execute=True):
            tell_worker(task, key)
    assert hangs_up.visitors == 2


@pytest.mark.django_db(transaction=True)
def test_whatever_else_goes_wrong_in_telling_does_not_reach_the_user() -> None:
    with transaction.atomic():
        tell_worker(task_at(9), object())  # type: ignore[arg-type]
    assert not transaction.get_connection().in_atomic_block
