"""The same letter twice at the same moment: one bounce, one block, one call, one mail handed on."""

import pytest
from django.db import connection

from consultations.models import PhoneTask
from partnership.mail_in.receiving import receive
from partnership.models import BlockedAddress, OutgoingMail, ReceivedMail
from partnership.outbox import mails_about
from tests.consultations.steps import confirm
from tests.partnership.mail_in.steps import bounce_of, reply_to
from tests.personas import World, build_world
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 6


@pytest.fixture
def world() -> World:
    return build_world()


def confirmation(world: World) -> OutgoingMail:
    appointment = confirm(world.hours, contact_email="alice@tischlerei.example")
    return OutgoingMail.objects.get(pk__in=mails_about(appointment).filter(kind="booking_confirmed"))


def test_a_bounce_that_comes_by_two_ways_is_one(world: World) -> None:
    letter = bounce_of(confirmation(world))
    answers = at_once(*[lambda: receive(letter)] * TIMES)
    assert [type(answer) for answer in answers] == [ReceivedMail] * TIMES
    counts = [table.objects.count() for table in (ReceivedMail, BlockedAddress, PhoneTask)]
    assert counts == [1, 1, 1]


def test_bounces_of_several_mails_at_once_are_one_block_and_one_call(world: World) -> None:
    mail = confirmation(world)
    letters = [bounce_of(mail) for _number in range(TIMES)]
    answers = at_once(*[lambda letter=letter: receive(letter) for letter in letters])  # type: ignore[misc]
    assert [type(answer) for answer in answers] == [ReceivedMail] * TIMES
    counts = [table.objects.count() for table in (ReceivedMail, BlockedAddress, PhoneTask)]
    assert counts == [TIMES, 1, 1]


def test_a_reply_that_comes_by_two_ways_is_handed_on_once(world: World) -> None:
    letter = reply_to(confirmation(world))
    at_once(*[lambda: receive(letter)] * TIMES)
    assert OutgoingMail.objects.filter(kind="reply_forwarded").count() == 1


def test_control_without_the_key_it_is_handed_on_more_than_once(world: World) -> None:
    """The constraint is what the second one waits at."""
    letter = reply_to(confirmation(world))
    name = _name_of_constraint()
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE partnership_receivedmail DROP CONSTRAINT {name}")
    try:
        at_once(*[lambda: receive(letter)] * TIMES)
        assert OutgoingMail.objects.filter(kind="reply_forwarded").count() > 1
    finally:
        ReceivedMail.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE partnership_receivedmail ADD CONSTRAINT {name} UNIQUE (key)")


def _name_of_constraint() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'partnership_receivedmail'::regclass"
            " AND contype = 'u'"
        )
        (row,) = cursor.fetchall()
    return str(row[0])
