import pytest

from assetmarking.labels.adopting import adopt_label
from assetmarking.models import Asset, Label, MarkKind
from partnership.models import Firm, LogEntry
from partnership.refusals import Refusal
from tests.asset_factories import make_asset, make_label
from tests.factories import make_firm
from tests.personas import World


@pytest.fixture
def firm(world: World) -> Firm:
    """Alice's."""
    return make_firm(world.alice)


def adopt(world: World, label: Label, asset: Asset) -> Label:
    return adopt_label(label_id=label.pk, asset_id=asset.pk, actor=world.alice)


def test_a_label_becomes_a_mark_of_its_thing(world: World, firm: Firm) -> None:
    label, asset = make_label(firm), make_asset(firm)

    adopted = adopt(world, label, asset)

    assert adopted.asset == asset
    assert asset.marks.get().kind == MarkKind.OWN_CODE
    assert asset.marks.get().text == label.code
    assert LogEntry.objects.get(act="label.adopted").organisation is None


def test_a_label_sticks_on_one_thing_only(world: World, firm: Firm) -> None:
    label = make_label(firm)
    adopt(world, label, make_asset(firm))
    with pytest.raises(Refusal, match="klebt schon"):
        adopt(world, label, make_asset(firm))


def test_a_torn_label_is_followed_by_another_and_still_read(world: World, firm: Firm) -> None:
    asset = make_asset(firm)
    for label in (make_label(firm), make_label(firm)):
        adopt(world, label, asset)
    assert asset.marks.count() == asset.labels.count() == 2


def test_a_label_of_another_firm_is_none(world: World, firm: Firm) -> None:
    with pytest.raises(Refusal, match="gehört nicht"):
        adopt(world, make_label(make_firm()), make_asset(firm))


def test_what_is_gone_is_not_marked(world: World, firm: Firm) -> None:
    with pytest.raises(Refusal, match="noch haben"):
        adopt(world, make_label(firm), make_asset(firm, state=Asset.State.SOLD))


def test_who_does_not_speak_for_the_firm_adopts_nothing(world: World, firm: Firm) -> None:
    with pytest.raises(Refusal):
        adopt_label(label_id=make_label(firm).pk, asset_id=make_asset(firm).pk, actor=world.carl)
    assert not Label.objects.filter(asset__isnull=False).exists()
