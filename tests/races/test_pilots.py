"""Two who coordinate decide at once; a campaign is removed while a firm records with its code."""

import threading
from typing import Any

import pytest

from assetmarking.models import Asset, Campaign, Pilot
from assetmarking.pilots import deciding, planning
from assetmarking.recording import recording
from assetmarking.recording.details import ThingDetails
from partnership.administration.changes import ChangedMeanwhile
from partnership.models import Firm, LogEntry
from partnership.refusals import Refusal
from tests.assetmarking.pilots.steps import go, make_campaign, make_pilot
from tests.assetmarking.thefts.steps import firm_of
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


@pytest.fixture
def firm(world: World) -> Firm:
    return firm_of(world.alice)


@pytest.fixture
def campaign(world: World, pilot: Pilot) -> Campaign:
    return make_campaign(world, pilot, recorded=0, marked=0)


def recording_with(world: World, firm: Firm, campaign: Campaign) -> Job:
    details = ThingDetails(name="Säge")
    return lambda: recording.record_thing(
        firm_id=firm.pk, details=details, campaign=campaign, actor=world.alice
    )


def removing(world: World, campaign: Campaign) -> Job:
    return lambda: planning.remove_campaign(campaign_id=campaign.pk, actor=world.karl)


def test_a_campaign_goes_or_is_recorded_with(world: World, firm: Firm, campaign: Campaign) -> None:
    answers = behind(campaign, recording_with(world, firm, campaign), removing(world, campaign))
    assert refusals(answers) == [Refusal]
    assert Asset.objects.exists() == Campaign.objects.exists()


def test_without_the_lock_nobody_is_refused(
    world: World, firm: Firm, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: it is seen that nothing is recorded before what is recorded is written."""
    barrier, why_not = threading.Barrier(2), planning.why_not_removed

    def look_before_it_is_written(found: Campaign) -> str:
        sentence = why_not(found)
        barrier.wait(timeout=60)
        return sentence

    def wait_without_lock(_campaign: Any) -> None:
        barrier.wait(timeout=60)

    monkeypatch.setattr(planning, "why_not_removed", look_before_it_is_written)
    monkeypatch.setattr(recording, "hold_campaign", wait_without_lock)
    answers = at_once(recording_with(world, firm, campaign), removing(world, campaign))
    assert [answer for answer in answers if isinstance(answer, Refusal)] == []
    assert not Asset.objects.filter(campaign__isnull=False).exists() or any(
        isinstance(answer, Exception) for answer in answers
    )
