"""Officers' and rooms' time outside office hours."""

import datetime

import pytest

from consultations.claims import claim_time
from consultations.models import Claim
from consultations.taking_time import TimeClash
from tests.personas import World

HOUR = datetime.timedelta(hours=1)


def test_a_visit_before_office_hours_leaves_time_to_arrive(world: World) -> None:
    start = world.hours.starts_at
    visit = claim_time(
        kind=Claim.Kind.VISIT, officer=world.paula, starts_at=start - 2 * HOUR, ends_at=start - HOUR / 4
    )
    assert visit.hours is None
    with pytest.raises(TimeClash):
        claim_time(kind=Claim.Kind.VISIT, officer=world.paula, starts_at=start - HOUR / 4, ends_at=start)


def test_a_room_in_use_is_not_given_twice(world: World) -> None:
    with pytest.raises(TimeClash, match="Raum"):
        claim_time(
            kind=Claim.Kind.VISIT,
            room=world.room,
            starts_at=world.hours.starts_at,
            ends_at=world.hours.ends_at,
        )


def test_another_officer_is_free_at_the_same_time(world: World) -> None:
    claim = claim_time(
        kind=Claim.Kind.VISIT,
        officer=world.pia,
        starts_at=world.hours.starts_at,
        ends_at=world.hours.ends_at,
    )
    assert claim.pk
