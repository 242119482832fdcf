"""Two coordinators, or two clicks, at the same moment."""

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone

from partnership.administration import invitations, posts
from partnership.administration.changes import ChangedMeanwhile
from partnership.administration.houses import change_office
from partnership.models import Office, OutgoingMail, Partnership, Person, Post
from partnership.refusals import Refusal
from tests import factories
from tests.partnership.administration.steps import PASSWORD, invite, token_of
from tests.partnership.administration.test_houses import values_of
from tests.personas import World, build_world
from tests.races.test_two_people import behind, refusals
from tests.threads import Job, at_once

pytestmark = pytest.mark.django_db(transaction=True)

Role = Post.Role


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def carl_coordinates(world: World) -> Post:
    return factories.make_post(world.carl, Role.COORDINATOR, partnership=world.partnership)


def ending(post: Post, actor: Person, partnership: Partnership, days: int = 0) -> Job:
    def end() -> Post:
        return posts.end_post(
            post_id=post.pk,
            seen_end=None,
            last_day=timezone.localdate() + datetime.timedelta(days=days),
            reason=Post.EndReason.LEFT,
            partnership=partnership,
            actor=actor,
        )

    return end


def test_two_coordinators_end_the_same_post(world: World, carl_coordinates: Post) -> None:
    post = world.bert.posts.get()
    jobs = [ending(post, who, world.partnership, days) for days, who in enumerate((world.karl, world.carl))]
    assert refusals(behind(world.bert, *jobs)) == [ChangedMeanwhile]


def two_end_each_other(world: World, carls: Post) -> list[Job]:
    karls = world.karl.posts.get()
    return [ending(carls, world.karl, world.partnership), ending(karls, world.carl, world.partnership)]


def coordinators_tomorrow() -> int:
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    return Post.objects.in_force(tomorrow).filter(role=Role.COORDINATOR).count()


def test_two_coordinators_end_each_other_and_one_stays(world: World, carl_coordinates: Post) -> None:
    answers = behind(world.partnership, *two_end_each_other(world, carl_coordinates))
    assert refusals(answers) == [Refusal]
    assert coordinators_tomorrow() == 1


@pytest.fixture
def without_the_partnerships_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: both have looked before one of them writes."""
    import threading

    barrier = threading.Barrier(2)
    look: Callable[..., None] = posts.refuse_without_coordinator

    def look_and_wait(post: Post, *, last_day: datetime.date) -> None:
        look(post, last_day=last_day)
        barrier.wait(timeout=60)

    def lock_only_the_post(post_id: int) -> Post:
        return Post.objects.select_related("person", "organisation", "partnership").get(pk=post_id)

    monkeypatch.setattr(posts, "refuse_without_coordinator", look_and_wait)
    monkeypatch.setattr(posts, "lock_post", lock_only_the_post)


@pytest.mark.usefixtures("without_the_partnerships_lock")
def test_without_the_lock_nobody_would_be_left(world: World, carl_coordinates: Post) -> None:
    assert refusals(at_once(*two_end_each_other(world, carl_coordinates))) == []
    assert coordinators_tomorrow() == 0


def test_a_double_click_accepts_an_invitation_once(world: World) -> None:
    post = invite(world)
    token = token_of()

    def accept(password: str) -> Job:
        return lambda: invitations.accept(token=token, password=password)

    answers = behind(post.person, accept(PASSWORD), accept("ein ganz anderer Satz"))
    assert refusals(answers) == [Refusal]
    post.person.refresh_from_db()
    (accepted,) = [answer for answer in answers if isinstance(answer, Person)]
    assert accepted.password == post.person.password


def test_one_accepts_while_the_other_withdraws(world: World) -> None:
    post = invite(world)
    token, key = token_of(), post.invitation.pk
    jobs: list[Job] = [
        lambda: invitations.accept(token=token, password=PASSWORD),
        lambda: invitations.withdraw(invitation_id=key, actor=world.karl),
    ]
    assert refusals(behind(post.person, *jobs)) == [Refusal]
    exists = Post.objects.filter(pk=post.pk).exists()
    assert Person.objects.get(pk=post.person_id).has_usable_password() == exists


def test_two_invite_one_address_and_one_mail_goes_out(world: World) -> None:
    jobs: list[Job] = [lambda: invite(world, world.carl.email) for _twice in range(2)]
    assert refusals(behind(world.carl, *jobs)) == [Refusal]
    assert OutgoingMail.objects.count() == 1


def test_two_invite_an_unknown_address_and_it_is_one_person(world: World) -> None:
    def invite_as(role: Role) -> Job:
        return lambda: invite(world, role=role)

    assert refusals(at_once(invite_as(Role.DESK), invite_as(Role.AUDITOR))) == []
    assert Person.objects.get(email="neu@personen.example").posts.count() == 2


def test_two_edit_one_house_and_the_second_is_told(world: World) -> None:
    office = Office.objects.get(pk=world.office.pk)

    def change(phone: str) -> Job:
        return lambda: change_office(
            office_id=office.pk, seen=1, values=values_of(office, phone=phone), actor=world.karl
        )

    answers = behind(world.office, change("0341 000-1"), change("0341 000-2"))
    assert refusals(answers) == [ChangedMeanwhile]
