"""What the database refuses of the chained log, whatever the code does."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models import F
from django.utils import timezone

from partnership.chained_log.retention import HELD_SEGMENT
from partnership.chained_log.writing import append
from partnership.models import ChainedEntry, LogSegment
from partnership.retention.holds import place_hold
from tests.partnership.chained_log.steps import ACT, TABLES, open_long_ago, open_something
from tests.personas import World

pytestmark = pytest.mark.django_db
Attempt = Callable[[World], object]
ERASED: dict[str, Any] = {"salt": None, "payload": None}


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def change_row(**fields: Any) -> Attempt:
    return lambda world: (open_something(world.police), ChainedEntry.objects.update(**fields))


def change_segment(**fields: Any) -> Attempt:
    return lambda world: (open_something(world.police), LogSegment.objects.update(**fields))


def begin_segment(**fields: Any) -> Attempt:
    def attempt(world: World) -> None:
        entry = open_something(world.police)
        values = {"organisation": world.ihk, "year": entry.segment.year, "head": "0" * 64}
        LogSegment.objects.create(
            **values | {"erase_after": entry.segment.erase_after} | fields  # type: ignore[arg-type]
        )

    return attempt


def add_row(**fields: Any) -> Attempt:
    """One that is right but for these."""

    def attempt(world: World) -> None:
        entry = open_something(world.police)
        values = {"segment": entry.segment, "seq": 2, "at": entry.at, "hash": "0" * 64}
        ChainedEntry.objects.create(
            **values | {"salt": "a", "payload": {}, "digest": "0" * 64} | fields  # type: ignore[arg-type]
        )

    return attempt


def erase_one_that_is_held(world: World) -> None:
    segment = open_long_ago(world.police).segment
    place_hold(
        holdable=HELD_SEGMENT,
        key=segment.pk,
        organisation=world.police,
        reason="Verfahren",
        until=timezone.localdate() + datetime.timedelta(days=1),
        actor=world.dora,
    )
    ChainedEntry.objects.update(**ERASED)


def change_an_old_row(**fields: Any) -> Attempt:
    return lambda world: (open_long_ago(world.police), ChainedEntry.objects.update(**fields))


REFUSED: list[tuple[str, Attempt]] = [
    ("chained_log_stays", lambda w: (open_something(w.police), ChainedEntry.objects.all().delete())),
    ("chained_log_stays", lambda w: (open_long_ago(w.police), ChainedEntry.objects.all().delete())),
    ("chained_log_stays", lambda w: (open_something(w.police), run("DELETE FROM partnership_logsegment"))),
    ("chained_entry_stays", change_row(seq=F("seq") + 1)),
    ("chained_entry_stays", change_row(at=timezone.now())),
    ("chained_entry_stays", change_row(payload={"act": ACT})),
    ("chained_entry_stays", change_row(salt="b")),
    ("chained_entry_stays", change_row(digest="0" * 64)),
    ("chained_entry_stays", change_row(hash="0" * 64)),
    ("chained_entry_stays", change_row(payload=None)),
    ("chained_entry_stays", change_an_old_row(payload={}, salt="b")),
    ("chained_entry_stays", change_an_old_row(**ERASED, digest="0" * 64)),
    ("chained_entry_is_kept", change_row(**ERASED)),
    ("chained_entry_is_held", erase_one_that_is_held),
    ("chained_entry_continues", add_row()),
    ("chained_entry_continues", add_row(seq=3)),
    ("chained_entry_continues", add_row(salt=None, payload=None)),
    ("chained_entry_seq_unique", add_row(seq=1)),
    ("log_segment_begins_empty", begin_segment()),
    ("log_segment_begins_empty", begin_segment(count=1)),
    ("log_segment_begins_empty", begin_segment(erase_after=datetime.date(2020, 1, 1))),
    ("log_segment_moves_with_row", change_segment(count=F("count") + 1)),
    ("log_segment_moves_with_row", change_segment(count=0)),
    ("log_segment_moves_with_row", change_segment(head="0" * 64)),
    ("log_segment_moves_with_row", change_segment(erase_after=datetime.date(2020, 1, 1))),
    ("log_segment_moves_with_row", change_segment(year=2020)),
]


@pytest.mark.parametrize(("constraint", "attempt"), REFUSED)
def test_the_database_refuses(world: World, constraint: str, attempt: Attempt) -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        attempt(world)
    assert caught.value.__cause__.diag.constraint_name == constraint  # type: ignore[union-attr]


def test_after_its_time_the_content_goes_and_nothing_else(world: World) -> None:
    before = open_long_ago(world.police)
    ChainedEntry.objects.update(**ERASED)
    after = ChainedEntry.objects.get()
    assert (after.salt, after.payload) == (None, None)
    assert (after.seq, after.at, after.digest, after.hash) == (1, before.at, before.digest, before.hash)


@pytest.mark.parametrize("table", TABLES)
def test_emptying_the_tables_is_refused(world: World, table: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        run(f"TRUNCATE {table} CASCADE")


@pytest.fixture
def as_web(world: World) -> None:
    """From here on as the role of web and worker."""
    run("CREATE ROLE portal_app")
    call_command("grant_rights", "portal_app")
    run("SET LOCAL ROLE portal_app")


@pytest.mark.parametrize("role", ["nobody_of_this_name", "portal"])
def test_no_rights_for_the_owner_or_for_nobody(world: World, role: str) -> None:
    with pytest.raises(CommandError):
        call_command("grant_rights", role)


def test_web_and_worker_add_rows(as_web: None, world: World) -> None:
    assert append(organisation=world.police, actor=world.paula, act=ACT, payload={}) == 1
    assert append(organisation=world.police, actor=world.paula, act=ACT, payload={}) == 2


def test_web_and_worker_erase_what_is_due(as_web: None, world: World) -> None:
    open_long_ago(world.police)
    assert ChainedEntry.objects.update(**ERASED) == 1


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE partnership_chainedentry DISABLE TRIGGER ALL",
        "DROP TRIGGER chained_entry_stays ON partnership_chainedentry",
        "TRUNCATE partnership_chainedentry, partnership_logsegment CASCADE",
        "DELETE FROM partnership_chainedentry",
        "UPDATE partnership_chainedentry SET hash = ''",
        "UPDATE partnership_logsegment SET erase_after = '2020-01-01'",
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION keep_log() RETURNS trigger LANGUAGE sql AS ''",
        "DROP TABLE partnership_chainedentry",
    ],
)
def test_web_and_worker_cannot_take_the_guards_away(as_web: None, world: World, sql: str) -> None:
    open_something(world.police)
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        run(sql)


def test_a_temporary_table_in_its_place_does_not_help(as_web: None, world: World) -> None:
    entry = open_something(world.police)
    run("CREATE TEMPORARY TABLE partnership_logsegment (id bigint, erase_after date)")
    with pytest.raises(IntegrityError), transaction.atomic():
        run(f"UPDATE public.partnership_chainedentry SET salt = NULL, payload = NULL WHERE id = {entry.pk}")
