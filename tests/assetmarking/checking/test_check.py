"""Buying second-hand: one question, and nothing else can be found out with it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assetmarking.checking.asking import is_reported_stolen
from assetmarking.models import MarkKind
from tests import factories
from tests.asset_factories import make_asset, make_mark, make_theft
from tests.assetmarking.finding.steps import labelled
from tests.personas import World

PAGE = "/kennzeichnung/pruefen/"


def stolen(
    world: World, *, state: str = "confirmed", kind: str = MarkKind.SERIAL, make: str = "Norvik"
) -> None:
    asset = make_asset(factories.make_firm(world.alice), make=make)
    make_mark(asset, "NB-4711-08", kind=kind)
    make_theft(asset, partnership=world.partnership, police=world.police, state=state)


@pytest.mark.parametrize("typed", ["NB-4711-08", "nb 4711 8", "N8-47ll-08"])
def test_what_police_confirmed_is_reported(world: World, typed: str) -> None:
    stolen(world)
    assert is_reported_stolen(number=typed)


@pytest.mark.parametrize("state", ["reported", "withdrawn", "closed"])
def test_what_police_did_not_confirm_is_not(world: World, state: str) -> None:
    stolen(world, state=state)
    assert not is_reported_stolen(number="NB-4711-08")


@pytest.mark.parametrize("kind", [MarkKind.ENGRAVED, MarkKind.EIN, MarkKind.FORENSIC, MarkKind.RFID])
def test_only_manufacturers_numbers_are_told(world: World, kind: str) -> None:
    stolen(world, kind=kind)
    assert not is_reported_stolen(number="NB-4711-08")


def test_a_make_tells_things_apart(world: World) -> None:
    stolen(world)
    assert is_reported_stolen(number="NB-4711-08", make="NORVIK")
    assert not is_reported_stolen(number="NB-4711-08", make="Kaldur")


def test_a_thing_without_make_suits_every_make(world: World) -> None:
    stolen(world, make="")
    assert is_reported_stolen(number="NB-4711-08", make="Kaldur")


def test_a_label_cannot_be_checked(client: Client, world: World) -> None:
    page = client.post(PAGE, {"number": labelled(world).code})
    assert "Etiketten lassen sich hier nicht prüfen" in page.content.decode()


def test_unknown_registered_and_unconfirmed_are_the_same(client: Client, world: World) -> None:
    """Word for word, with the same statements."""
    stolen(world, state="reported")
    make_asset(factories.make_firm(world.alice), "RG 1234")
    client.get(PAGE)
    pages, statements = set(), set()
    for number in ("XX-9999-77", "RG 1234", "NB-4711-08"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = client.post(PAGE, {"number": number}).content.decode()
        pages.add("\n".join(line for line in page.replace(number, "").splitlines() if "csrf" not in line))
        statements.add(len(queries))
    assert len(pages) == len(statements) == 1
    assert "nicht gemeldet" in pages.pop()
