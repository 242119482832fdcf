"""One label is stuck on two things at the same moment. The race has a control without its locks."""

import threading
from typing import Any

import pytest
from django.db import IntegrityError

from assetmarking.labels import adopting
from assetmarking.labels.adopting import adopt_label
from assetmarking.models import Asset, Label, Mark
from partnership.models import LogEntry, Person
from partnership.refusals import Refusal
from tests.asset_factories import make_asset, make_label
from tests.assetmarking.thefts.steps import firm_of
from tests.personas import World, build_world
from tests.races.test_two_people import behind, refusals
from tests.threads import Job, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def things(world: World) -> list[Asset]:
    firm = firm_of(world.alice, world.carl)
    return [make_asset(firm), make_asset(firm)]


@pytest.fixture
def label(things: list[Asset]) -> Label:
    return make_label(things[0].firm)


def sticking(label: Label, asset: Asset, person: Person) -> Job:
    return lambda: adopt_label(label_id=label.pk, asset_id=asset.pk, actor=person)


def test_a_label_sticks_on_one_of_two_things(world: World, things: list[Asset], label: Label) -> None:
    jobs = [sticking(label, things[0], world.alice), sticking(label, things[1], world.carl)]
    assert refusals(behind(label, *jobs)) == [Refusal]
    assert Mark.objects.get(text=label.code).asset == Label.objects.get().asset == things[0]


def test_a_label_is_stuck_once_on_one_thing(world: World, things: list[Asset], label: Label) -> None:
    jobs = [sticking(label, things[0], person) for person in (world.alice, world.carl)]
    assert refusals(behind(things[0], *jobs)) == [Refusal]
    assert LogEntry.objects.filter(act="label.adopted").count() == 1


def test_the_control_without_the_lock_the_database_has_the_last_word(
    world: World, things: list[Asset], label: Label, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have seen that it sticks on nothing."""
    both_have_looked, refuse_used = threading.Barrier(2), adopting.refuse_used

    def look(label: Label) -> None:
        refuse_used(label)
        both_have_looked.wait(timeout=60)

    def lock_nothing(*_args: Any) -> None:
        return None

    monkeypatch.setattr(adopting, "lock_rows", lock_nothing)
    monkeypatch.setattr(adopting, "refuse_used", look)
    jobs = [sticking(label, things[0], world.alice), sticking(label, things[1], world.carl)]
    assert [type(answer) for answer in at_once(*jobs)].count(IntegrityError) == 1
    assert Mark.objects.filter(text=label.code).count() == 1
