"""Two desks issue for the same people at the same moment; the race has a control without its lock."""

import threading

import pytest

from forums.certificates import issuing
from forums.certificates.proven import proven_parts
from forums.models import Certificate, Registration
from partnership.models import OutgoingMail, Person
from partnership.refusals import Refusal
from tests.forums.certificate_steps import make_attended
from tests.personas import World, build_world
from tests.races.test_two_people import behind
from tests.threads import Job, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def registration(world: World) -> Registration:
    return make_attended(world)


def issuing_for_all(registration: Registration, person: Person) -> Job:
    return lambda: issuing.issue_certificates(event_id=registration.event_id, actor=person)


def sentence_of(answer: object) -> str:
    return answer.sentence if isinstance(answer, Refusal) else ""


def test_two_desks_issue_one_certificate_and_one_mail(world: World, registration: Registration) -> None:
    jobs = [issuing_for_all(registration, person) for person in (world.bert, world.karl)]
    answers = behind(registration, *jobs)
    assert sorted("niemanden" in sentence_of(answer) for answer in answers) == [False, True]
    assert Certificate.objects.count() == 1
    assert OutgoingMail.objects.count() == 1


def test_without_the_lock_the_constraint_refuses_the_whole_act(
    world: World, registration: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: both have looked who has none before one of them writes."""
    barrier = threading.Barrier(2)

    def both_have_looked(*args: object) -> object:
        barrier.wait(20)
        return proven_parts(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(issuing, "lock_rows", lambda *_args: None)
    monkeypatch.setattr(issuing, "proven_parts", both_have_looked)
    jobs = [issuing_for_all(registration, person) for person in (world.bert, world.karl)]
    answers = at_once(*jobs)
    assert sorted("schon eine gültige" in sentence_of(answer) for answer in answers) == [False, True]
    assert Certificate.objects.count() == 1
