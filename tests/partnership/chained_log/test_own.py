"""Who asks for their own data reads what they looked up, and nobody else's."""

import pytest

from partnership.chained_log.own import about_lookups
from tests.partnership.chained_log.steps import open_something
from tests.personas import World

pytestmark = pytest.mark.django_db


def test_own_look_ups_are_told(world: World) -> None:
    entry = open_something(world.police, world.paula, thing="Gerät 17", purpose="Kontrolle")
    open_something(world.police, world.pia)
    assert about_lookups(world.paula).rows == [
        {
            "act": "Abrufprotokoll heruntergeladen",
            "thing": "Gerät 17",
            "purpose": "Kontrolle",
            "reference": "",
            "at": entry.at,
        }
    ]


def test_who_looked_up_nothing_reads_of_nothing(world: World) -> None:
    open_something(world.police)
    assert about_lookups(world.alice).rows == []
