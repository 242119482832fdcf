"""Two photos for one place, and one that comes twice, at the same moment. The races have controls."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import Model

from assetmarking.models import Asset
from assetmarking.recording.photos import add_photo
from consultations.visit_reports import writing
from consultations.visit_reports.drafts import Released
from partnership.models import LogEntry, Photo
from partnership.photos import receiving
from partnership.photos.owners import owner_of
from partnership.refusals import Refusal
from tests import factories
from tests.asset_factories import make_asset
from tests.consultations.report_steps import seen
from tests.consultations.visit_log_steps import begun, note_down
from tests.partnership.photos.hostile import jpegs, upload
from tests.personas import World, build_world
from tests.races.locks import holding, wait_until_waiting
from tests.races.test_two_people import behind, refusals
from tests.races.test_visit_logs import release
from tests.threads import Job, at_once, in_background

pytestmark = pytest.mark.django_db(transaction=True)
Add = Callable[[bytes], Job]


@pytest.fixture
def world() -> World:
    return build_world()


def thing_of_firm(world: World) -> tuple[Model, Add]:
    asset = make_asset(factories.make_firm(world.alice))
    return asset, lambda photo: lambda: add_photo(asset_id=asset.pk, upload=upload(photo), actor=world.alice)


def finding_of_visit(world: World) -> tuple[Model, Add]:
    finding = note_down(begun(world))
    return (
        finding,
        lambda photo: lambda: writing.add_photo(finding=finding, upload=upload(photo), actor=world.paula),
    )


def fill_but_one(thing: Model) -> int:
    most = owner_of(type(thing)).most
    for number in range(1, most):
        Photo.objects.create(thing=thing, position=number)
    return most


def meet_after_looking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody locks the thing, and both have counted before one of them goes on."""
    both_have_counted, last = threading.Barrier(2), receiving._last

    def wait_then_number(thing: Model) -> int:
        number = last(thing)
        both_have_counted.wait(timeout=60)
        return number

    def lock_nothing(*_args: Any) -> None:
        return None

    monkeypatch.setattr(receiving, "lock_rows", lock_nothing)
    monkeypatch.setattr(receiving, "_last", wait_then_number)
    monkeypatch.setattr("assetmarking.recording.own.lock_assets", _read_assets)


def _read_assets(keys: list[int]) -> dict[int, Asset]:
    return {asset.pk: asset for asset in Asset.objects.filter(pk__in=keys).select_related("firm")}


@pytest.mark.parametrize("make", [thing_of_firm, finding_of_visit])
def test_the_last_place_is_for_one_of_two(world: World, make: Any) -> None:
    thing, add = make(world)
    most = fill_but_one(thing)
    assert refusals(behind(thing, *map(add, jpegs(2)))) == [Refusal]
    assert Photo.objects.count() == most


@pytest.mark.parametrize("make", [thing_of_firm, finding_of_visit])
def test_the_control_without_the_lock_there_is_one_too_many(
    world: World, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    thing, add = make(world)
    most = fill_but_one(thing)
    meet_after_looking(monkeypatch)
    at_once(*map(add, jpegs(2)))
    assert Photo.objects.count() == most + 1


@pytest.mark.parametrize("make", [thing_of_firm, finding_of_visit])
def test_one_photo_that_comes_twice_is_there_once(world: World, make: Any) -> None:
    thing, add = make(world)
    first, second = behind(thing, *map(add, jpegs(1) * 2))
    assert first == second == Photo.objects.get()
    assert LogEntry.objects.filter(act="photo.added").count() == 1


def test_the_control_without_the_lock_the_database_has_the_last_word(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _thing, add = thing_of_firm(world)
    meet_after_looking(monkeypatch)
    answers = at_once(*map(add, jpegs(1) * 2))
    assert [type(answer) for answer in answers].count(IntegrityError) == 1
    assert Photo.objects.count() == 1


def test_no_photo_comes_into_what_is_being_released(world: World) -> None:
    report = begun(world)
    finding, words = note_down(report), seen(report)
    with holding(report):
        releasing = in_background(lambda: release(report, words))
        wait_until_waiting(1)
        adding = in_background(
            lambda: writing.add_photo(finding=finding, upload=upload(jpegs(1)[0]), actor=world.paula)
        )
        wait_until_waiting(2)
    assert not isinstance(releasing.result(timeout=30), Exception)
    assert isinstance(adding.result(timeout=30), Released)
    assert not Photo.objects.exists()
