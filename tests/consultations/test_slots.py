"""The times that office hours are cut into."""

import datetime
from itertools import pairwise
from typing import Any

import pytest

from consultations.models import OfficeHours
from consultations.slots import cut_slots
from partnership.times import BERLIN, clock

SUMMER_BEGINS, SUMMER_ENDS = datetime.date(2027, 3, 28), datetime.date(2027, 10, 31)


def hours(day: datetime.date = datetime.date(2027, 3, 2), **fields: Any) -> OfficeHours:
    given: dict[str, Any] = {
        "day": day,
        "starts": datetime.time(9),
        "ends": datetime.time(12),
        "slot_minutes": 45,
    }
    return OfficeHours(**given | fields)


def clocks(found: OfficeHours) -> list[str]:
    return [clock(start) for start, _end in cut_slots(found)]


def test_talks_follow_one_another_until_the_end() -> None:
    assert clocks(hours()) == ["9:00", "9:45", "10:30", "11:15"]


def test_a_talk_that_does_not_fit_any_more_is_left_out() -> None:
    assert clocks(hours(ends=datetime.time(11, 59))) == ["9:00", "9:45", "10:30"]
    assert clocks(hours(ends=datetime.time(9, 44))) == []


def test_a_gap_lies_between_talks_and_not_after_the_last() -> None:
    assert clocks(hours(gap_minutes=15)) == ["9:00", "10:00", "11:00"]
    assert clocks(hours(gap_minutes=15, ends=datetime.time(11, 45))) == ["9:00", "10:00", "11:00"]


def test_the_pause_holds_no_talk_nor_part_of_one() -> None:
    pause: dict[str, Any] = {"pause_starts": datetime.time(10), "pause_ends": datetime.time(10, 15)}
    assert clocks(hours(**pause)) == ["9:00", "10:15", "11:00"]


def test_a_talk_may_end_when_the_pause_begins() -> None:
    pause: dict[str, Any] = {"pause_starts": datetime.time(9, 45), "pause_ends": datetime.time(10, 30)}
    assert clocks(hours(**pause)) == ["9:00", "10:30", "11:15"]


@pytest.mark.parametrize("day", [SUMMER_BEGINS, SUMMER_ENDS])
def test_by_day_the_wall_clock_counts_when_clocks_change(day: datetime.date) -> None:
    slots = cut_slots(hours(day))
    assert clocks(hours(day)) == ["9:00", "9:45", "10:30", "11:15"]
    assert {end - start for start, end in slots} == {datetime.timedelta(minutes=45)}
    assert slots[0][0].utcoffset() == datetime.timedelta(0)
    assert slots[0][0].astimezone(BERLIN).date() == day


@pytest.mark.parametrize(("day", "count"), [(SUMMER_BEGINS, 4), (SUMMER_ENDS, 6)])
def test_a_night_has_an_hour_less_or_more_when_clocks_change(day: datetime.date, count: int) -> None:
    slots = cut_slots(hours(day, starts=datetime.time(0), ends=datetime.time(5), slot_minutes=60))
    assert len(slots) == count
    assert all(first[1] == second[0] for first, second in pairwise(slots))
