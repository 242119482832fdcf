"""Two who coordinate decide at once."""

import threading

import pytest

from assetmarking.models import Pilot
from assetmarking.pilots import deciding
from partnership.administration.changes import ChangedMeanwhile
from partnership.models import LogEntry
from tests.assetmarking.pilots.steps import go, make_pilot
from tests.personas import World, build_world
from tests.races.test_two_people import behind, refusals
from tests.threads import Job, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def pilot(world: World) -> Pilot:
    return make_pilot(world)


def deciding_it(world: World, pilot: Pilot, decision: str) -> Job:
    return lambda: go(world, pilot, decision=decision)


def decisions() -> int:
    """Each member's log has it."""
    return LogEntry.objects.filter(act="pilot.decided").count() // 3


def test_it_is_decided_once(world: World, pilot: Pilot) -> None:
    answers = behind(pilot, deciding_it(world, pilot, "go"), deciding_it(world, pilot, "no_go"))
    assert refusals(answers) == [ChangedMeanwhile]
    assert decisions() == 1


def test_without_the_lock_one_decision_would_hide_the_other(
    world: World, pilot: Pilot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: both have read the study before one of them writes."""
    barrier = threading.Barrier(2)

    def read_without_lock(key: int) -> Pilot:
        found = Pilot.objects.get(pk=key)
        barrier.wait(20)
        return found

    monkeypatch.setattr(deciding, "lock_pilot", read_without_lock)
    answers = at_once(deciding_it(world, pilot, "go"), deciding_it(world, pilot, "no_go"))
    assert refusals(answers) == []
    assert decisions() == 2
