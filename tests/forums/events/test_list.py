"""The list of events at the workplace: what comes, drafts, what was."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from forums.models import Event, Kind
from tests.event_factories import make_event, make_registration
from tests.forums.events.steps import add, in_days, make_forum
from tests.forums.events.test_pages import LIST, read, text, url
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
QUERIES = 14


def test_what_is_over_and_not_noted_stays_in_the_list(client: Client, world: World) -> None:
    over = make_event(organiser=world.ihk, day=in_days(-3), title="Gewesen")
    make_event(organiser=world.ihk, day=in_days(-4), title="Vermerkt", state=Event.State.HELD)
    page = read(client, world, "bert", LIST)
    assert "Gewesen" in page
    assert "Vermerkt" not in page
    client.post(url("held", over))
    assert "Gewesen" not in text(client.get(LIST))
    assert "Gewesen" in text(client.get(f"{LIST}?zeit=vergangen"))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("zeit=entwuerfe", ["Entwurf"]),
        ("art=training", ["Schulung"]),
        ("art=unsinn", ["Entwurf", "Schulung"]),
    ],
)
def test_the_list_is_filtered(client: Client, world: World, query: str, shown: list[str]) -> None:
    add(world, title="Titel Entwurf")
    make_event(organiser=world.ihk, kind=Kind.TRAINING, title="Titel Schulung")
    page = read(client, world, "bert", f"{LIST}?{query}")
    assert [word for word in ("Entwurf", "Schulung") if f"Titel {word}" in page] == shown


def test_statements_do_not_grow_with_the_events(
    client: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sign_in(client, world.bert).get(LIST)
    for number in (1, 30):
        for _event in range(number):
            event, talk, _workshop = make_forum(world)
            make_registration(event, talk)
        with django_assert_num_queries(QUERIES):
            assert client.get(LIST).status_code == 200
