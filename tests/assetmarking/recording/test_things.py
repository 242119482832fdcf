"""What a firm does with its things, on its pages."""

import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from assetmarking.categories import OTHER
from assetmarking.models import Asset, Mark
from partnership.models import Firm, LogEntry
from partnership.times import today
from tests import factories
from tests.asset_factories import make_asset, make_theft
from tests.assetmarking.pilots.steps import make_campaign, make_pilot
from tests.personas import World, sign_in

FILLED: dict[str, Any] = {
    "name": "Bohrhammer",
    "category": "power_tool.drill",
    "make": "Norvik",
    "value": "1.249,00 €",
    "kind": "serial",
    "text": "4471-B08-5217",
    "place": "Typenschild",
}


@pytest.fixture
def firm(world: World) -> Firm:
    """Alice's."""
    return factories.make_firm(world.alice)


@pytest.fixture
def alice(client: Client, world: World) -> Client:
    return sign_in(client, world.alice)


def act(client: Client, page: str, asset: Asset, **data: Any) -> str:
    """Posted, and the page that it leads to."""
    path = reverse(f"assetmarking:{page}", args=[asset.reference])
    return str(client.post(path, data, follow=True).content.decode())


def test_a_thing_is_recorded_with_its_number(alice: Client, firm: Firm) -> None:
    path = reverse("assetmarking:new", args=[firm.pk])
    page = alice.post(path, FILLED, follow=True).content.decode()
    asset = Asset.objects.get()
    assert (asset.firm, asset.value, asset.marks.get().text) == (firm, 1249, "4471-B08-5217")
    assert "1.249,00\N{NO-BREAK SPACE}€" in page
    assert "Gerät erfasst" in page


def test_what_kind_of_thing_it_is_follows_from_its_name(alice: Client, firm: Firm) -> None:
    path = reverse("assetmarking:new", args=[firm.pk])
    for name, category in (("Rüttelplatte", "site.plate"), ("Gerät", OTHER), ("Dings", OTHER)):
        alice.post(path, FILLED | {"name": name, "category": ""})
        assert Asset.objects.get(name=name).category == category


def test_the_only_site_is_at_hand(alice: Client, firm: Firm) -> None:
    path = reverse("assetmarking:new", args=[firm.pk])
    first = firm.sites.create(street="Weg 1", postcode="04668", city="Grimma")
    assert f'<option value="{first.pk}" selected>' in alice.get(path).content.decode()
    firm.sites.create(street="Weg 2", postcode="04668", city="Grimma")
    assert f'<option value="{first.pk}" selected>' not in alice.get(path).content.decode()


def test_its_history_names_the_kind_of_mark(alice: Client, firm: Firm) -> None:
    asset = make_asset(firm)
    page = act(alice, "mark_new", asset, kind="engraved", text="GR-1")
    assert "Kennzeichen hinzugefügt: eingravierter Code" in page


def test_passports_lead_back_to_the_things(alice: Client, firm: Firm) -> None:
    make_asset(firm)
    page = alice.get(reverse("assetmarking:passports", args=[firm.pk])).content.decode()
    assert f'<a href="{reverse("assetmarking:things", args=[firm.pk])}">Geräte</a>' in page


def test_one_more_keeps_what_both_have_in_common(alice: Client, firm: Firm) -> None:
    path = reverse("assetmarking:new", args=[firm.pk])
    page = alice.post(path, FILLED | {"noch_einen": "1"}, follow=True).content.decode()
    assert 'value="Norvik"' in page
    assert "4471-B08-5217" not in page


@pytest.mark.parametrize("text", ["unbekannt", "n/a", "ohne", "0000"])
def test_what_is_no_number_is_refused_and_nothing_typed_is_lost(alice: Client, firm: Firm, text: str) -> None:
    path = reverse("assetmarking:new", args=[firm.pk])
    page = alice.post(path, FILLED | {"text": text}).content.decode()
    assert "Das ist keine Nummer" in page
    assert 'value="Bohrhammer"' in page
    assert not Asset.objects.exists()


def test_two_who_change_it_at_once_notice_each_other(alice: Client, firm: Firm) -> None:
    asset = make_asset(firm)
    changed = {"name": "Stemmhammer", "category": asset.category}
    act(alice, "edit", asset, **changed, gesehen=1)
    page = act(alice, "edit", asset, **changed | {"name": "Meißel"}, gesehen=1)
    assert "Inzwischen hat jemand anderes" in page
    assert 'value="Meißel"' in page
    assert Asset.objects.get().name == "Stemmhammer"


def test_the_code_of_a_campaign_can_be_put_right_and_taken_off(
    alice: Client, firm: Firm, world: World
) -> None:
    asset = make_asset(firm)
    campaign = make_campaign(world, make_pilot(world))
    changed = {"name": asset.name, "category": asset.category}
    act(alice, "edit", asset, **changed, campaign=campaign.code.lower(), gesehen=1)
    assert Asset.objects.get().campaign == campaign
    page = alice.get(reverse("assetmarking:edit", args=[asset.reference])).content.decode()
    assert f'value="{campaign.code}"' in page
    act(alice, "edit", asset, **changed, campaign="", gesehen=2)
    assert Asset.objects.get().campaign is None


def test_a_mark_comes_and_goes(alice: Client, firm: Firm) -> None:
    asset = make_asset(firm)
    page = act(alice, "mark_new", asset, kind="identification", text="WNV123")
    assert "seit 1981 17 Zeichen" in page
    alice.post(reverse("assetmarking:mark_remove", args=[asset.reference, Mark.objects.get().pk]))
    assert not Mark.objects.exists()
    assert LogEntry.objects.filter(act__startswith="mark.", organisation=None).count() == 2


def test_it_is_lent_and_comes_back(alice: Client, firm: Firm) -> None:
    asset = make_asset(firm)
    until = today() + datetime.timedelta(days=3)
    assert "Dachdecker Quendel" in act(
        alice, "lend", asset, lent_to="Dachdecker Quendel", lent_until=until.isoformat()
    )
    assert "ist verliehen" in act(alice, "retire", asset, state="sold", on=today().isoformat())
    act(alice, "take_back", asset)
    assert Asset.objects.get().state == Asset.State.IN_USE


def test_what_is_stolen_is_not_given_away_nor_unmarked(alice: Client, firm: Firm, world: World) -> None:
    asset = make_asset(firm, "4471-B08")
    make_theft(asset, partnership=world.partnership, police=world.police)
    for name, data in (("lend", {"lent_to": "X"}), ("retire", {"state": "sold", "on": today().isoformat()})):
        assert "als gestohlen gemeldet" in act(alice, name, asset, **data)
    alice.post(reverse("assetmarking:mark_remove", args=[asset.reference, asset.marks.get().pk]))
    assert asset.marks.exists()
    assert "Was einmal als gestohlen gemeldet war, bleibt" in act(alice, "delete", asset)


def test_the_receipt_is_for_its_owner(alice: Client, firm: Firm, world: World) -> None:
    asset = make_asset(firm)
    act(alice, "receipt", asset, file=SimpleUploadedFile("beleg.txt", b"kein PDF"))
    assert alice.get(reverse("assetmarking:receipt_file", args=[asset.reference])).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("alice", 200), ("carl", 404), ("bert", 404), ("paula", 404)])
def test_things_are_the_firms(client: Client, world: World, firm: Firm, who: str, status: int) -> None:
    asset = make_asset(firm, "4471-B08")
    sign_in(client, getattr(world, who))
    for name in ("thing", "edit", "lend", "transfer", "photos", "receipt", "mark_new", "delete"):
        assert client.get(reverse(f"assetmarking:{name}", args=[asset.reference])).status_code == status
    for name in ("things", "new"):
        assert client.get(reverse(f"assetmarking:{name}", args=[firm.pk])).status_code == status


def test_the_list_takes_as_many_statements_for_one_as_for_forty(
    alice: Client, firm: Firm, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    path = reverse("assetmarking:things", args=[firm.pk])
    make_asset(firm, "NV-1")
    alice.get(path)
    with django_assert_num_queries(7):
        alice.get(path)
    for number in range(40):
        make_asset(firm, f"NV-77{number}")
    with django_assert_num_queries(7):
        alice.get(path)


def test_a_long_list_goes_on_where_the_page_ended(alice: Client, firm: Firm) -> None:
    for number in range(60):
        make_asset(firm, name=f"Gerät {number:02}")
    path = reverse("assetmarking:things", args=[firm.pk])
    page = alice.get(path).content.decode()
    assert "Gerät 49" in page
    assert "Gerät 50" not in page
    after = page.partition('href="?nach=')[2].partition('"')[0]
    assert "Gerät 50" in alice.get(f"{path}?nach={after}").content.decode()
