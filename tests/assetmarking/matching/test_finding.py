"""What a look-up finds, and as what."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assetmarking.matching.finding import Hit, find_marks
from assetmarking.models import Asset, MarkKind
from partnership.models import Firm
from tests.asset_factories import make_asset, make_mark
from tests.personas import World


@pytest.fixture
def firm(world: World) -> Firm:
    return Firm.objects.create(name="Bau Beispiel", chamber=world.ihk)


def hits(text: str, make: str = "") -> list[Hit]:
    return find_marks([text], make=make).hits[text]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "recorded", "match", "score"),
    [
        ("4471-B08-5217", "4471-B08-5217", "raw", 4),
        ("4471 b08 5217", "4471-B08-5217", "raw", 4),
        ("4471-BO8-52I7", "4471-B08-5217", "folded", 4),
        ("4471-BO8-52I7", "4471-B08-5277", "one_edit", 2),
        ("4471-BO8-52I7", "NW4471B085217", "contained", 3),
        ("4471-B08-5217-31", "4471-B03-5297-31", "two_edits", 1),
        ("B7", "B007", "folded", 3),
        ("B007", "BOO7", "folded", 3),
        ("B007", "B7", "folded", 3),
        ("120034", "12-0034", "raw", 4),
        ("12-34", "12-0034", "folded", 3),
        ("120034", "12-34", "folded", 3),
        ("12-34-9", "120349", "folded", 4),
        ("KW 7781", "KVV7781", "folded", 4),
        ("TÜ-AE 412", "TUE-Ä 412", "folded", 4),
        ("TU-K 412", "TÜ-K 412", "one_edit", 2),
        ("S/N: 4471085217", "4471085217", "raw", 4),
        ("471085217", "4471085217", "one_edit", 3),
        ("4471082517", "4471085217", "one_edit", 3),
        ("HW 4471085217 2024", "4471085217", "contained", 3),
    ],
)
def test_a_number_is_found_and_judged(firm: Firm, asked: str, recorded: str, match: str, score: int) -> None:
    make_asset(firm, recorded)
    [hit] = hits(asked)
    assert (hit.match, hit.score) == (match, score)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "recorded"),
    [
        ("4471085217", "4471093317"),
        ("447", "448"),
        ("1234", "120034"),
        ("unbekannt", "UNBEKANNT 12"),
        ("0000", "00001"),
    ],
)
def test_other_numbers_are_not_found(firm: Firm, asked: str, recorded: str) -> None:
    make_asset(firm, recorded)
    assert hits(asked) == []


@pytest.mark.django_db
def test_two_edits_of_a_short_number_need_the_make(firm: Firm) -> None:
    make_asset(firm, "4471085", make="Norvik GmbH")
    make_asset(firm, "4471085", make="Feldmark")
    assert hits("4491035") == []
    [hit] = hits("4491035", make="norvik")
    assert (hit.match, hit.mark.asset.make) == ("two_edits", "Norvik GmbH")


@pytest.mark.django_db
def test_bytes_may_come_in_reverse(firm: Firm) -> None:
    make_mark(make_asset(firm), "04:A2:1F:6B", kind=MarkKind.RFID)
    [hit] = hits("6B1FA204")
    assert (hit.match, "umgekehrter" in hit.why) == ("raw", True)


@pytest.mark.django_db
def test_stolen_things_come_first(firm: Firm) -> None:
    make_asset(firm, "4471-B08-5217")
    make_asset(firm, "4471-B08-5277", state=Asset.State.STOLEN)
    assert [hit.match for hit in hits("4471-B08-5217")] == ["one_edit", "raw"]


@pytest.mark.django_db
def test_many_texts_cost_as_many_statements_as_one(firm: Firm) -> None:
    make_asset(firm, "4471-B08-5217")
    with CaptureQueriesContext(connection) as one:
        find_marks(["4471-B08-5217"])
    with CaptureQueriesContext(connection) as many:
        find_marks([f"4471-B08-5{number}" for number in range(100, 300)])
    assert len(one) == len(many)
