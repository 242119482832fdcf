"""A second factor from the last half hour; what was typed is not lost on the way."""

import pytest
from django.test import Client

from assetmarking.models import Search
from tests.asset_factories import make_asset
from tests.assetmarking.searching.steps import (
    NUMBER,
    URL,
    ask,
    firm_of_owner,
    html_of,
    search_for,
    sign_in_with_factor,
)
from tests.one_time_codes import code_of_app
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
HALF_AN_HOUR = 30 * 60
CODE_PAGE = "/konto/bestaetigen/code/"


@pytest.mark.parametrize(
    ("seconds_ago", "is_led_away"), [(HALF_AN_HOUR - 60, False), (HALF_AN_HOUR + 1, True)]
)
def test_half_an_hour(client: Client, world: World, seconds_ago: int, is_led_away: bool) -> None:
    response = ask(sign_in_with_factor(client, world.paula, seconds_ago=seconds_ago))
    assert response["Location"].startswith(CODE_PAGE) == is_led_away
    assert Search.objects.exists() != is_led_away


def test_after_the_code_the_search_goes_on_with_what_was_typed(client: Client, world: World) -> None:
    make_asset(firm_of_owner(world), NUMBER)
    led_to = ask(sign_in(client, world.paula), f"{NUMBER}\nXY-77", make="Norvik")["Location"]
    assert "code" in html_of(client, led_to)
    done = client.post(led_to, {"code": code_of_app(), "next": URL})
    found = Search.objects.get()
    assert done["Location"] == f"{URL}{found.pk}/"
    assert (found.texts, found.make, found.case_number) == ([NUMBER, "XY-77"], "Norvik", "ST-123/26")
    assert "1 Treffer" in html_of(client, done["Location"])


def test_the_password_alone_does_not_lead_there(client: Client, world: World) -> None:
    world.paula.set_password("ein langer Satz")
    world.paula.save()
    led_to = ask(sign_in(client, world.paula))["Location"]
    assert "Mit dem Passwort" not in html_of(client, led_to)
    assert client.get("/konto/bestaetigen/")["Location"].startswith(CODE_PAGE)


def test_results_and_owners_want_it_too(client: Client, world: World) -> None:
    asset = make_asset(firm_of_owner(world), NUMBER)
    found = search_for(sign_in_with_factor(client, world.paula))
    sign_in_with_factor(client, world.paula, seconds_ago=HALF_AN_HOUR + 1)
    for path in (f"{found.pk}/", f"{found.pk}/geraet/{asset.reference}/"):
        assert client.get(URL + path)["Location"].startswith(CODE_PAGE)


def test_the_form_itself_is_there_at_once(client: Client, world: World) -> None:
    assert "Nummern oder Codes" in html_of(sign_in(client, world.paula), URL)
