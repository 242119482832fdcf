"""What people misread and mistype is found: measured on pairs that were typed by hand. The figures stand in
docs/performance.md."""

import pytest

from assetmarking.matching.judging import MatchKind
from partnership.models import Firm
from tests.assetmarking.matching.corpus import OTHER, figures_of, figures_of_likely, read_pairs, try_pairs
from tests.personas import World

FLOORS = {
    MatchKind.RAW: (1.0, 1.0),
    MatchKind.FOLDED: (0.99, 0.99),
    MatchKind.ONE_EDIT: (0.98, 0.70),
    MatchKind.TWO_EDITS: (0.95, 0.80),
    MatchKind.CONTAINED: (0.95, 0.90),
}
"""Recall and precision. Next numbers of a series differ as misread ones do, so one edit can be no surer."""


def test_there_are_enough_pairs_and_each_says_what_happened() -> None:
    pairs = read_pairs()
    assert sum(pair.is_one_thing for pair in pairs) >= 300
    assert sum(pair.expected == OTHER for pair in pairs) >= 100
    assert all(pair.note and pair.expected in (*MatchKind, OTHER) for pair in pairs)
    assert len({pair.note for pair in pairs}) > 200
    assert len({(p.asked, p.recorded, p.make) for p in pairs}) == len(pairs)


@pytest.mark.django_db
def test_as_much_is_found_as_is_promised(world: World) -> None:
    outcomes = try_pairs(Firm.objects.create(name="Bau Beispiel", chamber=world.ihk), read_pairs())
    for match, floors in FLOORS.items():
        figures = figures_of(outcomes, match=match)
        assert figures.recall >= floors[0], match
        assert figures.precision >= floors[1], match
    assert figures_of(outcomes).recall >= 0.98
    assert figures_of_likely(outcomes).precision >= 0.96
