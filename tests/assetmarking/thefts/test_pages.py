"""Pages of thefts: of the firm in three steps, of police with and without opening, and who sees none."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from assetmarking.models import TheftReport
from assetmarking.thefts.page import lay_out_report
from partnership.models import ChainedEntry
from partnership.times import today
from tests.asset_factories import make_asset, make_theft
from tests.assetmarking.thefts.steps import A_DAY, firm_of, report, state_of
from tests.personas import World, sign_in

PLACE = {"street": "Marktplatz 1", "postcode": "04680", "city": "Colditz"}


def place_and_time() -> dict[str, str]:
    return PLACE | {
        "gone_after_0": (today() - 2 * A_DAY).isoformat(),
        "gone_after_1": "18:00",
        "gone_before_0": (today() - A_DAY).isoformat(),
        "gone_before_1": "06:30",
    }


@pytest.fixture
def theft(world: World) -> TheftReport:
    return report(world, make_asset(firm_of(world.alice), "NV-2231"))


def test_a_theft_is_reported_in_three_steps(client: Client, world: World) -> None:
    asset = make_asset(firm_of(world.alice), "NV-2231")
    path = reverse("assetmarking:report_theft", args=[asset.firm_id])
    sign_in(client, world.alice)
    assert "ersetzt keine Anzeige" in client.get(path).content.decode()
    path = f"{path}?geraet={asset.reference}&weiter=1"
    assert 'value="04680"' in client.get(path).content.decode()
    given = place_and_time() | {"case_number": "4411/26"}
    checked = client.post(path, given | {"schritt": "pruefen"}).content.decode()
    assert "Stimmt alles?" in checked
    assert 'name="gone_before_1" value="06:30"' in checked
    assert state_of(asset) == "in_use"
    answer = client.post(path, given | {"schritt": "melden"})
    found = TheftReport.objects.get()
    assert answer["Location"].startswith(reverse("assetmarking:theft", args=[found.reference]))
    assert found.gone_after < found.gone_before - datetime.timedelta(hours=12)


def test_going_back_keeps_what_was_typed(client: Client, world: World) -> None:
    asset = make_asset(firm_of(world.alice))
    path = reverse("assetmarking:report_theft", args=[asset.firm_id]) + f"?geraet={asset.reference}&weiter=1"
    given = place_and_time() | {"schritt": "aendern", "station": "Grimma"}
    assert 'value="Grimma"' in sign_in(client, world.alice).post(path, given).content.decode()


def test_times_have_to_fit(client: Client, world: World) -> None:
    asset = make_asset(firm_of(world.alice))
    path = reverse("assetmarking:report_theft", args=[asset.firm_id]) + f"?geraet={asset.reference}&weiter=1"
    given = place_and_time() | {"schritt": "melden"}
    given |= {"gone_after_0": given["gone_before_0"], "gone_before_0": given["gone_after_0"]}
    html = sign_in(client, world.alice).post(path, given).content.decode()
    assert "passen nicht zueinander" in html
    assert not TheftReport.objects.exists()


def test_what_was_chosen_stays_chosen_while_searching(client: Client, world: World) -> None:
    firm = firm_of(world.alice)
    saw, drill = make_asset(firm, name="Kreissäge"), make_asset(firm, "NV-2231", name="Bohrer")
    path = reverse("assetmarking:report_theft", args=[firm.pk])
    query = f"?geraet={saw.reference}&suche=nv2231"
    html = sign_in(client, world.alice).get(path + query).content.decode()
    assert f'value="{saw.reference}"' in html
    assert f'value="{drill.reference}"' in html
    assert html.count("checked") == 1


OWN = ["theft", "theft_pdf", "theft_change", "theft_add", "theft_withdraw"]


@pytest.mark.parametrize("name", OWN)
def test_the_firms_pages_are_the_firms(client: Client, world: World, theft: TheftReport, name: str) -> None:
    path = reverse(f"assetmarking:{name}", args=[theft.reference])
    assert client.get(path).status_code == 302
    for stranger in (world.carl, world.bert, world.karl, world.paula):
        assert sign_in(client, stranger).get(path).status_code == 404
    assert sign_in(client, world.alice).get(path).status_code == 200


@pytest.mark.parametrize("name", ["theft", "confirm", "decline"])
def test_polices_pages_are_the_directorates(
    client: Client, world: World, theft: TheftReport, name: str
) -> None:
    path = reverse(f"thefts:{name}", args=[theft.reference])
    for stranger in (world.carl, world.bert, world.karl, world.dora, world.alice):
        assert sign_in(client, stranger).get(path).status_code == 403
    for officer in (world.paula, world.lea):
        assert sign_in(client, officer).get(path).status_code == 200


def test_police_see_things_and_not_whose(client: Client, world: World, theft: TheftReport) -> None:
    sign_in(client, world.paula)
    for path in (reverse("thefts:thefts"), reverse("thefts:theft", args=[theft.reference])):
        html = client.get(path).content.decode()
        assert "Bohrhammer" in html
        assert "04680 Colditz" in html
        assert not any(word in html for word in ("Muster", "Marktplatz", "aufgeschnitten", world.alice.email))
    assert not ChainedEntry.objects.exists()


def test_opening_is_in_the_chained_log(client: Client, world: World, theft: TheftReport) -> None:
    path = reverse("thefts:opened", args=[theft.reference])
    assert sign_in(client, world.paula).get(path).status_code == 405
    html = client.post(path).content.decode()
    assert all(word in html for word in ("Muster", "Marktplatz", "aufgeschnitten", world.alice.email))
    payload = ChainedEntry.objects.get().payload
    assert payload is not None
    assert (payload["act"], payload["actor"]) == ("theft.opened", world.paula.pk)
    assert theft.reference in payload["thing"]


def test_an_officer_confirms_what_was_seen(client: Client, world: World, theft: TheftReport) -> None:
    path = reverse("thefts:confirm", args=[theft.reference])
    given = {"case_number": theft.case_number, "gesehen": str(theft.version)}
    assert sign_in(client, world.paula).post(path, given).status_code == 302
    assert client.post(path, given).status_code == 409


def test_the_list_is_narrowed_and_paged_by_key(client: Client, world: World) -> None:
    firm = firm_of(world.alice)
    make_theft(
        make_asset(firm, name="Fräse"), partnership=world.partnership, police=world.police, city="Borna"
    )
    make_theft(make_asset(firm, name="Säge"), partnership=world.partnership, police=world.police)
    sign_in(client, world.paula)
    html = client.get(reverse("thefts:thefts") + "?ort=borna&stand=offen").content.decode()
    assert "Fräse" in html
    assert "Säge" not in html
    last = TheftReport.objects.order_by("pk").last()
    assert last is not None
    html = client.get(reverse("thefts:thefts") + f"?vor={last.pk}").content.decode()
    assert "Fräse" in html
    assert "Säge" not in html


def test_many_things_take_no_more_statements(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    firm = firm_of(world.alice)
    theft = report(world, *[make_asset(firm, f"NV-{number}") for number in range(20)])
    with django_assert_num_queries(4):
        assert len(lay_out_report(theft).things) == 20
