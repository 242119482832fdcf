"""Pages of labels, as who speaks for the firm, as a stranger and as a chamber's desk."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from assetmarking.labels import printing
from assetmarking.models import Asset, Label, LabelSheet, OwnLabelFormat, PrinterOffset
from partnership.models import Firm
from tests.asset_factories import make_asset, make_label
from tests.assetmarking.labels.steps import order
from tests.factories import make_firm
from tests.personas import World, sign_in

PAPER = {"format": "l4731", "start": "1", "copies": "1", "printer": ""}


@pytest.fixture
def firm(world: World) -> Firm:
    """Alice's."""
    return make_firm(world.alice)


@pytest.fixture
def alice(client: Client, world: World) -> Client:
    return sign_in(client, world.alice)


def make_format(firm: Firm) -> OwnLabelFormat:
    measures = {"page_width": 210, "page_height": 297, "label_width": 50, "label_height": 20}
    places = {"margin_left": 5, "margin_top": 8, "pitch_x": 50, "pitch_y": 20, "columns": 4, "rows": 14}
    return OwnLabelFormat.objects.create(firm=firm, name="Reste", **measures | places)


def addresses(world: World, firm: Firm) -> list[str]:
    sheet, label = order(world, firm), make_label(firm)
    printing.print_labels(sheet.pk)
    format = make_format(firm)
    printer = PrinterOffset.objects.create(firm=firm, name="Büro", x=1, y=-1)
    of_firm = ("labels", "labels_in_advance", "labels_for_things", "label_format_new", "printer_new")
    return [
        *(reverse(f"assetmarking:{name}", args=[firm.pk]) for name in (*of_firm, "label_test_sheet")),
        *(reverse(f"assetmarking:{name}", args=[sheet.pk]) for name in ("label_sheet", "label_pdf")),
        *(
            reverse(f"assetmarking:{name}", args=[format.pk])
            for name in ("label_format", "label_format_remove")
        ),
        reverse("assetmarking:printer_remove", args=[printer.pk]),
        reverse("assetmarking:adopt", args=[label.code]),
    ]


@pytest.mark.parametrize(("who", "status"), [("alice", 200), ("carl", 404), ("bert", 404), ("paula", 404)])
def test_labels_are_the_firms(client: Client, world: World, firm: Firm, who: str, status: int) -> None:
    sign_in(client, getattr(world, who))
    for address in addresses(world, firm):
        assert client.get(address).status_code == status, address


def test_who_is_not_signed_in_signs_in(client: Client, world: World, firm: Firm) -> None:
    for address in addresses(world, firm):
        assert client.get(address).status_code == 302


def test_ordering_in_advance(alice: Client, firm: Firm) -> None:
    address = reverse("assetmarking:labels_in_advance", args=[firm.pk])
    answer = alice.post(address, PAPER | {"count": "12", "start": "180"})
    sheet = LabelSheet.objects.get()
    assert answer["Location"] == reverse("assetmarking:label_sheet", args=[sheet.pk])
    assert "wird erstellt" in alice.get(answer["Location"]).content.decode()


def test_a_place_that_the_sheet_does_not_have(alice: Client, firm: Firm) -> None:
    address = reverse("assetmarking:labels_in_advance", args=[firm.pk])
    answer = alice.post(address, PAPER | {"count": "12", "start": "190"})
    assert "189 Stellen" in answer.content.decode()
    assert not LabelSheet.objects.exists()


def test_a_printer_puts_it_right(alice: Client, firm: Firm) -> None:
    alice.post(reverse("assetmarking:printer_new", args=[firm.pk]), {"name": "Büro", "x": "1,5", "y": "-2"})
    printer = PrinterOffset.objects.get()
    address = reverse("assetmarking:labels_in_advance", args=[firm.pk])
    alice.post(address, PAPER | {"count": "1", "printer": str(printer.pk)})
    sheet = LabelSheet.objects.get()
    assert (float(sheet.offset_x), float(sheet.offset_y)) == (1.5, -2.0)


def test_for_chosen_things(alice: Client, firm: Firm) -> None:
    chosen, other = make_asset(firm), make_asset(firm)
    address = reverse("assetmarking:labels_for_things", args=[firm.pk])
    alice.post(address, PAPER | {"which": "gewaehlte", "things": [str(chosen.pk)]})
    assert chosen.labels.count() == 1
    assert not other.labels.exists()


def test_for_all_without_a_label(alice: Client, firm: Firm) -> None:
    for _n in range(3):
        make_asset(firm)
    make_asset(firm, state=Asset.State.SOLD)
    address = reverse("assetmarking:labels_for_things", args=[firm.pk])
    alice.post(address, PAPER | {"which": "alle"})
    assert Label.objects.filter(asset__isnull=False).count() == 3


def test_an_own_format_is_drawn_then_saved(alice: Client, firm: Firm) -> None:
    address = reverse("assetmarking:label_format_new", args=[firm.pk])
    shown = alice.get(address).context["form"]
    values = {name: shown[name].value() for name in shown.fields} | {"name": "Reste", "columns": "2"}
    drawn = alice.post(address, values | {"zeichnen": "1"})
    assert "<svg" in drawn.content.decode()
    assert not OwnLabelFormat.objects.exists()
    alice.post(address, values)
    assert OwnLabelFormat.objects.get().columns == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"columns": "5"}, "ragen rechts"),
        ({"rows": "15"}, "ragen unten"),
        ({"pitch_x": "40"}, "breit ist"),
        ({"label_width": "8", "label_height": "8"}, "nicht zu lesen"),
    ],
)
def test_a_format_that_does_not_fit_is_told(
    alice: Client, firm: Firm, change: dict[str, str], words: str
) -> None:
    format = make_format(firm)
    address = reverse("assetmarking:label_format", args=[format.pk])
    shown = alice.get(address).context["form"]
    values = {name: str(shown[name].value()) for name in shown.fields}
    answer = alice.post(address, values | change)
    assert words in answer.content.decode()
    assert OwnLabelFormat.objects.get().columns == 4
    assert OwnLabelFormat.objects.get().label_width == 50


def test_the_file_is_asked_for_again(alice: Client, world: World, firm: Firm) -> None:
    sheet = order(world, firm)
    printing.print_labels(sheet.pk)
    LabelSheet.objects.update(pdf=None)
    assert "gelöscht" in alice.get(reverse("assetmarking:label_sheet", args=[sheet.pk])).content.decode()
    alice.post(reverse("assetmarking:label_print_again", args=[sheet.pk]))
    assert LabelSheet.objects.get().printed_at is None


def test_a_scanned_label_is_stuck_on_a_thing(alice: Client, firm: Firm) -> None:
    label, asset = make_label(firm), make_asset(firm, "SN-4711")
    make_asset(firm, name="Leiter")
    page = alice.get(reverse("assetmarking:adopt", args=[label.code.lower()]), {"suche": "sn4711"})
    assert "Leiter" not in page.content.decode()
    alice.post(reverse("assetmarking:stick", args=[label.code]), {"nummer": asset.reference})
    assert asset.labels.get() == label


def test_the_list_of_things_asks_as_often_for_many(
    alice: Client, firm: Firm, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _n in range(30):
        make_label(firm, asset=make_asset(firm))
    with django_assert_max_num_queries(12):
        alice.get(reverse("assetmarking:labels_for_things", args=[firm.pk]))


def test_the_way_from_a_thing_leads_to_its_label(alice: Client, firm: Firm) -> None:
    asset = make_asset(firm)
    make_asset(firm, name="Leiter")
    answer = alice.get(reverse("assetmarking:thing_labels", args=[asset.reference]), follow=True)
    assert "Leiter" not in answer.content.decode()
    assert f'value="{asset.pk}" checked' in answer.content.decode().replace(' id="id_things_0"', "")


def test_the_owners_code_is_read_and_kept_nowhere(alice: Client) -> None:
    answer = alice.post(reverse("assetmarking:ein"), {"lesen": "1", "code": "STA 124 ZUG 95 HM 09"})
    assert "wahrscheinlich" in answer.content.decode()


def test_capitals_behind_the_qr_code_lead_on(client: Client, firm: Firm) -> None:
    label = make_label(firm)
    assert client.get(f"/K/{label.code}")["Location"] == f"/k/{label.code}"


def test_where_everything_has_a_label_one_only_chooses(alice: Client, firm: Firm) -> None:
    asset = make_asset(firm)
    path = reverse("assetmarking:labels_for_things", args=[firm.pk])
    assert 'type="radio"' in alice.get(path).content.decode()
    make_label(firm, asset=asset)
    page = alice.get(path).content.decode()
    assert 'type="radio"' not in page
    assert 'name="which" value="gewaehlte"' in page
    assert "Geräte: Die Angabe fehlt" in alice.post(path, PAPER | {"which": "gewaehlte"}).content.decode()
