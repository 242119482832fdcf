"""Until when a booking can be confirmed and changed."""

import datetime

import pytest

from consultations.deadlines import (
    HOLD,
    change_deadline,
    confirmation_deadline,
    link_end,
    may_still_change,
)
from consultations.models import Appointment, OfficeHours
from partnership.models import Partnership
from partnership.times import BERLIN

HOUR = datetime.timedelta(hours=1)


def at(text: str) -> datetime.datetime:
    """A wall-clock time in Berlin."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def deadline(booked: str, *, closes: str) -> datetime.datetime:
    return confirmation_deadline(OfficeHours(booking_closes_at=at(closes)), now=at(booked))


def appointment_at(start: str, *, hours_before: int = 24) -> Appointment:
    begin = at(start)
    return Appointment(
        period=_Period(begin, begin + HOUR), partnership=Partnership(change_deadline_hours=hours_before)
    )


class _Period:
    """An unsaved range, as the field gives it back."""

    def __init__(self, lower: datetime.datetime, upper: datetime.datetime) -> None:
        self.lower, self.upper = lower, upper


@pytest.mark.parametrize(
    ("booked", "until"),
    [
        ("2026-11-24 10:00", "2026-11-25 18:00"),  # Tuesday: Wednesday
        ("2026-11-24 23:59", "2026-11-25 18:00"),  # late on Tuesday: Wednesday
        ("2026-11-25 00:01", "2026-11-26 18:00"),  # just after midnight, when UTC still has Tuesday
        ("2026-11-27 10:00", "2026-11-30 18:00"),  # Friday: Monday
        ("2026-11-28 10:00", "2026-11-30 18:00"),  # Saturday: Monday
        ("2026-11-17 10:00", "2026-11-19 18:00"),  # before Buß- und Bettag: the day after it
        ("2026-11-18 10:00", "2026-11-19 18:00"),  # on it
        ("2026-12-23 10:00", "2026-12-24 18:00"),  # Christmas Eve is no public holiday
        ("2026-12-24 10:00", "2026-12-28 18:00"),  # Christmas and a weekend
        ("2027-03-25 10:00", "2027-03-30 18:00"),  # over Easter, when clocks change
        ("2027-10-29 10:00", "2027-11-01 18:00"),  # over the weekend when they change back
    ],
)
def test_eighteen_oclock_of_the_next_working_day(booked: str, until: str) -> None:
    assert deadline(booked, closes="2027-12-31 12:00") == at(until)


def test_at_latest_two_hours_before_booking_closes() -> None:
    assert deadline("2026-11-24 10:00", closes="2026-11-25 12:00") == at("2026-11-25 10:00")


def test_never_under_half_an_hour() -> None:
    assert deadline("2026-11-24 10:00", closes="2026-11-24 12:15") == at("2026-11-24 10:30")
    assert deadline("2026-11-24 10:00", closes="2026-11-24 10:01") == at("2026-11-24 10:30")


def test_a_hold_lasts_ten_minutes() -> None:
    assert datetime.timedelta(minutes=10) == HOLD


def test_the_firm_changes_until_a_day_before_to_the_minute() -> None:
    appointment = appointment_at("2026-11-24 10:00")
    assert change_deadline(appointment) == at("2026-11-23 10:00")
    assert may_still_change(appointment, now=at("2026-11-23 10:00"))
    assert not may_still_change(appointment, now=at("2026-11-23 10:01"))


def test_a_partnership_sets_its_own_deadline() -> None:
    appointment = appointment_at("2026-11-24 10:00", hours_before=48)
    assert not may_still_change(appointment, now=at("2026-11-22 10:01"))


def test_links_die_a_day_after_the_end() -> None:
    assert link_end(appointment_at("2026-11-24 10:00")) == at("2026-11-25 11:00")
