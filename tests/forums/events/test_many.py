"""Those who come are many: what is done to all of them takes no more statements for thirty than for three."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums.events import ending
from forums.events.striking import strike_part
from forums.models import Event, EventPart, PartBooking
from tests.event_factories import make_part, make_registration
from tests.forums.events.steps import AN_HOUR, change, mails, make_forum, new_part, plan_of, set_programme
from tests.forums.waiting_steps import make_full_part, someone_waiting
from tests.personas import World

pytestmark = pytest.mark.django_db
Act = Callable[[Event, EventPart, World], object]


def call_off(event: Event, _talk: EventPart, world: World) -> None:
    ending.cancel_event(event_id=event.pk, reason="Sturm", actor=world.bert)


def move(event: Event, _talk: EventPart, world: World) -> None:
    change(event, world, starts_at=event.starts_at + AN_HOUR, ends_at=event.ends_at + AN_HOUR)


def move_part(event: Event, talk: EventPart, world: World) -> None:
    set_programme(event, world, plan_of(talk, starts_at=talk.starts_at + AN_HOUR))


def add_for_all(event: Event, _talk: EventPart, world: World) -> None:
    set_programme(event, world, new_part(event, is_for_all=True))


def strike(event: Event, talk: EventPart, world: World) -> None:
    instead = make_part(event, site=1, starts_at=talk.starts_at, ends_at=talk.ends_at)
    strike_part(
        event_id=event.pk, part_id=talk.pk, seen=event.version, instead_id=instead.pk, actor=world.bert
    )


def statements(act: Act, world: World, *, count: int) -> int:
    """Of those who are registered one in three waits."""
    event, talk, _workshop = make_forum(world)
    for number in range(count):
        state = PartBooking.State.CONFIRMED if number % 3 else PartBooking.State.WAITLISTED
        make_registration(event, talk, booking_state=state)
    with CaptureQueriesContext(connection) as captured:
        act(event, talk, world)
    return len(captured)


@pytest.mark.parametrize("act", [call_off, move, move_part, add_for_all, strike])
def test_as_many_statements_for_thirty_as_for_three(world: World, act: Act) -> None:
    statements(act, world, count=3)
    assert statements(act, world, count=30) == statements(act, world, count=3)


@pytest.mark.parametrize("act", [call_off, move, move_part])
def test_each_has_a_mail_with_a_link_of_their_own(world: World, act: Act) -> None:
    statements(act, world, count=3)
    assert (
        len({mail.to_email for mail in mails()}) == len({mail.content["manage_url"] for mail in mails()}) == 3
    )


def test_as_many_statements_for_thirty_who_move_up_as_for_three(world: World) -> None:
    def raised(count: int) -> int:
        part = make_full_part(world)
        for _number in range(count):
            someone_waiting(part)
        with CaptureQueriesContext(connection) as captured:
            set_programme(part.event, world, plan_of(part, places={"site": 1 + count}))
        return len(captured)

    raised(3)
    assert raised(30) == raised(3)
    assert len(mails("event_moved_up")) == 36
