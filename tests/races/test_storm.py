"""200 clients at once for 20 times, over HTTP on running web processes, with and without the guards."""

import datetime
from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from consultations.models import OfficeHours
from consultations.offers import choice_value
from consultations.queries import free_times
from partnership.demo.processes import Family
from tests import factories
from tests.bench.client import Answer, Browser
from tests.bench.measure import in_threads
from tests.personas import build_world
from tests.races.processes import ask, copy_database, start_web

pytestmark = pytest.mark.django_db(transaction=True)

CLIENTS, TIMES = 200, 20
FEWER = 100
"""Without a guard five after one time are enough to tell."""
WITHOUT_LOCK = "tests.races.without_lock:application"
MOST_ROUNDS = 5
HELD = "SELECT count(*) FROM consultations_appointment WHERE state = 'held'"
SOLD_TWICE = (
    "SELECT count(*) FROM consultations_appointment a JOIN consultations_appointment b "
    "ON a.lane_id = b.lane_id AND a.period && b.period AND a.id < b.id "
    "WHERE a.state = 'held' AND b.state = 'held'"
)


@pytest.fixture
def values() -> list[str]:
    """What the buttons of twenty free times post; two more times stay free, as alternatives."""
    world = build_world()
    OfficeHours.objects.filter(pk=world.hours.pk).update(state=OfficeHours.State.DRAFT)
    factories.make_hours(
        office=world.office,
        police=world.police,
        officers=[world.pia],
        starts=datetime.time(8),
        ends=datetime.time(19, 0),
        slot_minutes=30,
    )
    return [choice_value(time) for time in free_times(partnership=world.partnership)][:TIMES]


def storm(port: int, values: list[str], *, clients: int = CLIENTS) -> list[Answer]:
    """Every client has opened the page; then all press their button, as many after each time."""
    answers: list[Answer] = []
    browsers = [Browser(port) for _client in range(clients)]
    in_threads([partial(browser.get, "/beratung/") for browser in browsers], 8)  # type: ignore[misc]

    def press(browser: Browser, value: str) -> None:
        answers.append(browser.post("/beratung/waehlen/", {"zeit": value}))

    wanted = [value for value in values for _client in range(clients // TIMES)]
    in_threads([partial(press, *pair) for pair in zip(browsers, wanted, strict=True)], clients)
    return answers


def test_twenty_winners_and_a_polite_answer_with_other_times_for_everybody_else(
    values: list[str], family: Family, tmp_path: Path
) -> None:
    database = copy_database()
    answers = storm(start_web(family, tmp_path, database=database).port, values)
    assert Counter(answer.status for answer in answers) == {302: TIMES, 409: CLIENTS - TIMES}
    polite = [answer.text for answer in answers if answer.status == 409]
    assert all("gerade vergeben" in text and 'name="zeit"' in text for text in polite)
    assert ask(database, HELD) == [(TIMES,)]
    assert ask(database, SOLD_TWICE) == [(0,)]


def test_without_the_lock_the_constraint_is_the_last_word(
    values: list[str], family: Family, tmp_path: Path
) -> None:
    database = copy_database()
    port = start_web(family, tmp_path, database=database, wsgi=WITHOUT_LOCK).port
    answers = storm(port, values, clients=FEWER)
    assert sum(answer.status == 302 for answer in answers) == TIMES
    assert ask(database, HELD) == [(TIMES,)]
    assert ask(database, SOLD_TWICE) == [(0,)]


def test_without_lock_and_constraint_a_time_is_sold_twice(
    values: list[str], family: Family, tmp_path: Path
) -> None:
    """The control: the storm can tell. Were it blind, the tests above would prove nothing."""
    database = copy_database()
    ask(database, "ALTER TABLE consultations_appointment DROP CONSTRAINT appointment_lane_overlap")
    port = start_web(family, tmp_path, database=database, wsgi=WITHOUT_LOCK).port
    for _round in range(MOST_ROUNDS):
        ask(database, "DELETE FROM consultations_appointment")
        storm(port, values, clients=FEWER)
        if ask(database, SOLD_TWICE) != [(0,)]:
            break
    assert ask(database, SOLD_TWICE) != [(0,)]
    assert ask(database, HELD)[0][0] > TIMES
