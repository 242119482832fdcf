import datetime

import pytest
from django.utils import timezone

from assetmarking.codes.own_code import is_own_code
from assetmarking.labels import printing
from assetmarking.labels.ordering import MOST, Paper, order_for_things
from assetmarking.models import Asset, Label, LabelSheet, MarkKind
from partnership.models import Firm
from partnership.refusals import Refusal
from tests.asset_factories import make_asset, make_label
from tests.assetmarking.labels.steps import LARGEST, SMALLEST, order
from tests.factories import make_firm
from tests.personas import World


@pytest.fixture
def firm(world: World) -> Firm:
    """Alice's."""
    return make_firm(world.alice)


def order_for(world: World, firm: Firm, *assets: Asset) -> LabelSheet:
    return order_for_things(
        firm_id=firm.pk,
        partnership=world.partnership,
        paper=Paper(format=SMALLEST),
        asset_ids=[asset.pk for asset in assets],
        actor=world.alice,
    )


def test_labels_in_advance_stick_on_nothing(world: World, firm: Firm) -> None:
    sheet = order(world, firm, count=5)

    assert [label.code for label in sheet.labels.all()] == sheet.codes
    assert all(is_own_code(code) for code in sheet.codes)
    assert not Label.objects.filter(asset__isnull=False).exists()


def test_labels_for_things_are_marks_of_them(world: World, firm: Firm) -> None:
    asset = make_asset(firm)

    (code,) = order_for(world, firm, asset).codes

    assert [(mark.kind, mark.text) for mark in asset.marks.all()] == [(MarkKind.OWN_CODE, code)]
    assert asset.labels.get().adopted_at is not None
    assert Asset.objects.get().version == asset.version + 1


def test_a_thing_with_a_label_gets_it_once_more(world: World, firm: Firm) -> None:
    asset = make_asset(firm)
    first = order_for(world, firm, asset)

    assert order_for(world, firm, asset).codes == first.codes
    assert asset.labels.count() == asset.marks.count() == 1


@pytest.mark.parametrize("state", [Asset.State.SOLD, Asset.State.STOLEN])
def test_what_the_firm_has_not_gets_none(world: World, firm: Firm, state: str) -> None:
    with pytest.raises(Refusal, match="noch haben"):
        order_for(world, firm, make_asset(firm, state=state))


def test_things_of_others_get_none(world: World, firm: Firm) -> None:
    with pytest.raises(Refusal, match="Ihrer Firma"):
        order_for(world, firm, make_asset(firm), make_asset(make_firm()))
    assert not Label.objects.exists()


def test_copies_count(world: World, firm: Firm) -> None:
    with pytest.raises(Refusal, match="in mehreren Teilen"):
        order(world, firm, count=MOST // 2 + 1, copies=2)


def test_who_does_not_speak_for_the_firm_orders_nothing(world: World, firm: Firm) -> None:
    with pytest.raises(Refusal):
        order(world, firm, actor=world.carl)


def test_a_worker_makes_the_file_and_it_goes_after_30_days(world: World, firm: Firm) -> None:
    sheet = order(world, firm)
    printing.print_labels(sheet.pk)
    sheet.refresh_from_db()
    assert bytes(sheet.pdf or b"").startswith(b"%PDF")

    printing.drop_old_files()
    assert LabelSheet.objects.filter(pdf__isnull=False).exists()
    LabelSheet.objects.update(printed_at=timezone.now() - printing.KEPT - datetime.timedelta(hours=1))
    printing.drop_old_files()
    assert not LabelSheet.objects.filter(pdf__isnull=False).exists()

    printing.print_again(sheet)
    printing.print_waiting()
    assert LabelSheet.objects.filter(pdf__isnull=False).exists()


def test_a_sheet_in_an_own_format_is_printed_as_it_was_ordered(world: World, firm: Firm) -> None:
    label = make_label(firm)
    sheet = order(world, firm, format=LARGEST, start=3)
    assert label.code not in sheet.codes
    assert printing.format_of_sheet(sheet) == LARGEST
