"""Somebody who holds a row, so that others meet behind it: a race without luck."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection
from django.db.models import Model

from tests.waiting import wait_until


def own_connection() -> "psycopg.Connection[tuple[Any, ...]]":
    """A connection beside the pool, in the tests' database."""
    given = connection.settings_dict
    return psycopg.connect(
        host=given["HOST"],
        port=given["PORT"],
        user=given["USER"],
        password=given["PASSWORD"],
        dbname=given["NAME"],
    )


@contextmanager
def holding(thing: Model) -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
    """The thing's row is locked by somebody else until the block ends."""
    table = thing._meta.db_table
    with own_connection() as somebody:
        somebody.execute(f'SELECT 1 FROM "{table}" WHERE id = %s FOR UPDATE', [thing.pk])
        yield somebody


WAITING = "FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def wait_until_waiting(count: int) -> None:
    """Until so many of this database's connections wait for a lock."""
    with own_connection() as observer:
        observer.autocommit = True

        def enough() -> bool:
            found = observer.execute(f"SELECT count(*) {WAITING}").fetchone()
            return found is not None and found[0] >= count

        wait_until(enough)


def cut_off_who_waits() -> None:
    """As when their machine dies: a statement that waits would otherwise still be carried out."""
    with own_connection() as observer:
        observer.execute(f"SELECT pg_terminate_backend(pid) {WAITING}")
