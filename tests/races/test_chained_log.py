"""Fifty at once write into one segment, and the first two of a year begin it together."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnership.chained_log import writing
from partnership.chained_log.retention import HELD_SEGMENT
from partnership.chained_log.verifying import verify_segment
from partnership.chained_log.writing import note_opening
from partnership.models import ChainedEntry, LogSegment, Organisation, RetentionHold
from partnership.refusals import Refusal
from partnership.retention.holds import place_hold
from partnership.retention.running import run_when_due
from tests.partnership.chained_log.steps import ACT, open_long_ago
from tests.personas import World, build_world
from tests.races.locks import holding, wait_until_waiting
from tests.threads import at_once, in_background

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


def test_what_somebody_is_about_to_hold_is_not_erased(world: World) -> None:
    """The night goes past a year that is in somebody's hands, and finds it held afterwards."""
    segment = open_long_ago_for_good(world)
    with holding(segment):
        run_when_due()
        assert ChainedEntry.objects.filter(payload__isnull=False).count() == 1
    hold_year(world, segment)
    run_when_due(now=timezone.now() + datetime.timedelta(days=1))
    assert ChainedEntry.objects.filter(payload__isnull=False).count() == 1


def test_what_was_erased_a_moment_before_cannot_be_held(world: World) -> None:
    segment = open_long_ago_for_good(world)
    with holding(segment) as somebody:
        waiting = in_background(lambda: hold_year(world, segment))
        wait_until_waiting(1)
        somebody.execute("UPDATE partnership_chainedentry SET salt = NULL, payload = NULL")
    assert isinstance(waiting.result(timeout=60), Refusal)
    assert not RetentionHold.objects.exists()


def open_long_ago_for_good(world: World) -> LogSegment:
    with transaction.atomic():
        return open_long_ago(world.police).segment


def hold_year(world: World, segment: LogSegment) -> RetentionHold:
    return place_hold(
        holdable=HELD_SEGMENT,
        key=segment.pk,
        organisation=world.police,
        reason="Verfahren",
        until=timezone.localdate() + datetime.timedelta(days=30),
        actor=world.dora,
    )


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
