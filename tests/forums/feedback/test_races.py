"""Two scans and two answers at the same moment: each thing happens once. The controls go without the lock."""

import datetime

import pytest
from django.db.models import QuerySet

from forums.feedback.asking import ask_due
from forums.feedback.questions import write_down
from forums.models import Event, Feedback, Registration
from partnership.models import OutgoingMail
from partnership.refusals import Refusal
from partnership.times import at_wall_time, berlin_day
from tests.event_factories import make_registration
from tests.forums.feedback.steps import A_DAY, answer, invite, make_past_event
from tests.personas import build_world
from tests.races.locks import holding, wait_until_waiting
from tests.threads import in_background

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def event() -> Event:
    return make_past_event(build_world().ihk)


@pytest.fixture
def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows.all())


def one_who_was_there(event: Event) -> Registration:
    return make_registration(event, event.parts.get())


def scan(event: Event) -> int:
    return ask_due(now=at_wall_time(berlin_day(event.ends_at) + A_DAY, datetime.time(10)))


def test_a_second_scan_leaves_what_the_first_is_at(event: Event) -> None:
    with holding(one_who_was_there(event)):
        assert in_background(lambda: scan(event)).result(timeout=30) == 0
    assert (scan(event), scan(event)) == (1, 0)


def test_control_without_the_lock_two_scans_ask_twice(event: Event, no_locks: None) -> None:
    with holding(one_who_was_there(event)):
        scans = [in_background(lambda: scan(event)) for _number in range(2)]
        wait_until_waiting(2)
    assert [one.result(timeout=30) for one in scans] == [1, 1]
    assert OutgoingMail.objects.count() == 2


def answers_at_once(event: Event) -> list[object]:
    """Both have looked for the link before either writes: what they write points at the row held here."""
    write_down(event)
    invite(event)
    with holding(event):
        both = [in_background(lambda: answer(event, _1=1)) for _number in range(2)]
        wait_until_waiting(2)
    return [one.result(timeout=30) for one in both]


def test_of_two_answers_by_one_link_one_counts(event: Event) -> None:
    found = answers_at_once(event)
    assert [type(one) for one in found if one is not None] == [Refusal]
    assert Feedback.objects.count() == 1


def test_control_without_the_lock_both_count(event: Event, no_locks: None) -> None:
    assert answers_at_once(event) == [None, None]
    assert Feedback.objects.count() == 2
