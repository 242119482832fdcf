"""Two workers at one list, and two lists that say the same. Each race has a control without its guard."""

import threading
from typing import Any

import pytest

from assetmarking.importing import writing
from assetmarking.importing.running import confirm_import
from assetmarking.models import Asset, ImportRun
from partnership.models import Firm
from tests import factories
from tests.assetmarking.importing.steps import HEAD, check, workbook
from tests.assetmarking.thefts.steps import firm_of
from tests.personas import World, build_world
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def confirmed(world: World) -> ImportRun:
    firm = factories.make_firm(world.alice)
    run = check(firm, world.alice, workbook(HEAD, ("Bohrhammer", "Norvik", "NV-1")))
    confirm_import(run_id=run.pk, actor=world.alice)
    return run


@pytest.fixture
def two(world: World) -> list[ImportRun]:
    """The same list, uploaded by two people of one firm, who have both said yes."""
    firm = firm_of(world.alice, world.carl)
    content = workbook(HEAD, ("Bohrhammer", "Norvik", "NV-1"))
    runs = [check(firm, person, content) for person in (world.alice, world.carl)]
    for run in runs:
        confirm_import(run_id=run.pk, actor=run.person or world.alice)
    return runs


def write_each(runs: list[ImportRun]) -> None:
    at_once(*[lambda run=run: writing.write_rows(run_id=run.pk) for run in runs])  # type: ignore[misc]


def write_twice(run: ImportRun) -> None:
    at_once(*[lambda: writing.write_rows(run_id=run.pk)] * 2)


def look_before_either_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The firm is not locked, and both have looked at what it has before one of them goes on."""
    barrier, write_new = threading.Barrier(2), writing._write_new

    def write_after_both(*args: Any) -> int:
        barrier.wait(timeout=60)
        return write_new(*args)

    monkeypatch.setattr(writing, "lock_firm", lambda firm_id: Firm.objects.get(pk=firm_id))
    monkeypatch.setattr(writing, "_write_new", write_after_both)


def test_two_workers_write_once(confirmed: ImportRun) -> None:
    write_twice(confirmed)
    assert Asset.objects.count() == 1


def test_without_the_locks_they_write_twice(confirmed: ImportRun, monkeypatch: pytest.MonkeyPatch) -> None:
    look_before_either_writes(monkeypatch)
    monkeypatch.setattr(
        writing, "lock_run", lambda run_id: ImportRun.objects.select_related("firm", "person").get(pk=run_id)
    )
    write_twice(confirmed)
    assert Asset.objects.count() == 2


def test_of_two_lists_that_say_the_same_one_is_written(two: list[ImportRun]) -> None:
    """The other's row comes back, since its thing is there by now."""
    write_each(two)
    assert Asset.objects.count() == 1
    runs = list(ImportRun.objects.all())
    assert sorted((run.counts["written_new"], run.counts["overtaken"]) for run in runs) == [(0, 1), (1, 0)]


def test_without_the_firms_lock_both_are_written(
    two: list[ImportRun], monkeypatch: pytest.MonkeyPatch
) -> None:
    look_before_either_writes(monkeypatch)
    write_each(two)
    assert Asset.objects.count() == 2
