"""200 clients at once for the last four places of an event, over HTTP, with and without the guards.

Two workshops, on site and online: of each there is one place left, and fifty people press their button.
"""

import datetime
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from django.utils import timezone

from forums.models import Mode, PartBooking, Registration
from partnership.demo.processes import Family
from partnership.links import issue_link
from partnership.models import SecretLink
from tests.bench.client import Answer, Browser
from tests.bench.measure import in_threads
from tests.event_factories import make_event, make_part, make_registration
from tests.personas import build_world
from tests.races.processes import ask, copy_database, start_web

pytestmark = pytest.mark.django_db(transaction=True)

CLIENTS, PLACES, LEFT = 200, 4, 1
FEWER = 2
"""Every other client: without a guard they are enough to tell."""
WITHOUT_LOCK = "tests.races.without_part_lock:application"
OF_EACH = "SELECT count(*) FROM forums_partbooking WHERE state = %s GROUP BY part_id, mode ORDER BY 1"
OVERBOOKED = "SELECT count(*) FROM forums_partplaces WHERE taken > capacity"


@pytest.fixture
def tokens() -> list[str]:
    """Of the links with which each says yes. A place of two is taken in each workshop and way."""
    world = build_world()
    event = make_event(organiser=world.ihk)
    shops = [make_part(event, site=LEFT + 1, online=LEFT + 1, choice="Workshop") for _number in range(2)]
    wishes = [(shop, mode) for shop in shops for mode in (Mode.SITE, Mode.ONLINE)]
    for shop, mode in wishes:
        make_registration(event, shop, mode=mode)
    until = timezone.now() + datetime.timedelta(hours=1)
    asked = [
        make_registration(event, shop, mode=mode, state=Registration.State.UNCONFIRMED)
        for shop, mode in wishes
        for _client in range(CLIENTS // PLACES)
    ]
    purpose = SecretLink.Purpose.EVENT_CONFIRM
    return [issue_link(thing=one, purpose=purpose, expires_at=until) for one in asked]


def storm(port: int, tokens: list[str]) -> list[Answer]:
    answers: list[Answer] = []

    def press(token: str) -> None:
        answers.append(Browser(port).post(f"/foren/bestaetigen/{token}/", {}))

    in_threads([partial(press, token) for token in tokens], CLIENTS)
    return answers


def test_each_last_place_goes_to_one_and_all_others_wait(
    tokens: list[str], family: Family, tmp_path: Path
) -> None:
    database = copy_database()
    answers = storm(start_web(family, tmp_path, database=database).port, tokens)
    assert Counter(answer.status for answer in answers) == {302: CLIENTS}
    assert ask(database, OF_EACH, PartBooking.State.CONFIRMED) == [(LEFT + 1,)] * PLACES
    assert ask(database, OF_EACH, PartBooking.State.WAITLISTED) == [(CLIENTS // PLACES - LEFT,)] * PLACES
    assert ask(database, OVERBOOKED) == [(0,)]


def test_without_the_lock_the_trigger_is_the_last_word(
    tokens: list[str], family: Family, tmp_path: Path
) -> None:
    database = copy_database()
    storm(start_web(family, tmp_path, database=database, wsgi=WITHOUT_LOCK).port, tokens[::FEWER])
    assert ask(database, OF_EACH, PartBooking.State.CONFIRMED) == [(LEFT + 1,)] * PLACES
    assert ask(database, OVERBOOKED) == [(0,)]


def test_without_lock_and_trigger_a_place_is_given_twice(
    tokens: list[str], family: Family, tmp_path: Path
) -> None:
    """The control: the storm can tell. Were it blind, the tests above would prove nothing."""
    database = copy_database()
    ask(database, "ALTER TABLE forums_partplaces DROP CONSTRAINT part_places_within_capacity")
    port = start_web(family, tmp_path, database=database, wsgi=WITHOUT_LOCK).port
    storm(port, tokens[::FEWER])
    assert ask(database, OVERBOOKED) != [(0,)]
