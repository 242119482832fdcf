"""Rights follow from the posts in force today."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from partnership.models import Deputy, Person, Post
from partnership.rules import Posts, posts_for, posts_of
from tests.factories import make_chamber, make_person, make_post
from tests.personas import World

pytestmark = pytest.mark.django_db

FIRST, LAST = datetime.date(2026, 3, 1), datetime.date(2026, 5, 31)
DAY = datetime.timedelta(days=1)


def test_every_role_gives_its_own_rights(world: World) -> None:
    police = frozenset({world.police.pk})
    assert posts_of(world.bert) == Posts(desks=frozenset({world.ihk.pk}))
    assert posts_of(world.paula) == Posts(officer_of=police)
    assert posts_of(world.lea) == Posts(lead_of=police)
    assert posts_of(world.dora) == Posts(auditor_of=police)
    assert posts_of(world.karl) == Posts(coordinates=frozenset({world.partnership.pk}))


def test_officers_and_their_lead_are_police_and_the_auditor_is_not(world: World) -> None:
    assert posts_of(world.paula).police == posts_of(world.lea).police == {world.police.pk}
    assert not posts_of(world.dora).police


def test_without_a_post_there_are_no_rights(world: World) -> None:
    assert not posts_of(world.carl)
    assert posts_of(world.bert)


def test_several_posts_add_up(world: World) -> None:
    make_post(world.bert, Post.Role.DESK, organisation=world.hwk)
    make_post(world.bert, Post.Role.COORDINATOR, partnership=world.partnership)
    posts = posts_of(world.bert)
    assert posts.desks == {world.ihk.pk, world.hwk.pk}
    assert posts.coordinates == {world.partnership.pk}


@pytest.mark.parametrize(
    ("day", "in_force"), [(FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)]
)
def test_a_post_counts_from_its_first_to_its_last_day(day: datetime.date, in_force: bool) -> None:
    person = make_person()
    make_post(person, Post.Role.DESK, organisation=make_chamber(None), starts=FIRST, ends=LAST)
    assert bool(posts_of(person, day)) is in_force


@pytest.mark.parametrize(
    ("day", "stands_in"), [(FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)]
)
def test_a_deputy_has_the_rights_of_the_post_for_its_time(
    world: World, day: datetime.date, stands_in: bool
) -> None:
    post = world.bert.posts.get()
    Deputy.objects.create(post=post, person=world.carl, starts=FIRST, ends=LAST)
    assert posts_of(world.carl, day).desks == (frozenset({world.ihk.pk}) if stands_in else frozenset())


def test_who_stands_in_for_an_ended_post_has_no_rights(world: World) -> None:
    post = world.bert.posts.get()
    Deputy.objects.create(post=post, person=world.carl, starts=FIRST)
    Post.objects.filter(pk=post.pk).update(ends=LAST)
    assert not posts_of(world.carl, LAST + DAY)


def test_posts_are_read_once_per_request(
    world: World, rf: RequestFactory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = rf.get("/")
    request.user = world.bert
    with django_assert_num_queries(1):
        assert posts_for(request) == posts_for(request)


def test_a_visitor_has_no_posts(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    assert not posts_for(request)


def test_a_coordinator_belongs_to_a_partnership_and_nobody_else_does(world: World) -> None:
    with pytest.raises(IntegrityError, match="post_belongs_to_one"):
        make_post(world.carl, Post.Role.DESK, partnership=world.partnership)


def test_an_address_is_one_person_however_it_is_written() -> None:
    make_person("Alice@Tischlerei.Example")
    with pytest.raises(IntegrityError):
        Person.objects.create_user("alice@tischlerei.example")
