"""What setting all numbers side by side would find, the indexes bring up too."""

import random

import pytest

from assetmarking.matching.finding import find_marks
from assetmarking.matching.judging import judge
from assetmarking.matching.keys import key_of
from assetmarking.matching.readings import readings_of
from assetmarking.models import Mark
from partnership.models import Firm
from tests.asset_factories import make_asset
from tests.assetmarking.matching.slips import numbers, slipped
from tests.personas import World

RECORDED = 1200
pytestmark = pytest.mark.django_db


@pytest.fixture
def marks(world: World) -> list[Mark]:
    """Of one make. Numbers that have one key are of one thing here."""
    asset = make_asset(Firm.objects.create(name="Bau Beispiel", chamber=world.ihk), make="Norvik")
    recorded = {key_of(kind, text): (kind, text) for kind, text in numbers(random.Random(4), RECORDED)}
    return Mark.objects.bulk_create(
        Mark(asset=asset, kind=kind, text=text, key=key) for key, (kind, text) in recorded.items()
    )


def is_alike(text: str, mark: Mark, make: str) -> bool:
    return any(judge(reading.text, mark.text, is_of_make=bool(make)) for reading in readings_of(text))


@pytest.mark.parametrize(("slips", "make", "count"), [(1, "", 300), (2, "", 300), (2, "Norvik", 40)])
def test_slips_hide_no_number_that_is_alike(marks: list[Mark], slips: int, make: str, count: int) -> None:
    """Each is asked for as it was misread; what an index leaves out cannot be judged."""
    dice = random.Random(slips)
    asked = [(slipped(dice, mark.text, slips), mark) for mark in dice.sample(marks, count)]
    missed = []
    for first in range(0, count, 10):
        some = asked[first : first + 10]
        found = find_marks([text for text, _mark in some], make=make, limit=1000).hits
        missed += [
            (text, mark.text)
            for text, mark in some
            if is_alike(text, mark, make) and mark not in [hit.mark for hit in found[text]]
        ]
    assert missed == []
