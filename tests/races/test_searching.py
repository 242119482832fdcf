"""Sixteen search at once and write one segment; two at the limit do not both pass."""

import threading

import pytest

from assetmarking.models import Search, SearchCount, SearchSettings
from assetmarking.searching import making
from assetmarking.searching.limits import LimitReached, numbers_today
from assetmarking.searching.making import make_search
from partnership.chained_log.verifying import verify_segment
from partnership.models import ChainedEntry, LogSegment, Person
from tests import factories
from tests.asset_factories import make_asset
from tests.personas import World, build_world
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 16


@pytest.fixture
def world() -> World:
    return build_world()


def look_up(world: World, person: Person, *numbers: str) -> Search:
    return make_search(
        person=person,
        organisation=world.police,
        numbers=numbers,
        purpose=Search.Purpose.TRAFFIC,
        case_number="ST-123/26",
    )


def test_sixteen_at_once_write_one_segment_without_a_gap(world: World) -> None:
    make_asset(factories.make_firm(world.alice), "4471-B08-5217")
    people = [world.paula, world.pia] * (MANY // 2)
    answers = at_once(*[lambda p=p: look_up(world, p, "4471-BO8-52I7") for p in people])
    assert all(isinstance(answer, Search) for answer in answers)
    segment = LogSegment.objects.get()
    verdict = verify_segment(segment)
    assert (segment.count, verdict.count, verdict.fault) == (MANY, MANY, "")
    assert {entry.payload["hits"] for entry in ChainedEntry.objects.all() if entry.payload} == {1}
    assert SearchCount.objects.get().numbers == MANY


def two_at_the_limit(world: World) -> list[object]:
    SearchSettings.objects.create(organisation=world.police, daily_limit=3)
    jobs = [lambda n=n: look_up(world, world.paula, f"AB-{n}111", f"AB-{n}222") for n in (3, 4)]
    return at_once(*jobs)


def test_two_at_the_limit_do_not_both_pass(world: World) -> None:
    answers = two_at_the_limit(world)
    assert sum(isinstance(answer, LimitReached) for answer in answers) == 1
    assert numbers_today(world.paula) == 2


def test_the_control_without_the_lock_both_pass(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have counted before either has written."""
    both_counted = threading.Barrier(2)

    def count_without_lock(person: Person) -> int:
        number = numbers_today(person)
        both_counted.wait(timeout=60)
        return number

    monkeypatch.setattr(making, "lock_numbers_today", count_without_lock)
    assert all(isinstance(answer, Search) for answer in two_at_the_limit(world))
    assert numbers_today(world.paula) == 4
