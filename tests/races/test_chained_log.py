"""Fifty at once write into one segment, and the first two of a year begin it together."""

from typing import Any

import pytest
from django.db import IntegrityError

from partnership.chained_log import writing
from partnership.chained_log.verifying import verify_segment
from partnership.chained_log.writing import note_opening
from partnership.models import ChainedEntry, LogSegment, Organisation
from tests.partnership.chained_log.steps import ACT
from tests.personas import World, build_world
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 50


@pytest.fixture
def world() -> World:
    return build_world()


def all_at_once(world: World, organisations: list[Organisation]) -> list[Any]:
    def job(organisation: Organisation, number: int) -> object:
        return note_opening(organisation=organisation, actor=world.paula, act=ACT, payload={"number": number})

    return at_once(*[lambda o=o, n=n: job(o, n) for n, o in enumerate(organisations)])


def test_fifty_at_once_are_numbered_without_a_gap(world: World) -> None:
    answers = all_at_once(world, [world.police] * MANY)
    assert sorted(answers) == list(range(1, MANY + 1))
    segment = LogSegment.objects.get()
    verdict = verify_segment(segment)
    assert (segment.count, verdict.count, verdict.fault) == (MANY, MANY, "")
    moments = list(ChainedEntry.objects.order_by("seq").values_list("at", flat=True))
    assert moments == sorted(moments)


def test_two_organisations_do_not_wait_for_each_other(world: World) -> None:
    all_at_once(world, [world.police, world.ihk] * 10)
    assert set(LogSegment.objects.values_list("count", flat=True)) == {10}


def test_the_control_without_the_lock_many_are_turned_away(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database still refuses a second row with the number: what breaks is the look-up, not the chain."""
    note_opening(organisation=world.police, actor=None, act=ACT, payload={})

    def read_without_lock(organisation: Organisation, year: int) -> LogSegment:
        return LogSegment.objects.get(organisation=organisation, year=year)

    monkeypatch.setattr(writing, "_lock_segment", read_without_lock)
    answers = all_at_once(world, [world.police] * MANY)
    assert any(isinstance(answer, IntegrityError) for answer in answers)
    assert verify_segment(LogSegment.objects.get()).fault == ""
