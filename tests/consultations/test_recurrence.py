"""Which days a rule names, and how it is said. Days are the calendar's: no clock change moves them."""

import datetime
from typing import Any

import pytest

from consultations.recurrence import Rule, bridge_of, last_of
from consultations.slots import cut_slots
from partnership.times import clock
from tests.consultations.test_series import make_series_plan
from tests.personas import World

TUESDAY = datetime.date(2026, 12, 1)


def rule(**changes: Any) -> Rule:
    given: dict[str, Any] = {
        "rhythm": "weekly",
        "weekdays": [1],
        "first_day": TUESDAY,
        "last_day": datetime.date(2027, 1, 31),
    }
    return Rule(**given | changes)


def short(days: list[datetime.date]) -> str:
    return " ".join(f"{day.day}.{day.month}." for day in days)


@pytest.mark.parametrize(
    ("changes", "days", "words"),
    [
        ({}, "1.12. 8.12. 15.12. 22.12. 29.12. 5.1. 12.1. 19.1. 26.1.", "jeden Dienstag"),
        ({"every_weeks": 2}, "1.12. 15.12. 29.12. 12.1. 26.1.", "jeden zweiten Dienstag"),
        ({"every_weeks": 3}, "1.12. 22.12. 12.1.", "alle 3 Wochen am Dienstag"),
        (
            {"every_weeks": 4, "weekdays": [1, 3]},
            "1.12. 3.12. 29.12. 31.12. 26.1. 28.1.",
            "alle 4 Wochen am Dienstag und Donnerstag",
        ),
        ({"rhythm": "monthly", "nth": 1}, "1.12. 5.1.", "jeden ersten Dienstag im Monat"),
        ({"rhythm": "monthly", "nth": 4}, "22.12. 26.1.", "jeden vierten Dienstag im Monat"),
        ({"rhythm": "monthly", "nth": -1}, "29.12. 26.1.", "jeden letzten Dienstag im Monat"),
    ],
)
def test_a_rule_names_its_days(changes: dict[str, Any], days: str, words: str) -> None:
    found = rule(**changes)
    assert short(found.days()) == days
    assert found.in_words() == words


def test_every_second_week_counts_weeks_not_days() -> None:
    """From a Thursday on, with Tuesdays, too: the next Tuesday is in the week after the next."""
    found = rule(first_day=datetime.date(2026, 12, 3), weekdays=[1, 3], every_weeks=2)
    assert short(found.days()).startswith("3.12. 15.12. 17.12.")


def test_a_number_of_days_gives_the_last_one() -> None:
    assert last_of(rule(), 3) == datetime.date(2026, 12, 15)
    assert last_of(rule(), 200) is None


@pytest.mark.parametrize("change_over", [datetime.date(2027, 3, 28), datetime.date(2026, 10, 25)])
def test_a_series_keeps_its_clock_when_clocks_change(world: World, change_over: datetime.date) -> None:
    """Sundays in spring and autumn themselves, and those before and after."""
    week = datetime.timedelta(days=7)
    plan = make_series_plan(world, weekdays=[6], first_day=change_over - week, last_day=change_over + week)
    slots = [cut_slots(day.as_hours()) for day in plan.plans()]
    assert [(len(s), clock(s[0][0]), clock(s[-1][1])) for s in slots] == [(4, "9:00", "12:00")] * 3
    windows = [clock(day.booking_closes_at) for day in plan.plans()]
    assert windows == ["9:00"] * 3


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        (datetime.date(2027, 5, 7), "Christi Himmelfahrt"),
        (datetime.date(2029, 10, 1), ""),
        (datetime.date(2029, 4, 30), "Erster Mai"),
        (datetime.date(2027, 5, 10), ""),
    ],
)
def test_bridge_days_lie_between_a_holiday_and_a_weekend(day: datetime.date, holiday: str) -> None:
    assert bridge_of(day) == holiday
