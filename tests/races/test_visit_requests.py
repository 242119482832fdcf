"""Two officers and one request at the same moment; the race has a control without its lock."""

import threading
from typing import Any

import pytest

from consultations.models import VisitRequest
from consultations.visits import taking
from partnership.models import Person
from partnership.refusals import Refusal
from tests.personas import World, build_world
from tests.races.test_two_people import behind, refusals
from tests.threads import Job, at_once
from tests.visit_factories import make_visit_request

pytestmark = pytest.mark.django_db(transaction=True)
State = VisitRequest.State


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def request_(world: World) -> VisitRequest:
    return make_visit_request(police=world.police)


def taking_it(request: VisitRequest, officer: Person) -> Job:
    return lambda: taking.take_request(request_id=request.pk, actor=officer)


def taken_by(request: VisitRequest) -> list[Any]:
    return list(request.steps.values_list("by", flat=True))


def test_two_officers_take_one_request(world: World, request_: VisitRequest) -> None:
    answers = behind(request_, taking_it(request_, world.paula), taking_it(request_, world.pia))
    assert refusals(answers) == [Refusal]
    assert str(answers[1]).startswith("Paula Beispiel war schneller")
    assert taken_by(request_) == [world.paula.pk]


def test_without_the_lock_both_would_believe_to_have_it(
    world: World, request_: VisitRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: both have read the request before one of them writes."""
    barrier = threading.Barrier(2)

    def read_without_lock(request_id: int) -> VisitRequest:
        found = VisitRequest.objects.select_related("police", "partnership", "officer").get(pk=request_id)
        barrier.wait(20)
        return found

    monkeypatch.setattr(taking, "lock_request", read_without_lock)
    answers = at_once(taking_it(request_, world.paula), taking_it(request_, world.pia))
    assert refusals(answers) == []
    assert sorted(taken_by(request_)) == sorted([world.paula.pk, world.pia.pk])


def test_the_lead_gives_it_to_one_while_another_takes_it(world: World, request_: VisitRequest) -> None:
    def giving() -> VisitRequest:
        return taking.hand_over(request_id=request_.pk, to=world.pia, seen=None, actor=world.lea)

    answers = behind(request_, taking_it(request_, world.paula), giving)
    assert str(answers[1]) == "Inzwischen hat Paula Beispiel diese Anfrage."
    request_.refresh_from_db()
    assert request_.officer == world.paula


def test_what_was_given_to_somebody_else_meanwhile_is_not_put_back(world: World) -> None:
    request = make_visit_request(police=world.police, state=State.TAKEN, officer=world.paula)
    given: dict[str, Any] = {"request_id": request.pk, "seen": world.paula.pk}
    answers = behind(
        request,
        lambda: taking.hand_over(to=world.pia, actor=world.lea, **given),
        lambda: taking.put_back(reason="Krank", actor=world.paula, **given),
    )
    assert refusals(answers) == [Refusal]
    request.refresh_from_db()
    assert (request.state, request.officer) == (State.TAKEN, world.pia)
