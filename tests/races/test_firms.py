"""Two desks at the same moment: merging firms, booking who stands at the counter."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from consultations import desk_booking
from consultations.models import Appointment, OfficeHours
from consultations.taking_time import SlotTaken
from partnership import firm_merging
from partnership.firm_merging import Values, merge_firms
from partnership.models import Firm, FirmMerge, Site
from partnership.refusals import Refusal
from tests import factories
from tests.consultations.steps import details, start_of
from tests.personas import World, build_world
from tests.races.test_two_people import behind, refusals
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def firms(world: World) -> list[Firm]:
    """Three rows of one business, the first with a site."""
    made = [factories.make_listed_firm(world.ihk) for _number in range(3)]
    Site.objects.create(firm=made[0], street="Hof 1", postcode="04668", city="Grimma")
    return made


def merge(world: World, heir: Firm, merged: Firm) -> FirmMerge:
    values = Values(name=heir.name, chamber=world.ihk)
    return merge_firms(heir_id=heir.pk, merged_id=merged.pk, values=values, actor=world.bert)


def where_the_site_is() -> Firm:
    return Site.objects.select_related("firm").get().firm


def test_two_desks_merge_two_firms_each_into_the_other(world: World, firms: list[Firm]) -> None:
    one, other, _third = firms
    answers = behind(one, lambda: merge(world, one, other), lambda: merge(world, other, one))
    assert refusals(answers) == [Refusal]
    assert Firm.objects.filter(merged_into__isnull=False).count() == 1
    assert where_the_site_is().merged_into is None


def test_one_desk_merges_into_a_firm_that_another_is_merging_away(world: World, firms: list[Firm]) -> None:
    first, second, third = firms
    behind(second, lambda: merge(world, second, first), lambda: merge(world, third, second))
    assert where_the_site_is().merged_into is None


def test_the_control_without_the_lock_things_are_lost(
    world: World, firms: list[Firm], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = firms
    both_have_read = threading.Barrier(2)

    def read_firms(*keys: int) -> dict[int, Firm]:
        found = Firm.objects.select_related("chamber", "merged_into").in_bulk(keys)
        both_have_read.wait(timeout=60)
        return found

    monkeypatch.setattr(firm_merging, "lock_firms", read_firms)
    answers = at_once(lambda: merge(world, second, first), lambda: merge(world, third, second))
    assert refusals(answers) == []
    assert where_the_site_is() == second
    assert FirmMerge.objects.filter(merged=second).exists()


def walk_in(world: World) -> Appointment:
    return desk_booking.book_walk_in(
        hours_id=world.hours.pk, starts_at=start_of(world.hours), details=details(), actor=world.bert
    )


@pytest.fixture
def world_today(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(desk_booking, "berlin_day", lambda _now: world.hours.day)
    return world


def test_two_desks_book_the_same_time_for_who_stands_there(world_today: World) -> None:
    world = world_today
    answers = behind(world.hours, lambda: walk_in(world), lambda: walk_in(world))
    assert refusals(answers) == [SlotTaken]
    assert Appointment.objects.count() == 1


def take_the_lock_away(monkeypatch: pytest.MonkeyPatch) -> None:
    both_have_looked = threading.Barrier(2)
    find_free_lane = desk_booking.free_lane

    def read_hours(*keys: int) -> dict[int, OfficeHours]:
        rows = OfficeHours.objects.select_related("office__organisation", "room", "partnership")
        return rows.in_bulk(keys)

    def find_at_once(*args: Any, **kwargs: Any) -> Any:
        lane = find_free_lane(*args, **kwargs)
        both_have_looked.wait(timeout=60)
        return lane

    monkeypatch.setattr(desk_booking, "lock_hours", read_hours)
    monkeypatch.setattr(desk_booking, "free_lane", find_at_once)


def test_without_the_lock_the_constraint_decides(world_today: World, monkeypatch: pytest.MonkeyPatch) -> None:
    take_the_lock_away(monkeypatch)
    answers = at_once(lambda: walk_in(world_today), lambda: walk_in(world_today))
    assert refusals(answers) == [SlotTaken]
    assert Appointment.objects.count() == 1


def test_the_control_without_both_two_get_one_time(
    world_today: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_the_lock_away(monkeypatch)
    with without_the_constraint():
        answers = at_once(lambda: walk_in(world_today), lambda: walk_in(world_today))
        assert refusals(answers) == []
        assert Appointment.objects.count() == 2


@contextmanager
def without_the_constraint() -> Iterator[None]:
    [constraint] = [c for c in Appointment._meta.constraints if c.name == "appointment_lane_overlap"]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Appointment, constraint)
    try:
        yield
    finally:
        Appointment.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Appointment, constraint)
