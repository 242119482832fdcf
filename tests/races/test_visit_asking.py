"""One request and several who act on it at once; each race has a control without its lock."""

from typing import Any

import pytest
from django.utils import timezone

from consultations.models import VisitRequest
from consultations.placing import TooLate
from consultations.visits import asking, taking
from consultations.visits.taking import take_request
from consultations.visits.unconfirmed import expire_due
from partnership.models import FirmContact, OutgoingMail
from partnership.refusals import Refusal
from tests.consultations.visit_steps import ask, asked, entry
from tests.personas import World, build_world
from tests.races.locks import holding
from tests.races.test_two_people import behind, refusals
from tests.races.test_waiting import meanwhile
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
State = VisitRequest.State


@pytest.fixture
def world() -> World:
    return build_world()


def read_without_lock(request_id: int) -> VisitRequest:
    rows = VisitRequest.objects.select_related("partnership", "police", "person", "matter", "chamber")
    return rows.get(pk=request_id)


def mails(kind: str) -> int:
    return OutgoingMail.objects.filter(kind=kind).count()


def test_confirming_twice_at_once_is_one_yes(world: World) -> None:
    request = ask(world)
    answers = behind(request, *[lambda: asking.confirm_request(request_id=request.pk)] * 2)
    assert refusals(answers) == []
    assert mails("visit_waiting") == 1
    assert FirmContact.objects.count() == 1


def test_control_without_the_lock_two_yeses_are_two(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: both have read the request before either has written."""
    request = ask(world)
    monkeypatch.setattr(asking, "lock_request", read_without_lock)
    behind(request, *[lambda: asking.confirm_request(request_id=request.pk)] * 2)
    assert mails("visit_waiting") == 2


def test_a_double_click_at_once_is_one_request(world: World) -> None:
    answers = at_once(*[lambda: asking.ask(entry=entry(world))] * 2)
    assert refusals(answers) == []
    assert VisitRequest.objects.count() == 1


def test_control_without_the_lock_a_double_click_is_two_requests(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the second click is through before the first has written."""
    look = asking._same_again
    clicks = iter([True])

    def look_slowly(*args: Any, **kwargs: Any) -> VisitRequest | None:
        found = look(*args, **kwargs)
        if next(clicks, False):
            meanwhile(lambda: asking.ask(entry=entry(world)))
        return found

    monkeypatch.setattr(asking, "_lock_address", lambda _email: None)
    monkeypatch.setattr(asking, "_same_again", look_slowly)
    asking.ask(entry=entry(world))
    assert VisitRequest.objects.count() == 2


def test_withdrawing_while_the_wishes_change(world: World) -> None:
    request = asked(world)
    answers = behind(
        request,
        lambda: asking.withdraw_request(request_id=request.pk),
        lambda: asking.change_wishes(request_id=request.pk, wishes=asking.Wishes(weekdays=[0]), seen=1),
    )
    assert refusals(answers) == [TooLate]
    request.refresh_from_db()
    assert (request.state, request.weekdays) == (State.WITHDRAWN, [])


def test_the_scan_and_a_yes(world: World) -> None:
    """Whoever holds the request just now is left alone by the scan, and a late yes counts anyhow."""
    request = ask(world)
    VisitRequest.objects.update(confirm_by=timezone.now())
    with holding(request):
        assert expire_due() == 0
    assert expire_due() == 1
    assert asking.confirm_request(request_id=request.pk)[0].state == State.OPEN


def test_withdrawing_while_an_officer_takes_it(world: World) -> None:
    request = asked(world)
    answers = behind(
        request,
        lambda: asking.withdraw_request(request_id=request.pk),
        lambda: take_request(request_id=request.pk, actor=world.paula),
    )
    assert refusals(answers) == [Refusal]
    request.refresh_from_db()
    assert (request.state, request.officer) == (State.WITHDRAWN, None)


def test_control_without_the_lock_a_withdrawn_request_is_taken(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the officer has read the request, then the firm withdraws it."""
    request = asked(world)

    def read_early(request_id: int) -> VisitRequest:
        found = read_without_lock(request_id)
        meanwhile(lambda: asking.withdraw_request(request_id=request_id))
        return found

    monkeypatch.setattr(taking, "lock_request", read_early)
    take_request(request_id=request.pk, actor=world.paula)
    request.refresh_from_db()
    assert request.state == State.TAKEN
