import datetime

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from partnership import health
from partnership.models import TaskRun
from partnership.watch.runs import HEARTBEAT, note_success
from tests.factories import make_partnership, make_person


def test_alive_without_database_or_host_name(client: Client) -> None:
    response = client.get("/healthz", headers={"host": "irgendwer"})
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db(transaction=True)
def test_ready_with_database_and_migrations(client: Client) -> None:
    note_success(HEARTBEAT)
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "database": "ok",
        "migrations": "ok",
        "outbox": "ok",
        "beat": "ok",
        "tasks": "ok",
        "queue": "ok",
        "broker": "ok",
        "erasures": "ok",
    }


@pytest.mark.django_db(transaction=True)
def test_late_beat_is_named_and_told_by_whoever_asks(client: Client, mailoutbox: list[EmailMessage]) -> None:
    make_partnership()
    make_person("technik@personen.example", is_staff=True)
    TaskRun.objects.create(name=HEARTBEAT, succeeded_at=timezone.now() - datetime.timedelta(minutes=6))
    response = client.get("/readyz")
    assert (response.status_code, response.json()["beat"]) == (200, "late")
    client.get("/readyz")
    assert [mail.subject for mail in mailoutbox] == ["Störung im Portal: Zeitgeber"]


@pytest.mark.django_db(transaction=True)
def test_ready_without_broker(client: Client) -> None:
    with override_settings(REDIS_URL="redis://127.0.0.1:9/0"):
        response = client.get("/readyz")
    assert (response.status_code, response.json()["broker"]) == (200, "away")


@pytest.mark.django_db(transaction=True)
def test_not_ready_with_a_pending_migration(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'consultations'")
        try:
            assert client.get("/readyz").status_code == 503
        finally:
            with connection.cursor() as again:
                again.execute(
                    "INSERT INTO django_migrations (app, name, applied) "
                    "VALUES ('consultations', '0001_initial', now())"
                )


def test_not_ready_without_database(django_db_blocker: DjangoDbBlocker, rf: RequestFactory) -> None:
    """The blocked database raises no database error, so the address is turned away instead."""
    given = {name: connection.settings_dict[name] for name in ("HOST", "PORT", "OPTIONS")}
    impatient = given["OPTIONS"] | {"pool": given["OPTIONS"]["pool"] | {"timeout": 0.2}}
    with django_db_blocker.unblock():
        connection.close()
        connection.close_pool()
        connection.settings_dict.update(HOST="127.0.0.1", PORT=9, OPTIONS=impatient)
        try:
            response = health.HealthMiddleware(lambda request: None)(rf.get("/readyz"))  # type: ignore[arg-type,return-value]
        finally:
            connection.close_pool()
            connection.settings_dict.update(given)
    assert response.status_code == 503
