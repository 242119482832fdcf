"""Dates and times as people read them."""

import datetime

import pytest
from django.utils import timezone, translation

from partnership import times
from partnership.times import at_wall_time

SUMMER_BEGINS, SUMMER_ENDS = datetime.date(2027, 3, 28), datetime.date(2027, 10, 31)
TUESDAY = datetime.date(2026, 11, 24)


def utc(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=datetime.UTC)  # type: ignore[arg-type,misc]


START, END = utc(2026, 11, 24, 9, 0), utc(2026, 11, 24, 9, 45)


def test_times_in_german() -> None:
    assert times.clock(START) == "10:00"
    assert times.clock_text(START) == "10:00 Uhr"
    assert times.clock_span(START, END) == "10:00 bis 10:45 Uhr"
    assert times.long_date(TUESDAY) == "Dienstag, 24. November 2026"
    assert times.long_moment(START) == "Dienstag, 24. November 2026, 10:00 Uhr"
    assert times.long_period(START, END) == "Dienstag, 24. November 2026, 10:00 bis 10:45 Uhr"


def test_times_in_english() -> None:
    with translation.override("en"):
        assert times.clock_text(START) == "10:00"
        assert times.long_date(TUESDAY) == "Tuesday, 24 November 2026"
        assert times.long_period(START, END) == "Tuesday, 24 November 2026, 10:00 to 10:45"


def test_a_workplace_reads_short_german_whatever_its_language() -> None:
    with translation.override("en"):
        assert times.short_date(TUESDAY) == "Di 24.11."
        assert times.short_moment(START) == "Di 24.11.2026, 10:00 Uhr"


@pytest.mark.parametrize(
    ("first", "last", "german", "english"),
    [
        ((2026, 11, 24), (2026, 11, 24), "am 24. November", "on 24 November"),
        ((2026, 11, 24), (2026, 11, 27), "vom 24. bis 27. November", "from 24 to 27 November"),
        ((2026, 11, 24), (2026, 12, 1), "vom 24. November bis 1. Dezember", "from 24 November to 1 December"),
        (
            (2026, 12, 30),
            (2027, 1, 5),
            "vom 30. Dezember 2026 bis 5. Januar 2027",
            "from 30 December 2026 to 5 January 2027",
        ),
    ],
)
def test_a_span_of_days_says_months_and_years_only_where_they_differ(
    first: tuple[int, int, int], last: tuple[int, int, int], german: str, english: str
) -> None:
    days = datetime.date(*first), datetime.date(*last)
    assert times.date_span(*days) == german
    with translation.override("en"):
        assert times.date_span(*days) == english


@pytest.mark.parametrize(
    ("day", "hour", "moment"),
    [
        (SUMMER_BEGINS, 1, utc(2027, 3, 28, 0)),
        (SUMMER_BEGINS, 9, utc(2027, 3, 28, 7)),
        (SUMMER_ENDS, 1, utc(2027, 10, 30, 23)),
        (SUMMER_ENDS, 9, utc(2027, 10, 31, 8)),
        (SUMMER_ENDS, 2, utc(2027, 10, 31, 0)),
    ],
)
def test_wall_time_on_the_days_when_clocks_change(
    day: datetime.date, hour: int, moment: datetime.datetime
) -> None:
    assert at_wall_time(day, datetime.time(hour)).astimezone(datetime.UTC) == moment
    assert times.clock(moment) == f"{hour}:00"


def test_the_day_belongs_to_berlin() -> None:
    assert times.berlin_day(utc(2026, 11, 24, 23, 30)) == datetime.date(2026, 11, 25)
    assert times.berlin_day(utc(2026, 7, 24, 22, 30)) == datetime.date(2026, 7, 25)
    assert times.today() == timezone.localdate()
