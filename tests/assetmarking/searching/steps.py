"""Police who search: signed in with a second factor, numbers typed, the log read."""

import time
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as RECORDS
from django.test import Client

from assetmarking.models import Search
from partnership.models import ChainedEntry, Firm, Person
from tests import factories
from tests.personas import World, sign_in

URL = "/arbeitsplatz/fahndung/"
REASON = {"purpose": "traffic", "case_number": "ST-123/26"}
NUMBER = "4471-B08-5217"


def sign_in_with_factor(client: Client, person: Person, *, seconds_ago: int = 0) -> Client:
    sign_in(client, person)
    session = client.session
    session[RECORDS] = [{"method": "mfa", "type": "totp", "at": time.time() - seconds_ago}]
    session[f"{RECORDS}_user"] = str(person.pk)
    session.save()
    return client


def ask(client: Client, numbers: str = NUMBER, **more: Any) -> Any:
    return client.post(URL, REASON | {"numbers": numbers} | more)


def search_for(client: Client, numbers: str = NUMBER, **more: Any) -> Search:
    """Asked and answered; the page is not looked at yet."""
    response = ask(client, numbers, **more)
    assert response.status_code == 302, response.content.decode()[:3000]
    return Search.objects.latest("pk")


def html_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, f"{response.status_code} {response.headers.get('Location')}"
    return str(response.content.decode())


def results_of(client: Client, numbers: str = NUMBER, **more: Any) -> str:
    return html_of(client, f"{URL}{search_for(client, numbers, **more).pk}/")


def firm_of_owner(world: World) -> Firm:
    return factories.make_firm(world.alice, name="Zimmerei Eigner", phone="03437 4410")


def rows_of_log() -> list[dict[str, Any]]:
    return [entry.payload or {} for entry in ChainedEntry.objects.order_by("seq")]
