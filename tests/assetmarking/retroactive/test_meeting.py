"""Whoever searched before the theft was known is told when it is."""

import datetime
import random

import pytest
from django.utils import timezone

from assetmarking.matching.finding import find_marks
from assetmarking.models import Asset, KeptTerm, RetroactiveHit, Search, SearchCount
from assetmarking.retroactive import meeting
from assetmarking.retroactive.meeting import meet_all
from partnership.models import OutgoingMail
from tests import factories
from tests.asset_factories import make_asset, make_theft
from tests.assetmarking.matching.slips import numbers, slipped
from tests.assetmarking.retroactive.steps import NUMBER, TYPED, keep_searches, look_up
from tests.assetmarking.searching.steps import rows_of_log
from tests.assetmarking.thefts.steps import report
from tests.personas import NOT_IN_FORCE, World, redate_posts

pytestmark = pytest.mark.django_db


def record(world: World, number: str = NUMBER, *, state: str = Asset.State.IN_USE) -> Asset:
    return make_asset(factories.make_firm(world.alice), number, state=state)


def mails() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(kind="asset_search_hit").order_by("pk"))


def test_nothing_is_kept_until_the_lead_wants_it(world: World) -> None:
    search = look_up(world)
    record(world)
    assert (meet_all(), search.kept_until, KeptTerm.objects.count()) == (0, None, 0)


def test_the_theft_that_was_not_yet_known(world: World) -> None:
    """Found as in use at the check; stolen, as the firm sees in the morning."""
    keep_searches(world)
    asset = record(world)
    search = look_up(world)
    assert meet_all() == 0
    report(world, asset, actor=world.alice)
    assert meet_all() == 1
    hit = RetroactiveHit.objects.get()
    assert (hit.search, hit.mark.asset, hit.texts, hit.was_stolen) == (search, asset, [TYPED], True)
    [mail] = mails()
    assert (mail.to_email, mail.content["is_stolen"]) == (world.paula.email, True)


def test_what_was_shown_with_two_slips_is_met_when_it_is_stolen(world: World) -> None:
    keep_searches(world)
    asset = record(world, "WNXK44717-52196")
    search = look_up(world, "WNXK44A17-5B196")
    assert [shown["asset"] for shown in search.found[0]["hits"]] == [asset.pk]
    assert meet_all() == 0
    report(world, asset, actor=world.alice)
    assert meet_all() == 1
    assert [mail.content["is_stolen"] for mail in mails()] == [True]


@pytest.mark.parametrize(
    "typed",
    [
        "WNXK44A17-5B196",
        "WNK44717-5B196",
        "NWXK44717-5219G",
        "WNXK4471752961",
        "WNXK4417752194",
        "WNEK4417752196",
    ],
)
def test_two_slips_of_a_long_number_are_met_when_it_is_recorded(world: World, typed: str) -> None:
    keep_searches(world)
    look_up(world, typed)
    assert meet_all() == 0
    record(world, "WNXK44717-52196")
    assert meet_all() == 1


def test_two_readings_of_one_number_are_one_hit_that_names_both(world: World) -> None:
    keep_searches(world)
    search = look_up(world, TYPED, "4471-B08-52I1", "G-99-Z")
    asset = record(world)
    assert (meet_all(), len(mails())) == (1, 1)
    search.refresh_from_db()
    assert RetroactiveHit.objects.get().texts == [TYPED, "4471-B08-52I1"]
    assert [[hit["asset"] for hit in number["hits"]] for number in search.found] == [[asset.pk]] * 2 + [[]]
    assert rows_of_log()[-1]["found_things"] == f"{TYPED}, 4471-B08-52I1: {asset.reference} (in Gebrauch)"


def test_a_reading_that_is_looked_at_later_joins_the_hit_and_nobody_is_told_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More numbers than one go of the scan takes: both are met, each in a go of its own."""
    keep_searches(world)
    look_up(world, TYPED, "4471-B08-52I1")
    monkeypatch.setattr(meeting, "AT_ONCE", 1)
    monkeypatch.setattr(meeting, "_meet_new_marks", lambda: None)
    record(world)
    assert (meet_all(), len(mails())) == (1, 1)
    assert RetroactiveHit.objects.get().texts == [TYPED, "4471-B08-52I1"]
    assert len([row for row in rows_of_log() if row["act"] == "search.met_later"]) == 2


def test_two_slips_of_a_short_number_are_met_with_its_make(world: World) -> None:
    keep_searches(world)
    look_up(world, "4491035")
    search = look_up(world, "4491035", make="Norvik")
    record(world, "4471085")
    assert meet_all() == 1
    assert RetroactiveHit.objects.get().search == search


def test_a_mark_that_is_a_part_of_what_was_searched_is_met(world: World) -> None:
    keep_searches(world)
    look_up(world, f"HW {NUMBER} 2024")
    record(world)
    assert meet_all() == 1


@pytest.mark.parametrize(("make", "count"), [("", 40), ("Norvik", 10)])
def test_what_a_search_would_find_is_met(world: World, make: str, count: int) -> None:
    """Searched before it was recorded and after, misread in one place or two."""
    keep_searches(world)
    dice = random.Random(7)
    recorded = [text for _kind, text in numbers(dice, count)]
    typed = list(dict.fromkeys(slipped(dice, text, 1 + place % 2) for place, text in enumerate(recorded)))
    search = look_up(world, *typed, make=make)
    firm = factories.make_firm(world.alice)
    for text in recorded:
        make_asset(firm, text)
    meet_all()
    found = [find_marks([text], make=make).hits[text] for text in typed]
    marks = {hit.mark.pk for hits in found for hit in hits}
    assert len(marks) > count // 2
    assert set(RetroactiveHit.objects.filter(search=search).values_list("mark", flat=True)) == marks


def test_what_is_recorded_later_is_met(world: World) -> None:
    keep_searches(world)
    search = look_up(world)
    asset = record(world)
    assert meet_all() == 1
    search.refresh_from_db()
    [found] = search.found[0]["hits"]
    assert (found["asset"], found["state"]) == (asset.pk, Asset.State.IN_USE)
    assert found["why"]


def test_recorded_and_then_stolen_is_told_twice_and_no_more(world: World) -> None:
    keep_searches(world)
    look_up(world)
    asset = record(world)
    meet_all()
    report(world, asset, actor=world.alice)
    assert (meet_all(), meet_all()) == (1, 0)
    assert [mail.content["is_stolen"] for mail in mails()] == [False, True]


def test_stolen_when_it_was_searched_is_nothing_new(world: World) -> None:
    keep_searches(world)
    make_theft(record(world), partnership=world.partnership, police=world.police)
    look_up(world)
    assert (meet_all(), mails()) == (0, [])


def test_something_else_is_not_met(world: World) -> None:
    keep_searches(world)
    look_up(world)
    record(world, "NW-88120-443")
    assert (meet_all(), mails()) == (0, [])


@pytest.mark.parametrize("typed", ["B085217", "4471-B08-521", "44 71 808 52l7"])
def test_a_part_of_the_number_or_a_slip_is_met_too(world: World, typed: str) -> None:
    keep_searches(world)
    look_up(world, typed)
    record(world)
    assert meet_all() == 1


def test_the_log_has_it_without_an_actor(world: World) -> None:
    keep_searches(world)
    search = look_up(world)
    asset = record(world)
    meet_all()
    row = rows_of_log()[-1]
    assert (row["act"], row["actor"], row["search_of"], row["hits"]) == (
        "search.met_later",
        None,
        search.pk,
        1,
    )
    assert row["found_things"] == f"{TYPED}: {asset.reference} (in Gebrauch)"
    assert SearchCount.objects.get().retroactive == 1


def test_no_mail_has_a_number_or_a_thing(world: World) -> None:
    keep_searches(world)
    look_up(world)
    record(world)
    meet_all()
    words = str([mail.content for mail in mails()])
    assert "ST-123/26" in words
    for hidden in (TYPED, NUMBER, "Bohrhammer", "Norvik"):
        assert hidden not in words


def test_an_exercise_is_not_kept(world: World) -> None:
    keep_searches(world)
    assert look_up(world, purpose=Search.Purpose.TRAINING).kept_until is None
    record(world)
    assert meet_all() == 0


def test_after_its_time_nothing_is_met(world: World) -> None:
    keep_searches(world)
    look_up(world)
    Search.objects.update(kept_until=timezone.now() - datetime.timedelta(minutes=1))
    record(world)
    assert meet_all() == 0


def test_a_colleague_is_not_told(world: World) -> None:
    keep_searches(world)
    look_up(world, by=world.pia)
    record(world)
    meet_all()
    assert [mail.to_email for mail in mails()] == [world.pia.email]


@pytest.mark.parametrize("days", NOT_IN_FORCE)
def test_those_who_lead_are_told_for_who_has_left(world: World, days: dict[str, int]) -> None:
    keep_searches(world)
    look_up(world)
    redate_posts(world.paula, days)
    record(world)
    meet_all()
    assert [(mail.to_email, mail.content["is_own"]) for mail in mails()] == [(world.lea.email, False)]


def test_many_are_met_in_one_scan(world: World) -> None:
    keep_searches(world)
    look_up(world, *(f"AB-77{number}-C9" for number in range(100, 250)))
    firm = factories.make_firm(world.alice)
    for number in range(100, 250):
        make_asset(firm, f"AB-77{number}-C9", make="Feldmark")
    assert meet_all() >= 150
    assert len(mails()) == 2
