"""Web and worker processes of a test, each test's on a database of its own."""

import itertools
import os
import sys
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

from partnership.demo.processes import Child, Family
from tests.bench.sites import Site, start_site

_numbers = itertools.count(1)
Rows = list[tuple[Any, ...]]


def database_url() -> str:
    """The tests' own database, whose rows are committed in tests with real transactions."""
    return _url_of(connection.settings_dict["NAME"])


def copy_database() -> str:
    """A scratch database with everything that the test has written so far."""
    source = connection.settings_dict["NAME"]
    name = f"{source}_copy_{next(_numbers)}"
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    with psycopg.connect(_url_of("postgres"), autocommit=True) as server:
        # a thread of the browser tests' server may still hold a connection, and a copy wants to be alone
        server.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [source]
        )
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    return _url_of(name)


def ask(url: str, statement: str, *values: object) -> Rows:
    with psycopg.connect(url, autocommit=True) as database:
        cursor = database.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def start_web(
    family: Family, logs: Path, *, database: str, wsgi: str = "partnership.wsgi:application", **env: str
) -> Site:
    """Two processes of four threads each; clients say their own address, as behind a proxy."""
    return start_site(
        family,
        name="web",
        wsgi=wsgi,
        config="python:partnership.gunicorn",
        env=_environment(database)
        | {"TRUSTED_PROXIES": "1", "WEB_WORKERS": "2", "WEB_THREADS": "4", "DB_POOL_SIZE": "5"}
        | env,
        logs=logs,
    )


def start_worker(family: Family, logs: Path, *, database: str, **env: str) -> Child:
    command = [sys.executable, "-m", "celery", "-A", "partnership", "worker", "--pool=solo"]
    return family.start("worker", command, log=logs / "worker.log", env=_environment(database) | env)


def start_beat(family: Family, logs: Path, *, database: str, **env: str) -> Child:
    command = [sys.executable, "-m", "celery", "-A", "partnership", "beat", "--pidfile="]
    schedule = ["--schedule", str(logs / "beat")]
    return family.start(
        "beat", [*command, *schedule], log=logs / "beat.log", env=_environment(database) | env
    )


def _environment(database: str) -> dict[str, str]:
    return {
        "DATABASE_URL": database,
        "PYTHONPATH": os.getcwd(),
        "DJANGO_SETTINGS_MODULE": "partnership.settings",
    }


def _url_of(name: str) -> str:
    return os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"
