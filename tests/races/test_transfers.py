"""Two firms at the same moment accept one thing."""

import threading
from typing import Any

import pytest

from assetmarking.models import Asset, Transfer
from assetmarking.transferring import transferring
from partnership.models import Firm
from partnership.refusals import Refusal
from tests import factories
from tests.asset_factories import make_asset
from tests.personas import World, build_world
from tests.races.test_two_people import refusals
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def firms(world: World) -> list[Firm]:
    return [factories.make_firm(world.carl), factories.make_firm(world.dora)]


@pytest.fixture
def offer(world: World) -> Transfer:
    asset = make_asset(factories.make_firm(world.alice), "4471-B08")
    return transferring.offer_thing(
        asset_id=asset.pk,
        to_email="kauf@bau.example",
        note="",
        partnership=world.partnership,
        language="de",
        actor=world.alice,
    )


def accept(offer: Transfer, firm: Firm, world: World) -> Any:
    actor = world.carl if firm.contacts.filter(person=world.carl).exists() else world.dora
    return transferring.accept_offer(transfer_id=offer.pk, firm_id=firm.pk, language="de", actor=actor)


def test_one_of_two_firms_gets_it(world: World, offer: Transfer, firms: list[Firm]) -> None:
    answers = at_once(*(lambda firm=firm: accept(offer, firm, world) for firm in firms))  # type: ignore[misc]
    assert refusals(answers) == [Refusal]
    assert Asset.objects.get().firm == Transfer.objects.get().buyer


def test_accepted_and_withdrawn_at_once_is_one_of_both(
    world: World, offer: Transfer, firms: list[Firm]
) -> None:
    answers = at_once(
        lambda: accept(offer, firms[0], world),
        lambda: transferring.withdraw_offer(transfer_id=offer.pk, actor=world.alice),
    )
    assert len([answer for answer in answers if isinstance(answer, Refusal)]) == 1
    is_accepted = Transfer.objects.get().state == Transfer.State.ACCEPTED
    assert is_accepted == (Asset.objects.get().firm == firms[0])


def test_the_control_without_the_locks_both_get_it(
    world: World, offer: Transfer, firms: list[Firm], monkeypatch: pytest.MonkeyPatch
) -> None:
    both_have_read = threading.Barrier(2)

    def read(transfer_id: int) -> Transfer:
        found = Transfer.objects.select_related("asset", "partnership").get(pk=transfer_id)
        both_have_read.wait(timeout=60)
        return found

    def thing_of(transfer_id: int) -> Asset:
        return Asset.objects.select_related("firm__chamber", "site").get(transfers=transfer_id)

    monkeypatch.setattr(transferring, "_lock_open", read)
    monkeypatch.setattr(transferring, "_lock_thing_of", thing_of)
    answers = at_once(*(lambda firm=firm: accept(offer, firm, world) for firm in firms))  # type: ignore[misc]
    assert refusals(answers) == []
