"""Rows of the chained log, also of years that are over, and tampering as an owner of the tables can."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.db import connection
from django.utils import timezone

from partnership.chained_log.writing import append
from partnership.models import ChainedEntry, LogSegment, Organisation, Person
from partnership.times import at_wall_time

TABLES = ("partnership_logsegment", "partnership_chainedentry")
ACT = "log.exported"
NOON = datetime.time(12)


def open_something(organisation: Organisation, actor: Person | None = None, **payload: Any) -> ChainedEntry:
    seq = append(organisation=organisation, actor=actor, act=ACT, payload=payload)
    return ChainedEntry.objects.select_related("segment").get(
        segment=LogSegment.objects.filter(organisation=organisation).first(), seq=seq
    )


@contextmanager
def at_noon_of(day: datetime.date) -> Iterator[None]:
    with mock.patch.object(timezone, "now", return_value=at_wall_time(day, NOON)):
        yield


def open_long_ago(
    organisation: Organisation, actor: Person | None = None, *, year: int = 2023, **payload: Any
) -> ChainedEntry:
    """In a year whose contents may go by now."""
    with at_noon_of(datetime.date(year, 6, 1)):
        seq = append(organisation=organisation, actor=actor, act=ACT, payload=payload)
    return ChainedEntry.objects.select_related("segment").get(
        segment__organisation=organisation, segment__year=year, seq=seq
    )


@contextmanager
def triggers_off() -> Iterator[None]:
    """Whoever owns the tables can."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
