"""Later hits on their page, in the menu and in the search; and the lead's switch."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assetmarking.models import Asset, KeptTerm, RetroactiveHit, Search, SearchSettings
from assetmarking.privacy.retention import searches_due
from assetmarking.retroactive.meeting import meet_all
from tests.asset_factories import make_asset
from tests.assetmarking.retroactive.steps import REASON, TYPED, keep_searches, look_up
from tests.assetmarking.searching.steps import (
    NUMBER,
    URL,
    firm_of_owner,
    html_of,
    sign_in_with_factor,
)
from tests.personas import NOT_IN_FORCE, World, redate_posts, sign_in

pytestmark = pytest.mark.django_db
HITS = f"{URL}treffer/"
SETTINGS = f"{URL}einstellung/"


@pytest.fixture
def met(world: World) -> RetroactiveHit:
    keep_searches(world)
    look_up(world)
    make_asset(firm_of_owner(world), NUMBER)
    meet_all()
    return RetroactiveHit.objects.get()


def test_the_officer_finds_it_in_the_menu_and_on_a_page(
    client: Client, world: World, met: RetroactiveHit
) -> None:
    sign_in_with_factor(client, world.paula)
    assert "Nachträgliche Treffer" in html_of(client, URL)
    html = html_of(client, HITS)
    for words in (TYPED, "Bohrhammer Norvik BH 36", "ST-123/26", f"{URL}{met.search_id}/"):
        assert words in html
    assert "Zimmerei Eigner" not in html


def test_without_a_hit_the_menu_says_nothing(client: Client, world: World) -> None:
    assert "Nachträgliche Treffer" not in html_of(sign_in(client, world.paula), URL)


def test_it_needs_the_second_factor(client: Client, world: World, met: RetroactiveHit) -> None:
    assert client.get(HITS).status_code == 302
    assert sign_in(client, world.paula).get(HITS).status_code == 302


@pytest.mark.parametrize("who", ["pia", "lea"])
def test_colleagues_and_lead_do_not_see_it(
    client: Client, world: World, met: RetroactiveHit, who: str
) -> None:
    sign_in_with_factor(client, getattr(world, who))
    assert TYPED not in html_of(client, HITS)
    assert client.post(f"{HITS}{met.pk}/erledigt/").status_code == 404


@pytest.mark.parametrize("days", NOT_IN_FORCE)
def test_the_lead_sees_it_for_who_has_left(
    client: Client, world: World, met: RetroactiveHit, days: dict[str, int]
) -> None:
    redate_posts(world.paula, days)
    html = html_of(sign_in_with_factor(client, world.lea), HITS)
    assert TYPED in html
    assert f"{URL}{met.search_id}/" not in html


def test_the_owner_can_be_opened_from_the_search(client: Client, world: World, met: RetroactiveHit) -> None:
    sign_in_with_factor(client, world.paula)
    Search.objects.update(searched_at=timezone.now() - datetime.timedelta(days=50))
    page = f"{URL}{met.search_id}/geraet/{met.mark.asset.reference}/"
    assert "Zimmerei Eigner" in html_of(client, client.post(page)["Location"])


def test_done_is_done(client: Client, world: World, met: RetroactiveHit) -> None:
    sign_in_with_factor(client, world.paula)
    for _time in range(2):
        assert client.post(f"{HITS}{met.pk}/erledigt/")["Location"].startswith(HITS)
    assert "Nichts Neues" in html_of(client, HITS)
    assert "Nachträgliche Treffer (" not in html_of(client, URL)


def test_an_open_hit_keeps_its_search_and_a_done_one_does_not(world: World, met: RetroactiveHit) -> None:
    long_ago = timezone.now() - datetime.timedelta(days=61)
    Search.objects.update(searched_at=long_ago, kept_until=long_ago + datetime.timedelta(days=60))
    assert not searches_due(timezone.now()).exists()
    RetroactiveHit.objects.update(done_at=timezone.now())
    assert searches_due(timezone.now()).exists()


def choose(client: Client, **fields: Any) -> Any:
    values = {"daily_limit": 500, "keep_days": 60, "gesehen": 1} | fields
    return client.post(SETTINGS, values)


def test_the_lead_turns_it_on_with_a_reason(client: Client, world: World) -> None:
    sign_in(client, world.lea)
    assert "Begründen Sie" in choose(client, keeps_searches="on").content.decode()
    assert not SearchSettings.objects.filter(keeps_searches=True).exists()
    assert choose(client, keeps_searches="on", reason=REASON).status_code == 302
    row = SearchSettings.objects.get(organisation=world.police)
    assert (row.keeps_searches, row.keep_days, row.reason) == (True, 60, REASON)


def test_turned_off_what_is_kept_goes_at_once(client: Client, world: World) -> None:
    settings = keep_searches(world)
    look_up(world)
    sign_in(client, world.lea)
    assert choose(client, reason=REASON, gesehen=settings.version).status_code == 302
    assert not KeptTerm.objects.exists()
    assert Search.objects.get().kept_until is None


def test_the_result_says_until_when_it_is_kept(client: Client, world: World) -> None:
    keep_searches(world, keep_days=10)
    search = look_up(world, "AB-12345")
    html = html_of(sign_in_with_factor(client, world.paula), f"{URL}{search.pk}/")
    assert "Ihre Suche bleibt bis zum" in html
    assert Asset.objects.count() == 0
