"""How long an offered place is kept."""

import datetime

import pytest

from forums.models import Event
from forums.waiting.terms import moves_up_by_itself, offer_end
from partnership.times import at_wall_time

TUESDAY = datetime.date(2026, 11, 24)


def at(day: datetime.date, hour: int, minute: int = 0) -> datetime.datetime:
    return at_wall_time(day, datetime.time(hour, minute)).astimezone(datetime.UTC)


def event_on(day: datetime.date, hour: int = 9) -> Event:
    return Event(starts_at=at(day, hour))


def days_before(count: int) -> datetime.date:
    return TUESDAY - datetime.timedelta(days=count)


@pytest.mark.parametrize(("days", "hour", "moves_up"), [(7, 8, True), (7, 9, False), (6, 9, False)])
def test_places_are_given_until_seven_days_before(days: int, hour: int, moves_up: bool) -> None:
    assert moves_up_by_itself(event_on(TUESDAY), now=at(days_before(days), hour)) == moves_up


def test_until_two_days_before_an_offer_stands_for_a_day() -> None:
    assert offer_end(event_on(TUESDAY), now=at(days_before(3), 23)) == at(days_before(2), 23)


@pytest.mark.parametrize(
    ("days", "hour", "ends"),
    [
        (2, 10, (2, 14)),
        (2, 19, (1, 11)),
        (1, 3, (1, 12)),
        (1, 16, (1, 20)),
        (1, 22, (0, 7)),
    ],
)
def test_then_for_four_hours_of_the_day(days: int, hour: int, ends: tuple[int, int]) -> None:
    """Never later than two hours before the beginning."""
    end_days, end_hour = ends
    assert offer_end(event_on(TUESDAY), now=at(days_before(days), hour)) == at(
        days_before(end_days), end_hour
    )


def test_in_the_last_six_hours_nobody_is_asked_any_more() -> None:
    event = event_on(TUESDAY, hour=14)
    assert offer_end(event, now=at(TUESDAY, 7, 59)) == at(TUESDAY, 12)
    assert offer_end(event, now=at(TUESDAY, 8)) is None


def test_a_day_over_the_change_to_winter_time_has_its_24_hours() -> None:
    sunday = datetime.date(2026, 10, 25)
    event = event_on(sunday + datetime.timedelta(days=4))
    now = at(sunday - datetime.timedelta(days=1), 20)
    end = offer_end(event, now=now)
    assert end == at(sunday, 19)


def test_four_hours_on_the_day_of_the_change_are_four_hours() -> None:
    sunday = datetime.date(2026, 3, 29)
    assert offer_end(event_on(sunday + datetime.timedelta(days=1)), now=at(sunday, 1)) == at(sunday, 12)
