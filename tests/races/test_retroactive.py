"""A search and what it would find are committed at the same moment: one of the two sees the other."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from assetmarking.models import KeptTerm, Mark, RetroactiveHit, Search
from assetmarking.retroactive import meeting
from assetmarking.retroactive.meeting import meet_all
from partnership.models import OutgoingMail
from tests import factories
from tests.asset_factories import make_asset
from tests.assetmarking.retroactive.steps import NUMBER, keep_searches, look_up
from tests.personas import World, build_world
from tests.races.locks import holding, wait_until_waiting
from tests.threads import at_once, in_background

pytestmark = pytest.mark.django_db(transaction=True)
SCANS = 4


@pytest.fixture
def world() -> World:
    world = build_world()
    keep_searches(world)
    return world


@contextmanager
def search_before_its_commit(world: World) -> Iterator[None]:
    """It has looked and found nothing, and waits for its person's row before it is written."""
    with holding(world.paula):
        answer = in_background(lambda: look_up(world))
        wait_until_waiting(1)
        yield
    assert isinstance(answer.result(timeout=30), Search)


def test_recorded_and_scanned_while_somebody_searches(world: World) -> None:
    with search_before_its_commit(world):
        make_asset(factories.make_firm(world.alice), NUMBER)
        assert meet_all() == 0
        assert Mark.objects.get().checked_at is not None
    assert meet_all() == 1


def test_the_control_who_looks_at_new_marks_only_misses_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meeting, "_meet_new_terms", lambda: None)
    with search_before_its_commit(world):
        make_asset(factories.make_firm(world.alice), NUMBER)
        meet_all()
    assert (meet_all(), KeptTerm.objects.count()) == (0, 1)


def test_scans_at_once_tell_once(world: World) -> None:
    look_up(world)
    firm = factories.make_firm(world.alice)
    for number in range(5):
        make_asset(firm, NUMBER, name=f"Bohrhammer {number}")
    answers = at_once(*[meet_all] * SCANS)
    assert sum(answer for answer in answers if isinstance(answer, int)) == 5
    assert RetroactiveHit.objects.count() == 5
    assert OutgoingMail.objects.filter(kind="asset_search_hit").count() in {1, 2}
