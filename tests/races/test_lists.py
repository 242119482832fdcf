"""Two workers at one list. The race has a control without its guard."""

import threading
from typing import Any

import pytest

from assetmarking.importing import writing
from assetmarking.importing.running import confirm_import
from assetmarking.models import Asset, ImportRun
from partnership.models import Firm
from tests import factories
from tests.assetmarking.importing.steps import HEAD, check, workbook
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


def write_twice(run: ImportRun) -> None:
    at_once(*[lambda: writing.write_rows(run_id=run.pk)] * 2)


def test_two_workers_write_once(confirmed: ImportRun) -> None:
    write_twice(confirmed)
    assert Asset.objects.count() == 1


def test_without_the_locks_they_write_twice(confirmed: ImportRun, monkeypatch: pytest.MonkeyPatch) -> None:
    barrier = threading.Barrier(2)

    def read_run(run_id: int) -> ImportRun:
        run = ImportRun.objects.select_related("firm", "person").get(pk=run_id)
        barrier.wait(timeout=20)
        return run

    def read_firm(firm_id: int) -> Any:
        return Firm.objects.get(pk=firm_id)

    monkeypatch.setattr(writing, "lock_firm", read_firm)
    monkeypatch.setattr(writing, "lock_run", read_run)
    write_twice(confirmed)
    assert Asset.objects.count() == 2
