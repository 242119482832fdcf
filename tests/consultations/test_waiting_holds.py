"""How long a time is kept for one who waits."""

import datetime

import pytest

from consultations.deadlines import offer_deadline
from consultations.models import OfficeHours
from partnership.times import BERLIN
from partnership.working_days import add_working_time

FOUR_HOURS = datetime.timedelta(hours=4)


def at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("begun", "ends"),
    [
        ("2026-11-24T09:30", "2026-11-24T13:30"),  # a Tuesday
        ("2026-11-24T06:00", "2026-11-24T12:00"),
        ("2026-11-24T14:00", "2026-11-24T18:00"),
        ("2026-11-24T16:00", "2026-11-25T10:00"),
        ("2026-11-24T22:15", "2026-11-25T12:00"),
        ("2026-11-27T17:00", "2026-11-30T11:00"),  # over a weekend
        ("2026-11-17T17:00", "2026-11-19T11:00"),  # over Buss- und Bettag, which only Saxony keeps
        ("2026-12-23T17:30", "2026-12-24T11:30"),
        ("2026-12-24T15:00", "2026-12-28T09:00"),  # over Christmas and a weekend
        ("2027-03-27T12:00", "2027-03-30T12:00"),  # over Easter and the change to summer time
        ("2026-10-23T17:00", "2026-10-26T11:00"),  # over the change to winter time
    ],
)
def test_four_hours_are_counted_from_8_to_18_on_working_days(begun: str, ends: str) -> None:
    found = add_working_time(at(begun), FOUR_HOURS, opens=datetime.time(8), closes=datetime.time(18))
    assert found == at(ends)


@pytest.mark.parametrize(
    ("begun", "talk", "ends"),
    [
        ("2026-11-24T09:00", "2026-12-15T09:00", "2026-11-24T13:00"),
        ("2026-11-24T09:00", "2026-11-24T17:00", "2026-11-24T11:00"),
        ("2026-11-27T17:00", "2026-11-30T09:00", "2026-11-28T09:00"),  # 64 hours left, nights counted
    ],
)
def test_at_most_a_quarter_of_the_time_left(begun: str, talk: str, ends: str) -> None:
    hours = OfficeHours(booking_closes_at=at(talk))
    assert offer_deadline(hours, at(talk), now=at(begun)) == at(ends)


def test_not_after_booking_has_closed() -> None:
    hours = OfficeHours(booking_closes_at=at("2026-11-24T10:00"))
    assert offer_deadline(hours, at("2026-12-15T09:00"), now=at("2026-11-24T09:00")) == at("2026-11-24T10:00")
