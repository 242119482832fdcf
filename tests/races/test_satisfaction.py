"""Two scans, two answers, two renewals at the same moment: each thing happens once."""

import datetime

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from consultations.models import (
    Appointment,
    Ease,
    Helped,
    SatisfactionAnswer,
    SatisfactionInvitation,
)
from consultations.satisfaction import ask_due, take_answer
from partnership.feeds import make_feed, open_feed, renew_feed
from partnership.links import hash_of
from partnership.models import CalendarFeed, OutgoingMail
from partnership.refusals import Refusal
from partnership.times import at_wall_time
from tests import factories
from tests.personas import World, build_world
from tests.races.locks import holding, wait_until_waiting
from tests.threads import in_background

pytestmark = pytest.mark.django_db(transaction=True)
TOKEN = "t" * 43


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows.all())


def talk_of(world: World) -> Appointment:
    return factories.make_appointment(hours=world.hours, state=Appointment.State.ATTENDED)


def scan(world: World) -> int:
    day = world.hours.day + datetime.timedelta(days=1)
    return ask_due(now=at_wall_time(day, datetime.time(10)))


def invite(world: World) -> None:
    SatisfactionInvitation.objects.create(
        token_hash=hash_of(TOKEN),
        partnership=world.partnership,
        host=world.ihk,
        police=world.police,
        expires_on=world.hours.day,
    )


def answer() -> None:
    take_answer(token=TOKEN, helped=Helped.VERY, ease=Ease.EASY)


def test_a_second_scan_leaves_what_the_first_is_at(world: World) -> None:
    with holding(talk_of(world)):
        assert in_background(lambda: scan(world)).result(timeout=30) == 0
    assert (scan(world), scan(world)) == (1, 0)


def test_control_without_the_lock_two_scans_ask_twice(world: World, no_locks: None) -> None:
    with holding(talk_of(world)):
        scans = [in_background(lambda: scan(world)) for _number in range(2)]
        wait_until_waiting(2)
    assert [one.result(timeout=30) for one in scans] == [1, 1]
    assert OutgoingMail.objects.count() == 2


def answers_at_once(world: World) -> list[object]:
    """Both have looked for the link before either writes: what they write points at the row held here."""
    invite(world)
    with holding(world.partnership):
        both = [in_background(answer) for _number in range(2)]
        wait_until_waiting(2)
    return [one.result(timeout=30) for one in both]


def test_of_two_answers_by_one_link_one_counts(world: World) -> None:
    found = answers_at_once(world)
    assert [type(one) for one in found if one is not None] == [Refusal]
    assert SatisfactionAnswer.objects.count() == 1


def test_control_without_the_lock_both_count(world: World, no_locks: None) -> None:
    assert answers_at_once(world) == [None, None]
    assert SatisfactionAnswer.objects.count() == 2


def renewals_at_once(world: World) -> list[object]:
    feed, _token = make_feed(person=world.alice, wanted=CalendarFeed(kind=CalendarFeed.Kind.OWN))
    with holding(feed):
        both = [in_background(lambda: renew_feed(feed_id=feed.pk)[1]) for _number in range(2)]
        wait_until_waiting(2)
    return [one.result(timeout=30) for one in both]


def test_of_two_renewals_one_is_refused_and_the_other_opens(world: World) -> None:
    found = renewals_at_once(world)
    (token,) = (one for one in found if isinstance(one, str))
    assert open_feed(token) is not None
    assert [type(one) for one in found if one != token] == [Refusal]


def test_control_without_the_lock_only_the_constraint_refuses(world: World, no_locks: None) -> None:
    found = renewals_at_once(world)
    assert [type(one) for one in found if not isinstance(one, str)] == [IntegrityError]
