"""The owner is shown on opening, the photos too, and the log has it before."""

import pytest
from django.test import Client, RequestFactory

from assetmarking.models import Asset, Search, SearchCount
from assetmarking.searching.opening import may_see_opened
from partnership.models import Person
from tests.asset_factories import make_asset, make_theft
from tests.assetmarking.searching.steps import (
    NUMBER,
    URL,
    firm_of_owner,
    html_of,
    rows_of_log,
    search_for,
    sign_in_with_factor,
)
from tests.personas import NOT_IN_FORCE, World, redate_posts

pytestmark = pytest.mark.django_db


def found_drill(client: Client, world: World) -> tuple[Search, Asset]:
    asset = make_asset(firm_of_owner(world), NUMBER, kept_at="Halle 3")
    make_theft(asset, partnership=world.partnership, police=world.police)
    return search_for(sign_in_with_factor(client, world.paula)), asset


def path_of(search: Search, asset: Asset, page: str = "") -> str:
    return f"{URL}{search.pk}/geraet/{asset.reference}/{page}"


def test_before_it_is_opened_there_is_nothing_to_read(client: Client, world: World) -> None:
    search, asset = found_drill(client, world)
    for page in ("", "fotos/"):
        assert client.get(path_of(search, asset, page))["Location"] == f"{URL}{search.pk}/"
    assert len(rows_of_log()) == 1


def test_opening_shows_whose_it_is_and_stands_in_the_log(client: Client, world: World) -> None:
    search, asset = found_drill(client, world)
    html = html_of(client, client.post(path_of(search, asset))["Location"])
    for words in ("Zimmerei Eigner", "03437 4410", "Halle 3", world.alice.email, "4411/26/DEMO", NUMBER):
        assert words in html
    row = rows_of_log()[-1]
    assert (row["act"], row["thing"]) == ("search.opened", f"Gerät {asset.reference}")
    assert (row["purpose"], row["reference"]) == ("Verkehrskontrolle", "ST-123/26")
    assert SearchCount.objects.get().openings == 1


def test_what_is_opened_can_be_read_again_without_another_row(client: Client, world: World) -> None:
    search, asset = found_drill(client, world)
    client.post(path_of(search, asset))
    html_of(client, path_of(search, asset))
    assert "Eigentümer (geöffnet)" in html_of(client, f"{URL}{search.pk}/")
    assert len(rows_of_log()) == 2


def test_only_what_the_search_has_found_can_be_opened(client: Client, world: World) -> None:
    search, asset = found_drill(client, world)
    other = make_asset(asset.firm, "ZZ-999-888")
    assert client.post(path_of(search, other)).status_code == 404
    assert len(rows_of_log()) == 1


def test_in_the_search_of_somebody_else_nothing_can_be_opened(client: Client, world: World) -> None:
    search, asset = found_drill(client, world)
    assert sign_in_with_factor(client, world.pia).post(path_of(search, asset)).status_code == 404


@pytest.mark.parametrize("days", NOT_IN_FORCE)
def test_whoever_is_no_longer_in_post_reads_nothing(
    client: Client, world: World, days: dict[str, int]
) -> None:
    search, asset = found_drill(client, world)
    client.post(path_of(search, asset))
    redate_posts(world.paula, days)
    assert client.get(path_of(search, asset)).status_code == 403


def may_see(person: Person, asset: Asset) -> bool:
    request = RequestFactory().get("/")
    request.user = person
    return may_see_opened(request, asset)


def test_photos_are_for_who_has_opened_them(client: Client, world: World) -> None:
    search, asset = found_drill(client, world)
    assert not may_see(world.paula, asset)
    html_of(client, client.post(path_of(search, asset, "fotos/"))["Location"])
    assert may_see(world.paula, asset)
    assert not may_see(world.pia, asset)
    assert rows_of_log()[-1]["act"] == "search.photos_opened"


def test_photos_alone_do_not_open_the_owner(client: Client, world: World) -> None:
    search, asset = found_drill(client, world)
    client.post(path_of(search, asset, "fotos/"))
    assert client.get(path_of(search, asset))["Location"] == f"{URL}{search.pk}/"
