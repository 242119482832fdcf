"""What members of a partnership see among themselves goes with the membership."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from forums.models import Event, Subject, TrainingGoal, Visibility
from forums.queries import events_visible_to, goals_visible_to, organisers_for
from partnership.models import Membership
from partnership.rules import posts_of
from tests.event_factories import make_event
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def internal(world: World) -> Event:
    TrainingGoal.objects.create(
        partnership=world.partnership,
        organisation=world.ihk,
        year=2026,
        title="Gespräche nach einer Straftat",
        subject=Subject.VIOLENCE,
        events_planned=2,
        people_planned=30,
    )
    return make_event(organiser=world.ihk, visibility=Visibility.INTERNAL)


def leave(world: World) -> None:
    """The Handwerkskammer has left yesterday; its desk still has a post."""
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Membership.objects.filter(organisation=world.hwk).update(
        starts=yesterday - datetime.timedelta(days=30), ends=yesterday
    )


def test_a_member_sees_internal_events_and_the_education_plan(world: World, internal: Event) -> None:
    posts = posts_of(world.hanna)
    assert list(events_visible_to(posts)) == [internal]
    assert goals_visible_to(posts).count() == 1


def test_who_has_left_sees_neither(client: Client, world: World, internal: Event) -> None:
    leave(world)
    posts = posts_of(world.hanna)
    assert not events_visible_to(posts).exists()
    assert not goals_visible_to(posts).exists()
    assert organisers_for(posts) == []
    sign_in(client, world.hanna)
    assert client.get(f"/foren/{internal.reference}/").status_code == 404
    assert client.get(f"/arbeitsplatz/foren/{internal.reference}/").status_code == 404


def test_who_has_left_still_works_on_the_own_events(world: World) -> None:
    own = make_event(organiser=world.hwk, visibility=Visibility.INTERNAL)
    leave(world)
    assert list(events_visible_to(posts_of(world.hanna))) == [own]
