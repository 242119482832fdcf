"""A thing goes to another firm; what was the seller's own goes with the act."""

import pytest
from django.test import Client
from django.urls import reverse

from assetmarking.models import Asset, Transfer
from assetmarking.transferring import transferring
from partnership.models import Firm, LogEntry, OutgoingMail
from tests import factories
from tests.asset_factories import make_asset, make_label
from tests.personas import World, sign_in


@pytest.fixture
def asset(world: World) -> Asset:
    """Alice's, with a label."""
    firm = factories.make_firm(world.alice, name="Zimmerei Eigner")
    made = make_asset(firm, "4471-B08", kept_at="hinten links", own_number="I-7", value=800)
    make_label(firm, asset=made)
    return made


def offer(asset: Asset, world: World) -> str:
    """The address of its page."""
    transferring.offer_thing(
        asset_id=asset.pk,
        to_email="carl@bau.example",
        note="",
        partnership=world.partnership,
        language="de",
        actor=world.alice,
    )
    mail = OutgoingMail.objects.get(kind="asset_transfer_offered")
    return "/kennzeichnung/" + str(mail.content["offer_url"]).partition("/kennzeichnung/")[2]


def test_the_buyer_gets_the_thing_and_nothing_of_the_sellers(
    client: Client, world: World, asset: Asset
) -> None:
    page, firm = offer(asset, world), factories.make_firm(world.carl, name="Bau Carl")
    sign_in(client, world.carl)
    assert "Zimmerei Eigner" in client.get(page).content.decode()
    answer = client.post(page, {"firm": str(firm.pk)})
    assert answer["Location"].startswith(reverse("assetmarking:thing", args=[asset.reference]))
    asset.refresh_from_db()
    assert (asset.firm, asset.kept_at, asset.own_number, asset.value) == (firm, "", "", None)
    assert asset.labels.get().firm == firm
    assert not LogEntry.objects.filter(object_id=asset.pk, actor=world.alice).exists()
    told = set(OutgoingMail.objects.values_list("kind", flat=True))
    assert {"asset_transfer_ended", "asset_transfer_taken"} <= told


def test_the_seller_sees_it_no_more(client: Client, world: World, asset: Asset) -> None:
    page, firm = offer(asset, world), factories.make_firm(world.carl)
    transferring.accept_offer(
        transfer_id=Transfer.objects.get().pk, firm_id=firm.pk, language="de", actor=world.carl
    )
    sign_in(client, world.alice)
    assert client.get(reverse("assetmarking:thing", args=[asset.reference])).status_code == 404
    assert client.get(page).status_code == 410


def test_a_stranger_reads_and_declines(client: Client, world: World, asset: Asset) -> None:
    page = offer(asset, world)
    assert "Melden Sie sich an" in client.get(page).content.decode()
    assert "Angebot abgelehnt" in client.post(f"{page}ablehnen/").content.decode()
    assert Transfer.objects.get().state == Transfer.State.DECLINED
    assert OutgoingMail.objects.filter(kind="asset_transfer_ended", to_email=world.alice.email).exists()


def test_who_has_no_firm_yet_comes_back_with_one(client: Client, world: World, asset: Asset) -> None:
    page = offer(asset, world)
    assert client.post(page, {"zuerst": "1"})["Location"] == reverse("account_login")
    sign_in(client, world.carl)
    assert client.post(page, {"zuerst": "1"})["Location"] == reverse("own_firms:new")
    founded = {"name": "Bau Carl", "chamber": "", "street": "Weg 1", "postcode": "04668", "city": "Grimma"}
    answer = client.post(reverse("own_firms:new"), founded | {"contact_name": "Carl Beispiel"})
    assert answer["Location"].startswith(page)
    client.post(page, {"firm": str(Firm.objects.get(name="Bau Carl").pk)})
    asset.refresh_from_db()
    assert asset.firm.name == "Bau Carl"


def test_one_takes_it_back_before_it_is_answered(client: Client, world: World, asset: Asset) -> None:
    page = offer(asset, world)
    sign_in(client, world.alice)
    client.post(reverse("assetmarking:withdraw_offer", args=[asset.reference]))
    assert client.get(page).status_code == 410
    assert OutgoingMail.objects.filter(kind="asset_transfer_withdrawn").exists()


def test_the_own_firm_is_no_buyer(client: Client, world: World, asset: Asset) -> None:
    page = offer(asset, world)
    sign_in(client, world.alice)
    answer = client.post(page, {"firm": str(asset.firm_id)})
    assert answer.status_code == 409
    assert Firm.objects.get(pk=asset.firm_id).assets.exists()
