"""Two write about one label when a single message is left for the day; a message that is sent twice at once.
The race has a control without its lock.
"""

import threading
from typing import Any

import pytest

from assetmarking.finding import writing
from assetmarking.models import FinderMessage, FinderThread, Label
from partnership.models import OutgoingMail
from partnership.refusals import Refusal
from tests.assetmarking.finding.steps import labelled, written
from tests.personas import World, build_world
from tests.races.test_two_people import behind, refusals
from tests.threads import Job, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def label(world: World) -> Label:
    """Four have written today."""
    label = labelled(world)
    for number in range(writing.MOST_ABOUT_A_LABEL - 1):
        written(world, label, email=f"finder{number}@post.example")
    return label


def writing_about(world: World, label: Label, email: str) -> Job:
    return lambda: written(world, label, email=email)


def two_at_once(world: World, label: Label) -> list[Job]:
    return [writing_about(world, label, f"{name}@post.example") for name in ("anna", "ben")]


def test_one_of_two_is_the_fifth(world: World, label: Label) -> None:
    assert refusals(behind(label, *two_at_once(world, label))) == [Refusal]
    assert FinderThread.objects.count() == writing.MOST_ABOUT_A_LABEL


def test_the_control_without_the_lock_there_are_six(
    world: World, label: Label, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have counted before either is committed."""
    both_have_counted, log_act = threading.Barrier(2), writing.log_act

    def log_after_both(**options: Any) -> Any:
        both_have_counted.wait(timeout=60)
        return log_act(**options)

    monkeypatch.setattr(writing, "lock_rows", lambda *_args: None)
    monkeypatch.setattr(writing, "log_act", log_after_both)
    assert refusals(at_once(*two_at_once(world, label))) == []
    assert FinderThread.objects.count() == writing.MOST_ABOUT_A_LABEL + 1


def test_a_message_that_is_sent_twice_is_one(world: World) -> None:
    label = labelled(world)
    assert refusals(behind(label, *[writing_about(world, label, "anna@post.example")] * 2)) == []
    assert (FinderMessage.objects.count(), OutgoingMail.objects.count()) == (1, 1)
