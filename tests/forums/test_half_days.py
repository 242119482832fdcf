"""Which halves of which days a part covers."""

import datetime

import pytest

from forums.door.half_days import HalfDay, half_day_at, half_days_of, half_days_of_all, read_half_day
from forums.models import EventPart
from partnership.times import at_wall_time

A_DAY = datetime.date(2026, 11, 24)
SPRING, AUTUMN = datetime.date(2026, 3, 29), datetime.date(2026, 10, 25)


def part(day: datetime.date, begins: str, ends: str, *, last: datetime.date | None = None) -> EventPart:
    return EventPart(
        starts_at=at_wall_time(day, datetime.time.fromisoformat(begins)),
        ends_at=at_wall_time(last or day, datetime.time.fromisoformat(ends)),
    )


@pytest.mark.parametrize(
    ("begins", "ends", "halves"),
    [
        ("09:00", "12:00", ["am"]),
        ("09:00", "12:30", ["am"]),
        ("11:30", "13:00", ["pm"]),
        ("12:00", "13:00", ["pm"]),
        ("09:00", "16:00", ["am", "pm"]),
        ("11:40", "12:20", ["am", "pm"]),
        ("10:00", "10:20", ["am"]),
    ],
)
def test_a_half_counts_from_an_hour_on(begins: str, ends: str, halves: list[str]) -> None:
    assert [half.half for half in half_days_of(part(A_DAY, begins, ends))] == halves


def test_several_days() -> None:
    two_days = part(A_DAY, "13:00", "12:00", last=A_DAY + datetime.timedelta(days=1))
    assert [half.key for half in half_days_of_all([two_days, part(A_DAY, "14:00", "15:00")])] == [
        "2026-11-24-pm",
        "2026-11-25-am",
    ]


def test_what_ends_at_midnight_does_not_reach_into_the_next_day() -> None:
    evening = part(A_DAY, "20:00", "00:00", last=A_DAY + datetime.timedelta(days=1))
    assert half_days_of(evening) == [HalfDay(A_DAY, "pm")]


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 11), (AUTUMN, 13), (A_DAY, 12)])
def test_mornings_are_as_long_as_they_are(day: datetime.date, hours: int) -> None:
    morning = HalfDay(day, "am")
    assert morning.ends_at - morning.starts_at == datetime.timedelta(hours=hours)


def test_the_hour_that_is_left_out_in_spring_does_not_count() -> None:
    """From half past one to half past three by the clock is one hour."""
    night = part(SPRING, "01:30", "03:30")
    assert half_days_of(night) == [HalfDay(SPRING, "am")]
    from_the_evening = part(SPRING - datetime.timedelta(days=1), "22:00", "03:00", last=SPRING)
    assert half_days_of(from_the_evening) == [
        HalfDay(SPRING - datetime.timedelta(days=1), "pm"),
        HalfDay(SPRING, "am"),
    ]


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_noon_is_by_the_clock_on_change_over_days(day: datetime.date) -> None:
    noon = at_wall_time(day, datetime.time(12))
    assert half_day_at(noon) == HalfDay(day, "pm")
    assert half_day_at(noon.astimezone(datetime.UTC) - datetime.timedelta(minutes=1)) == HalfDay(day, "am")


def test_a_key_leads_back_and_nothing_else_does() -> None:
    assert read_half_day(HalfDay(A_DAY, "pm").key) == HalfDay(A_DAY, "pm")
    assert [read_half_day(key) for key in ("", "2026-11-24", "2026-11-24-xx", "x-am")] == [None] * 4
