"""One form arrives twice at the same moment. The race has a control without the lock."""

import threading
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError

from assetmarking.models import Asset
from assetmarking.recording import recording
from assetmarking.recording.details import ThingDetails
from partnership.models import Firm
from tests import factories
from tests.personas import World, build_world
from tests.races.test_two_people import behind
from tests.threads import Job, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def firm(world: World) -> Firm:
    return factories.make_firm(world.alice)


def sending(firm: Firm, world: World, form_key: Any) -> Job:
    details = ThingDetails(name="Hammer", category="power_tool.drill")
    return lambda: recording.record_thing(
        firm_id=firm.pk, details=details, form_key=form_key, actor=world.alice
    )


def test_a_form_that_arrives_twice_records_once(world: World, firm: Firm) -> None:
    first, second = behind(firm, *[sending(firm, world, uuid4())] * 2)
    assert first == second == Asset.objects.get()


def test_two_forms_record_two_things(world: World, firm: Firm) -> None:
    behind(firm, *[sending(firm, world, uuid4()) for _form in "12"])
    assert Asset.objects.count() == 2


def test_the_control_without_the_lock_the_database_has_the_last_word(
    world: World, firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_have_looked, draw = threading.Barrier(2), recording.draw_asset_reference

    def draw_after_both() -> str:
        both_have_looked.wait(timeout=60)
        return draw()

    monkeypatch.setattr(recording, "lock_firm", lambda firm_id: Firm.objects.get(pk=firm_id))
    monkeypatch.setattr(recording, "draw_asset_reference", draw_after_both)
    answers = at_once(*[sending(firm, world, uuid4())] * 2)
    assert [type(answer) for answer in answers].count(IntegrityError) == 1
    assert Asset.objects.count() == 1
