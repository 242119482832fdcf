"""What a feasibility study counts, and what of it is shown."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from assetmarking.models import Campaign, MarkKind, Pilot, SearchCount, StolenThing
from assetmarking.pilots.figures import count_pilot, figures_of, restored, stored
from assetmarking.pilots.shown import REST, Tally, publish_tallies
from assetmarking.pilots.targets import targets_of
from partnership.models import Firm
from partnership.small_numbers import Count
from partnership.times import at_wall_time, today
from tests.asset_factories import make_mark, make_theft
from tests.assetmarking.pilots.steps import A_DAY, NOON, make_campaign, make_firms, make_pilot, tie
from tests.personas import World


@pytest.fixture
def pilot(world: World) -> Pilot:
    return make_pilot(world)


@pytest.fixture
def campaign(world: World, pilot: Pilot) -> Campaign:
    return make_campaign(world, pilot)


@pytest.fixture
def firms(world: World) -> list[Firm]:
    return make_firms(world, 6)


def counts(pilot: Pilot) -> dict[str, str]:
    return {key: str(count) for key, count in figures_of(pilot, today=today()).counts.items()}


def steal(world: World, things: list, day: datetime.date, **ends: object) -> None:  # type: ignore[type-arg]
    at = at_wall_time(day, NOON)
    report = make_theft(*things, partnership=world.partnership, police=world.police, reported_at=at)
    if ends:
        StolenThing.objects.filter(report=report).update(ended_at=timezone.now(), **ends)


def test_recorded_and_marked_are_what_was_typed(world: World, pilot: Pilot, campaign: Campaign) -> None:
    make_campaign(world, pilot, recorded=10, marked=8, hours=Decimal("2"))
    figures = figures_of(pilot, today=today())
    assert (figures.counts["recorded"], figures.counts["marked"]) == (Count(50, 50), Count(40, 40))
    assert figures.hours_per_mark == Decimal("0.25")
    assert figures.percent_marked == 80


def test_marked_later_is_a_first_own_mark_after_the_day(
    campaign: Campaign, pilot: Pilot, firms: list[Firm]
) -> None:
    day = at_wall_time(campaign.day, NOON)
    things = tie(campaign, firms, each=3)
    for number, thing in enumerate(things):
        make_mark(thing, f"S-{number}", added_at=day + 3 * A_DAY)
    for thing in things[:9]:
        make_mark(thing, f"G-{thing.pk}", kind=MarkKind.ENGRAVED, added_at=day + 3 * A_DAY)
    for thing in things[:2]:
        make_mark(thing, f"E-{thing.pk}", kind=MarkKind.EIN, added_at=day)
    assert counts(pilot)["marked_later"] == "7"


def test_stolen_is_reported_since_the_day_and_not_withdrawn(
    world: World, campaign: Campaign, pilot: Pilot, firms: list[Firm]
) -> None:
    things = tie(campaign, firms, each=4)
    steal(world, things[:7], campaign.day + 5 * A_DAY)
    steal(world, things[7:9], campaign.day - 5 * A_DAY)
    at = at_wall_time(campaign.day + 5 * A_DAY, NOON)
    make_theft(
        things[9], partnership=world.partnership, police=world.police, state="withdrawn", reported_at=at
    )
    assert counts(pilot)["stolen"] == "7"


def test_what_this_month_brings_is_not_counted_yet(
    world: World, campaign: Campaign, pilot: Pilot, firms: list[Firm]
) -> None:
    things = tie(campaign, firms, each=4)
    steal(world, things[:7], today())
    assert counts(pilot)["stolen"] == "0"


def test_traced_is_by_police_and_returned_by_anybody(
    world: World, campaign: Campaign, pilot: Pilot, firms: list[Firm]
) -> None:
    things, day = tie(campaign, firms, each=6), campaign.day + 9 * A_DAY
    steal(world, things[:9], campaign.day, found_by="police_search", found_on=day, returned_on=day)
    steal(world, things[9:18], campaign.day, found_by="finder", found_on=day, returned_on=day)
    steal(world, things[18:26], campaign.day)
    found = counts(pilot)
    assert (found["stolen"], found["traced"], found["returned"]) == ("26", "9", "18")


def test_searched_are_the_directorates_numbers_in_that_time(
    world: World, pilot: Pilot, campaign: Campaign
) -> None:
    for day, number in ((pilot.starts, 30), (pilot.ends, 12), (pilot.ends + A_DAY, 50)):
        SearchCount.objects.create(organisation=world.police, day=day, numbers=number, with_hits=1)
    found = counts(pilot)
    assert (found["searched"], found["hits"]) == ("42", "< 5")


def test_of_fewer_than_five_firms_nothing_is_told(
    campaign: Campaign, pilot: Pilot, firms: list[Firm]
) -> None:
    tie(campaign, firms[:4], each=10)
    assert "stolen" not in counts(pilot)


def test_small_campaigns_are_taken_together(world: World, pilot: Pilot, firms: list[Firm]) -> None:
    campaigns = [make_campaign(world, pilot) for _one in range(3)]
    for campaign, some in zip(campaigns, (firms, firms[:3], firms[3:]), strict=True):
        tie(campaign, some, each=2)
    lines = count_pilot(pilot, campaigns, today=today()).lines
    assert set(lines) == {campaigns[0].pk, REST}
    assert lines[REST].things == Count(12, 12)


def test_a_rest_of_few_is_hidden_as_well() -> None:
    shown = publish_tallies({1: Tally(frozenset(range(6)), things=60, stolen=10, traced=8, returned=0)})
    assert shown is not None
    assert shown.whole.stolen == Count(10, 10)
    assert shown.whole.traced == Count(5, 9)
    assert shown.whole.returned == Count(0, 0)


def test_lines_do_not_add_up_to_a_hidden_whole() -> None:
    """Eight stolen, four of them traced: with the eight, the four would follow."""
    firms = frozenset(range(6))
    shown = publish_tallies({1: Tally(firms, 60, 0, 8, 4, 0), 2: Tally(firms, 60)})
    assert shown is not None
    assert not shown.whole.stolen.is_exact
    assert shown.lines[1].stolen is None


def test_what_is_kept_comes_back_the_same(pilot: Pilot, campaign: Campaign, firms: list[Firm]) -> None:
    tie(campaign, firms, each=3)
    figures = figures_of(pilot, today=today())
    assert restored(stored(figures)) == figures


def test_targets_are_met_missed_or_left_open(pilot: Pilot, campaign: Campaign) -> None:
    pilot.target_recorded, pilot.target_marked = 40, 90
    pilot.target_hours, pilot.target_returned = Decimal("0.25"), 3
    verdicts = [t.reached[0].is_met for t in targets_of(pilot, figures_of(pilot, today=today()))]
    assert verdicts == [True, False, True, None]
