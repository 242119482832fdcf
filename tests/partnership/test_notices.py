"""What an act says is read on the page it leads to, and reading it writes nothing."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
SAID = "Der Sprechtag ist abgesagt."


@pytest.fixture
def hours_url(world: World) -> str:
    return f"/arbeitsplatz/sprechtage/{world.hours.pk}/"


@pytest.fixture
def bert(client: Client, world: World) -> Client:
    return sign_in(client, world.bert)


def cancel(client: Client, hours_url: str) -> str:
    address: str = client.post(f"{hours_url}absagen/", {"reason": "Krank"})["Location"]
    return address


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_reading_it_writes_no_session(bert: Client, hours_url: str) -> None:
    address = cancel(bert, hours_url)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert SAID in page(bert, address)
    sessions = [query["sql"] for query in asked if "django_session" in query["sql"]]
    assert [sql.split()[0] for sql in sessions] == ["SELECT"]


def test_only_the_page_it_leads_to_says_it(bert: Client, hours_url: str) -> None:
    address = cancel(bert, hours_url)
    assert SAID in page(bert, address)
    assert SAID not in page(bert, hours_url)
    assert SAID in page(bert, address), "a page read again is the same page"


def test_a_page_between_hands_it_on(bert: Client, hours_url: str) -> None:
    notice = cancel(bert, hours_url).rpartition("?")[2]
    between = bert.get(f"/arbeitsplatz/?{notice}")
    assert between["Location"].endswith(f"?{notice}")
    assert SAID in page(bert, between["Location"])


def test_an_act_on_the_page_that_says_it_does_not_say_it_again(bert: Client, hours_url: str) -> None:
    notice = cancel(bert, hours_url).rpartition("?")[2]
    signed_out = bert.post(f"/konto/abmelden/?{notice}")
    assert notice not in signed_out["Location"]


def test_an_address_that_others_made_up_says_nothing(bert: Client, world: World, hours_url: str) -> None:
    address = cancel(bert, hours_url)
    assert SAID not in page(bert, f"{hours_url}?meldung=erfunden")
    assert SAID not in page(sign_in(Client(), world.lea), address)


def test_links_of_the_page_do_not_carry_it_along(bert: Client, hours_url: str) -> None:
    notice = cancel(bert, hours_url).rpartition("?")[2]
    html = page(bert, f"/arbeitsplatz/termine/?{notice}&suche=a")
    assert notice not in html.replace(f'href="/en/?{notice}', "")
