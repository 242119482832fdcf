"""Working days and holidays in Saxony."""

import csv
import datetime
from pathlib import Path

import pytest

from partnership.working_days import holiday_name, is_working_day, next_working_day

LIST = (
    Path(__file__).resolve().parents[3] / "shared" / "data" / "feiertage" / "feiertage_sachsen_2023-2030.csv"
)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("date", "name"),
    [
        ("2026-10-31", "Reformationstag"),
        ("2026-11-18", "Buß- und Bettag"),
        ("2027-03-26", "Karfreitag"),
        ("2027-03-29", "Ostermontag"),
        ("2026-12-26", "Zweiter Weihnachtstag"),
    ],
)
def test_holidays_have_names(date: str, name: str) -> None:
    assert holiday_name(day(date)) == name


@pytest.mark.parametrize("date", ["2026-11-01", "2027-05-27", "2027-01-06", "2026-11-24"])
def test_what_is_a_holiday_elsewhere_or_nowhere_is_none_in_saxony(date: str) -> None:
    """All Saints, Corpus Christi (in a few Sorbian parishes only), Epiphany, an ordinary Tuesday."""
    assert holiday_name(day(date)) == ""


@pytest.mark.parametrize(
    ("date", "following"),
    [
        ("2026-11-24", "2026-11-25"),
        ("2026-11-27", "2026-11-30"),
        ("2026-11-28", "2026-11-30"),
        ("2026-11-17", "2026-11-19"),
        ("2026-12-23", "2026-12-24"),
        ("2026-12-24", "2026-12-28"),
        ("2026-12-31", "2027-01-04"),
        ("2027-03-25", "2027-03-30"),
    ],
)
def test_the_next_working_day_skips_weekends_and_holidays(date: str, following: str) -> None:
    assert next_working_day(day(date)) == day(following)


@pytest.mark.parametrize("date", ["2026-11-28", "2026-11-29", "2026-11-18"])
def test_saturdays_sundays_and_holidays_are_no_working_days(date: str) -> None:
    assert not is_working_day(day(date))


@pytest.mark.skipif(not LIST.exists(), reason="the list of holidays lies beside the repository, not in it")
def test_the_computed_holidays_are_those_of_the_list() -> None:
    with LIST.open(encoding="utf-8") as file:
        listed = {day(row["datum"]): row["name"] for row in csv.DictReader(file, delimiter=";")}
    years = range(min(listed).year, max(listed).year + 1)
    days = [datetime.date(year, 1, 1) + datetime.timedelta(n) for year in years for n in range(366)]
    assert {d: holiday_name(d) for d in days if holiday_name(d) and d.year in years} == listed
