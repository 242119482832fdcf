"""What the database refuses, whoever writes."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from forums.models import EventPart, Registration
from partnership.locking import constraint_of
from tests.event_factories import make_booking, make_part, make_registration
from tests.forums.registering_steps import make_forum
from tests.personas import World

Forum = tuple[Registration, EventPart, EventPart]


@pytest.fixture
def forum(world: World) -> Forum:
    """Somebody with a place in the first of two workshops."""
    event, _talk, doors, locks = make_forum(world)
    return make_registration(event, doors, email="ute@firma.example"), doors, locks


def twice_under_one_address(forum: Forum) -> None:
    make_registration(forum[0].event, email="UTE@firma.example")


def twice_in_a_part(forum: Forum) -> None:
    make_booking(forum[0], forum[1], state="waitlisted")


def two_of_a_choice(forum: Forum) -> None:
    make_booking(forum[0], forum[2])


def confirmed_without_a_ticket(forum: Forum) -> None:
    Registration.objects.filter(pk=forum[0].pk).update(ticket="")


def unconfirmed_without_an_end(forum: Forum) -> None:
    make_registration(forum[0].event, state="unconfirmed", confirm_by=None)


def ended_without_a_time(forum: Forum) -> None:
    Registration.objects.filter(pk=forum[0].pk).update(state="cancelled")


def reached_by_nothing(forum: Forum) -> None:
    make_registration(forum[0].event, email="", phone="")


def waiting_since_never(forum: Forum) -> None:
    make_booking(forum[0], make_part(forum[0].event), state="waitlisted", waits_since=None)


def offered_without_an_end(forum: Forum) -> None:
    part = make_part(forum[0].event)
    make_booking(forum[0], part, state="offered", waits_since=timezone.now(), offer_until=None)


@pytest.mark.parametrize(
    ("act", "constraint"),
    [
        (twice_under_one_address, "registration_once_each"),
        (twice_in_a_part, "part_booking_attends_or_waits"),
        (two_of_a_choice, "part_booking_one_of_a_choice"),
        (confirmed_without_a_ticket, "registration_confirmed_has_ticket"),
        (unconfirmed_without_an_end, "registration_has_deadline"),
        (ended_without_a_time, "registration_end_has_time"),
        (reached_by_nothing, "registration_is_reachable"),
        (waiting_since_never, "part_booking_waiting_has_since"),
        (offered_without_an_end, "part_booking_offer_has_end"),
    ],
)
def test_the_database_refuses(forum: Forum, act: Callable[[Forum], None], constraint: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        act(forum)
    assert constraint_of(refused.value) == constraint
